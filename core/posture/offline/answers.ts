import { unreadReasonOf } from '../graph-error.ts'
import { unread } from '../reading.ts'

/** One answer of the file, under its normalised path. */
export interface Answer {
  readonly key: string
  /** Lower case, without host, version and query. */
  readonly path: string
  readonly query: ReadonlyMap<string, string>
  readonly body: unknown
}

export interface Answers {
  readonly all: readonly Answer[]
  /** In the same order. */
  readonly byPath: ReadonlyMap<string, readonly Answer[]>
  /** By path and query. */
  readonly byPlace: ReadonlyMap<string, Answer>
  /** Paths and queries that two keys of the file stand for. */
  readonly ambiguous: ReadonlySet<string>
}

export type RowsOrUnread = { readonly state: 'read'; readonly rows: readonly unknown[] } | ReturnType<typeof unread>

/** Query options that leave an answer whole. */
const wholeOptions = new Set(['$select', '$expand', '$top', '$count', '$orderby', '$format'])

export function answersOf(graph: Readonly<Record<string, unknown>>): Answers {
  const all: Answer[] = []
  const byPlace = new Map<string, Answer>()
  const ambiguous = new Set<string>()
  for (const [key, body] of Object.entries(graph)) {
    const answer = { key, body, ...normalise(key) }
    const place = placeOf(answer)
    if (byPlace.has(place)) ambiguous.add(place)
    byPlace.set(place, answer)
    all.push(answer)
  }
  // The order of a file's keys must not matter.
  all.sort((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1))
  const byPath = new Map<string, Answer[]>()
  for (const answer of all) {
    const others = byPath.get(answer.path)
    if (others) others.push(answer)
    else byPath.set(answer.path, [answer])
  }
  return { all, byPath, byPlace, ambiguous }
}

/** Host, version, case of the path and order of the options do not matter. Beta is another API and stays apart. */
export function normalise(key: string): { readonly path: string; readonly query: ReadonlyMap<string, string> } {
  const [before = '', ...rest] = key
    .trim()
    .replace(/^GET\s+/i, '')
    .replace(/^https?:\/\/[^/?]+/i, '')
    .split('?')
  const path = decoded(before)
    .toLowerCase()
    .replace(/\/+/g, '/')
    .replace(/^\/?/, '/')
    .replace(/\/$/, '')
    .replace(/^\/v1\.0(?=\/|$)/, '')
  const options = rest
    .join('?')
    .split('&')
    .filter((option) => option !== '')
    .map((option) => {
      const [name = '', ...value] = decoded(option).split('=')
      return [name.trim().toLowerCase(), value.join('=').trim()] as const
    })
  return { path, query: new Map([...options].sort(([left], [right]) => (left < right ? -1 : 1))) }
}

/** Every whole answer for a list path, most telling first; what is only a part of the list is named as such. */
export function listsAt(answers: Answers, path: string, acceptsFilter: (filter: string) => boolean = () => false): readonly RowsOrUnread[] {
  const found = answers.byPath.get(path.toLowerCase()) ?? []
  const whole = found.filter(({ query }) =>
    [...query].every(([name, value]) => wholeOptions.has(name) || (name === '$filter' && acceptsFilter(value))),
  )
  if (whole.length > 0) return whole.map((answer) => pagesFrom(answers, answer))
  const [part] = found
  return part ? [unread('notYet', `The file holds only a part of ${path}: '${part.key}'.`)] : []
}

/** Every whole answer for a path that gives one object. Some tools save it as a list with one row, which `listsAt` finds. */
export function objectsAt(answers: Answers, path: string): readonly RowsOrUnread[] {
  return (answers.byPath.get(path.toLowerCase()) ?? [])
    .filter(({ query }) => [...query.keys()].every((name) => wholeOptions.has(name)))
    .filter(({ body }) => !(isRecord(body) && Array.isArray(body['value'])))
    .map((answer): RowsOrUnread => {
      if (answers.ambiguous.has(placeOf(answer))) return unread('shape', `The file answers '${answer.key}' twice, under two spellings.`)
      if (!isRecord(answer.body)) return unread('shape', `'${answer.key}' is not a JSON object.`)
      return errorOf(answer.body) ?? { state: 'read', rows: [answer.body] }
    })
}

/** The first answer that was read, else the first that was not, else that there is none. */
export function firstRead(path: string, lists: readonly RowsOrUnread[]): RowsOrUnread {
  return lists.find(({ state }) => state === 'read') ?? lists[0] ?? unread('notYet', `The file holds no answer for ${path}.`)
}

function pagesFrom(answers: Answers, first: Answer): RowsOrUnread {
  const rows: unknown[] = []
  const visited = new Set<string>()
  let counted = 0
  for (let page: Answer | undefined = first; page;) {
    const place = placeOf(page)
    if (answers.ambiguous.has(place)) return unread('shape', `The file answers '${page.key}' twice, under two spellings.`)
    if (visited.has(place)) return unread('graph', `The pages of '${first.key}' lead back to '${page.key}'.`)
    visited.add(place)
    const read = onePage(page)
    if (read.state === 'unread') return read
    for (const row of read.rows) rows.push(row)
    counted = Math.max(counted, read.count)
    const next = read.next
    if (next === undefined) break
    page = answers.byPlace.get(placeOf(normalise(next)))
    if (!page) return unread('graph', `The file does not hold the next page of '${first.key}': '${next.slice(0, 200)}'.`)
  }
  if (counted > rows.length) return unread('graph', `'${first.key}' counts ${counted} rows, and the file holds ${rows.length}.`)
  return { state: 'read', rows }
}

type Page =
  | { readonly state: 'read'; readonly rows: readonly unknown[]; readonly next: string | undefined; readonly count: number }
  | ReturnType<typeof unread>

function onePage({ key, body }: Answer): Page {
  if (!isRecord(body)) return unread('shape', `'${key}' is not a JSON object.`)
  const failure = errorOf(body)
  if (failure) return failure
  const { value, '@odata.nextLink': next, '@odata.count': count } = body
  if (!Array.isArray(value)) return unread('shape', `'${key}' has no list called 'value'.`)
  if (next !== undefined && next !== null && typeof next !== 'string')
    return unread('shape', `'${key}' has an '@odata.nextLink' that is not a text.`)
  return { state: 'read', rows: value, next: next ?? undefined, count: typeof count === 'number' ? count : 0 }
}

/** Graph's error body, if it is one. */
function errorOf(body: Readonly<Record<string, unknown>>): ReturnType<typeof unread> | undefined {
  if (!('error' in body)) return undefined
  const error = isRecord(body['error']) ? body['error'] : {}
  const code = typeof error['code'] === 'string' ? error['code'].slice(0, 200) : 'no code'
  const message = typeof error['message'] === 'string' ? error['message'].slice(0, 500) : ''
  return unread(unreadReasonOf(code, message), `Graph answered ${code}${message === '' ? '' : `: ${message}`}`)
}

function placeOf({ path, query }: Pick<Answer, 'path' | 'query'>): string {
  return `${path}?${[...query].map(([name, value]) => `${name}=${value}`).join('&')}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
