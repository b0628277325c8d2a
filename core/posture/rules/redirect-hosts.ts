type Redirects = { readonly redirectUris: readonly string[] } | null

interface WithRedirects {
  readonly web: Redirects
  readonly spa: Redirects
  readonly publicClient: Redirects
}

/** The distinct hosts on the internet to which sign-ins return, sorted. Addresses of this very device and of installed apps have none. */
export function redirectHosts(applications: readonly WithRedirects[]): readonly string[] {
  const hosts = new Set<string>()
  for (const { web, spa, publicClient } of applications) {
    for (const address of [web, spa, publicClient].flatMap((platform) => platform?.redirectUris ?? [])) {
      const host = /^https?:\/\/([^/?#:]+)/i.exec(address)?.[1]?.toLowerCase()
      if (host !== undefined && host !== 'localhost' && !/^[\d.]+$/.test(host) && !host.startsWith('[')) hosts.add(host)
    }
  }
  return [...hosts].sort()
}
