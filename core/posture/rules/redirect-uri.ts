/** Domains under which anybody may claim a name that its owner gave up. */
const sharedDomains: readonly string[] = [
  'azurewebsites.net',
  'cloudapp.net',
  'cloudapp.azure.com',
  'trafficmanager.net',
  'azureedge.net',
  'azurefd.net',
  'blob.core.windows.net',
  'web.core.windows.net',
  'azurestaticapps.net',
  'azurecontainer.io',
  'herokuapp.com',
  'github.io',
  'netlify.app',
  'vercel.app',
  'ngrok.io',
  'ngrok-free.app',
  'pages.dev',
  'web.app',
  'firebaseapp.com',
  's3.amazonaws.com',
]

export type RedirectProblem = 'insecure' | 'wildcard' | 'address' | 'sharedHost'

/**
 * Why a code or token that is sent there could reach somebody else; undefined where nothing speaks against it. An address of the person's own
 * machine is fine, and so is a scheme of an installed app. https://learn.microsoft.com/entra/identity-platform/reply-url
 */
export function redirectProblem(uri: string): RedirectProblem | undefined {
  // What stands before an @ is a name and no host, and a dot at the end changes nothing.
  const match = /^(https?):\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(uri.trim())
  if (!match) return uri.includes('*') ? 'wildcard' : undefined
  const [, scheme = '', hostPart = ''] = match
  const host = hostPart.toLowerCase().replace(/\.$/, '')
  if (uri.includes('*')) return 'wildcard'
  if (host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)) return undefined
  if (scheme.toLowerCase() === 'http') return 'insecure'
  if (host.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return 'address'
  return sharedDomains.some((domain) => host === domain || host.endsWith(`.${domain}`)) ? 'sharedHost' : undefined
}
