import type { Clock } from '../../../bot/src/graph/throttle.ts'
import { makeReader, type GraphReader, type ReaderDependencies } from '../../../bot/src/graph/reader.ts'

export const origin = 'https://graph.local'
export interface Row {
  readonly id: string
  readonly [property: string]: unknown
}
export interface Asked {
  /** Path and query below /v1.0. */
  readonly path: string
  readonly eventual: boolean
  readonly isInBatch: boolean
}
/** An answer in place of the right one; `cut` breaks the body off in the middle. */
export type Fault =
  | { readonly status: number; readonly code?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'cut' | 'lost' | 'garbage' }
interface Change {
  readonly id: string
  readonly properties: readonly string[] | 'all' | 'removed'
}
type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }

/** A small Graph with lists in memory, written for these tests: pages, filters by beginnings, counts, changes and batches. */
export class FakeGraph {
  readonly lists = new Map<string, Map<string, Row>>()
  readonly changes: Change[] = []
  readonly asked: Asked[] = []
  /** Delta tokens older than this number of changes are forgotten. */
  forgottenBefore = 0
  pageSize = 3
  /** Whether delta pages bring some changes twice and out of the past. */
  replays = false
  fault: (asked: Asked) => Fault | undefined = () => undefined
  /** Called before each page of a list: the tenant changes while it is read. */
  onPage: () => void = () => undefined
  batchesMixed = true

  list(name: string): Map<string, Row> {
    const found = this.lists.get(name) ?? new Map<string, Row>()
    this.lists.set(name, found)
    return found
  }

  put(name: string, row: Row): void {
    const before = this.list(name).get(row.id)
    this.list(name).set(row.id, row)
    const properties = before ? Object.keys(row).filter((key) => row[key] !== before[key]) : 'all'
    this.changes.push({ id: row.id, properties })
  }

  remove(name: string, id: string): void {
    if (this.list(name).delete(id)) this.changes.push({ id, properties: 'removed' })
  }

  reader(over: Partial<ReaderDependencies> = {}): GraphReader {
    const clock: Clock = { now: () => 0, random: () => 0.5, sleep: async (_milliseconds, signal) => signal?.throwIfAborted() }
    return makeReader(async () => ({ kind: 'token', token: 'T', scopes: ['Thing.Read.All'] }), {
      graph: origin,
      userAgent: 'Countersign/test',
      clock,
      transport: (url, init) => this.answer(url, init),
      ...over,
    })
  }

  async answer(url: string, init: RequestInit): Promise<Response> {
    init.signal?.throwIfAborted()
    const path = url.slice(`${origin}/v1.0`.length)
    const eventual = new Headers(init.headers).get('consistencylevel') === 'eventual'
    if (path === '/$batch') return this.#batch(String(init.body))
    const asked: Asked = { path, eventual, isInBatch: false }
    const { status, body, headers } = this.#one(asked)
    if (status === 0) throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') })
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const type = typeof body === 'string' && status === 200 && headers?.['cut'] === undefined ? 'text/plain' : 'application/json'
    return new Response(headers?.['cut'] === 'error' ? cutOff(text) : text, { status, headers: { 'content-type': type, ...headers } })
  }

