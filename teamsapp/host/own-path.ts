import { entries } from '../layout/pages.ts'

/** The longest address that a deep link may carry; Teams itself cuts longer ones. */
const longest = 1500

/**
 * What a deep link asks for, if it is an address of ours: a page of the table, what lies below it, and a query. Anything else, for example
 * another host, a path that a browser would read as one, or a page that does not exist, is nothing.
 */
export function ownPath(asked: string | undefined): string | undefined {
  if (asked === undefined || asked.length > longest || !/^\/(?!\/)[\w\-./~%:@!$'()*+,;=&?#]*$/.test(asked)) return undefined
  const url = new URL(asked, 'http://own.invalid')
  if (url.origin !== 'http://own.invalid') return undefined
  const page = entries.find(({ path }) => url.pathname === path || url.pathname.startsWith(`${path}/`))
  return page && `${url.pathname}${url.search}${url.hash}`
}

/** https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-application */
export function teamsLink({
  appId,
  entityId,
  path,
  origin,
}: {
  readonly appId: string
  readonly entityId: string
  readonly path: string
  readonly origin: string
}): string {
  const search = new URLSearchParams({ webUrl: `${origin}${path}`, label: 'Countersign', context: JSON.stringify({ subEntityId: path }) })
  return `https://teams.microsoft.com/l/entity/${encodeURIComponent(appId)}/${encodeURIComponent(entityId)}?${search.toString().replaceAll('+', '%20')}`
}