  #batch(body: string): Response {
    const asked: Asked = { path: '/$batch', eventual: false, isInBatch: false }
    this.asked.push(asked)
    const fault = this.fault(asked)
    if (fault && 'kind' in fault) throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') })
    if (fault)
      return new Response(JSON.stringify({ error: { code: fault.code ?? '' } }), { status: fault.status, headers: { ...fault.headers } })
    const { requests } = JSON.parse(body) as { requests: { id: string; url: string; headers?: Record<string, string> }[] }
    const responses = requests.flatMap(({ id, url, headers }) => {
      const answer = this.#one({ path: url, eventual: headers?.['ConsistencyLevel'] === 'eventual', isInBatch: true })
      return answer.status === 0 || answer.headers?.['cut'] !== undefined ? [] : [{ id, ...answer }]
    })
    return new Response(JSON.stringify({ responses: this.batchesMixed ? responses.reverse() : responses }), {
      headers: { 'content-type': 'application/json' },
    })
  }

  #one(asked: Asked): Answer {
    this.asked.push(asked)
    const fault = this.fault(asked)
    if (fault && 'status' in fault)
      return {
        status: fault.status,
        body: { error: { code: fault.code ?? '', message: '' } },
        ...(fault.headers ? { headers: fault.headers } : {}),
      }
    if (fault?.kind === 'lost') return { status: 0, body: '' }
    const answer = this.#read(asked)
    if (!fault) return answer
    return { ...answer, headers: { cut: fault.kind === 'cut' ? 'error' : 'silent' }, body: JSON.stringify(answer.body).slice(0, -5) }
  }

  #read({ path, eventual }: Asked): Answer {
    const url = new URL(`${origin}${path}`)
    const [, name = '', second, third] = url.pathname.split('/')
    const query = url.searchParams
    const select = query.get('$select')?.split(',') ?? []
    if (second === 'delta') return this.#delta(name, query, select)
    if (second !== undefined && second !== '$count' && third === undefined) {
      const row = this.list(name).get(second)
      return row ? { status: 200, body: picked(row, select) } : notFound
    }
    const key = third === undefined ? name : `${name}/${second}/${third}`
    if (third !== undefined && !this.lists.has(key)) return notFound
    const filter = query.get('$filter')
    if (filter?.includes('not(') && !(eventual && (second === '$count' || query.get('$count') === 'true')))
      return { status: 400, body: { error: { code: 'Request_UnsupportedQuery' } } }
    const all = [...this.list(key).values()].filter((row) => filter === null || matches(row, filter))
    if (second === '$count')
      return eventual ? { status: 200, body: `\uFEFF${all.length}` } : { status: 400, body: { error: { code: 'Request_BadRequest' } } }
    return this.#page(url, all, select)
  }

  #page(url: URL, all: readonly Row[], select: readonly string[]): Answer {
    const token = url.searchParams.get('$skiptoken')
    // Tokens hold the last id that was answered, as a position in an ordered list does.
    const rows = all.filter(({ id }) => token === null || id > token).sort((one, other) => (one.id < other.id ? -1 : 1))
    const page = rows.slice(0, this.pageSize)
    const last = page.at(-1)
    const body: Record<string, unknown> = {}
    if (last && rows.length > page.length) {
      const next = new URL(`${origin}/v1.0${url.pathname}${url.search}`)
      next.searchParams.set('$skiptoken', last.id)
      body['@odata.nextLink'] = next.href
    }
    body['value'] = page.map((row) => picked(row, select))
    this.onPage()
    return { status: 200, body }
  }

  #delta(name: string, query: URLSearchParams, select: readonly string[]): Answer {
    const link = (at: number): string => `${origin}/v1.0/${name}/delta?$select=${select.join(',')}&$deltatoken=${at}`
    const token = query.get('$deltatoken')
    if (token === 'latest') return { status: 200, body: { '@odata.deltaLink': link(this.changes.length), value: [] } }
    const from = Number(token)
    if (from < this.forgottenBefore) return { status: 410, body: { error: { code: 'syncStateNotFound', message: 'resyncRequired' } } }
    const to = Math.min(from + this.pageSize, this.changes.length)
    const some = this.changes.slice(this.replays ? Math.max(0, from - 1) : from, to)
    const value = (this.replays ? [...some, ...some] : some).flatMap(({ id, properties }): unknown[] => {
      const row = this.list(name).get(id)
      if (properties === 'removed') return [{ id, '@removed': { reason: 'deleted' } }]
      if (!row) return []
      const names = properties === 'all' ? Object.keys(row) : properties
      return [
        picked(
          row,
          select.filter((property) => names.includes(property)),
        ),
      ]
    })
    const isLast = to === this.changes.length
    return { status: 200, body: { [isLast ? '@odata.deltaLink' : '@odata.nextLink']: link(to), value } }
  }
}

const notFound: Answer = { status: 404, body: { error: { code: 'Request_ResourceNotFound', message: '' } } }

function picked(row: Row, select: readonly string[]): Row {
  return select.length === 0
    ? row
    : { ...Object.fromEntries(select.flatMap((name) => (name in row ? [[name, row[name]]] : []))), id: row.id }
}

/** `startswith`, `not`, `and`, `or` and `eq`, each as this product writes them. */
function matches(row: Row, filter: string): boolean {
  return filter.split(' or ').some((clause) =>
    clause
      .replace(/^\((.*)\)$/, '$1')
      .split(' and ')
      .every((term) => {
        const [, property = '', value = ''] = /^(?:not\()?startswith\((\w+),'([^']*)'\)\)?$/.exec(term) ?? []
        const equal = /^(\w+) eq '([^']*)'$/.exec(term)
        if (equal) return row[equal[1] ?? ''] === equal[2]
        return String(row[property]).toLowerCase().startsWith(value) !== term.startsWith('not(')
      }),
  )
}

/** A body that ends with a broken connection. */
function cutOff(text: string): ReadableStream<Uint8Array> {
  let isSent = false
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(new Error('other side closed'))
      else controller.enqueue(new TextEncoder().encode(text))
      isSent = true
    },
  })
}
