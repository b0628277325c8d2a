import { afterEach, describe, expect, it } from '@jest/globals'
import { makeReader, type GraphPage, type GraphReader, type TokenAnswer } from '../../../bot/src/graph/reader.ts'

const realFetch = globalThis.fetch
afterEach(() => {
  globalThis.fetch = realFetch
})

interface Seen {
  readonly url: string
  readonly headers: Headers
}

/** A reader whose Graph is a function from address to answer. */
function readerOn(
  graph: (url: URL, attempt: number) => { status?: number; body: unknown },
  token: TokenAnswer = { kind: 'token', token: 'T', scopes: ['User.Read'] },
): { reader: GraphReader; seen: Seen[]; fresh: boolean[] } {
  const seen: Seen[] = []
  const fresh: boolean[] = []
  globalThis.fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    seen.push({ url, headers: new Headers(init?.headers) })
    const { status = 200, body } = graph(new URL(url), seen.length)
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'request-id': 'r-1' } })
  }
  const clock = { now: () => 0, random: () => 0, sleep: async () => undefined }
  const reader = makeReader(
    async (options) => {
      fresh.push(options?.fresh === true)
      return token
    },
    { graph: 'https://graph.local:8444', userAgent: 'Countersign/test', clock },
  )
  return { reader, seen, fresh }
}

async function all(pages: AsyncIterable<GraphPage>): Promise<GraphPage[]> {
  const list: GraphPage[] = []
  for await (const page of pages) list.push(page)
  return list
}
const next = (token: string): string => `https://graph.local:8444/v1.0/users?$skiptoken=${token}`
const expired = { status: 400, body: { error: { code: 'Directory_ExpiredPageToken', message: 'The page token has expired.' } } }

describe('Graph reader', () => {
  it('sends the token, below v1.0, to the configured host', async () => {
    const { reader, seen } = readerOn(() => ({ body: { id: 'x' } }))
    expect(await reader.get('/me?$select=id')).toEqual({ kind: 'answer', body: { id: 'x' }, requestId: 'r-1' })
    expect(seen[0]?.url).toBe('https://graph.local:8444/v1.0/me?$select=id')
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer T')
  })

  it('follows pages, empty ones too, and sends ConsistencyLevel with each', async () => {
    const { reader, seen } = readerOn((url) => {
      const at = url.searchParams.get('$skiptoken')
      if (at === null) return { body: { value: [1], '@odata.nextLink': next('a') } }
      return at === 'a' ? { body: { value: [], '@odata.nextLink': next('b') } } : { body: { value: [2] } }
    })
    expect(await all(reader.pages('/users', { eventual: true }))).toEqual([
      { kind: 'page', rows: [1], next: next('a') },
      { kind: 'page', rows: [], next: next('b') },
      { kind: 'page', rows: [2] },
    ])
    expect(seen.map(({ headers }) => headers.get('consistencylevel'))).toEqual(['eventual', 'eventual', 'eventual'])
  })

  it('begins the list again when a page token has expired', async () => {
    let expiries = 0
    const { reader } = readerOn((url) => {
      if (!url.searchParams.has('$skiptoken')) return { body: { value: [1], '@odata.nextLink': next('a') } }
      return ++expiries === 1 ? expired : { body: { value: [2] } }
    })
    expect((await all(reader.pages('/users'))).map(({ kind }) => kind)).toEqual(['page', 'restart', 'page', 'page'])
  })

  it('gives up on a list whose tokens always expire', async () => {
    const { reader } = readerOn((url) =>
      url.searchParams.has('$skiptoken') ? expired : { body: { value: [1], '@odata.nextLink': next('a') } },
    )
    expect((await all(reader.pages('/users'))).at(-1)).toMatchObject({ kind: 'refused', code: 'Directory_ExpiredPageToken' })
  })

  it.each([
    'https://evil.example/v1.0/users?$skiptoken=a',
    'https://graph.local:9999/v1.0/users',
    'http://graph.local:8444/v1.0/users',
    'https://graph.local:8444/beta/users',
    '/v1.0/users',
  ])('never follows a next page to %s', async (link) => {
    const { reader, seen } = readerOn(() => ({ body: { value: [1], '@odata.nextLink': link } }))
    expect((await all(reader.pages('/users'))).at(-1)).toMatchObject({ kind: 'refused', code: 'ForeignNextLink' })
    expect(seen).toHaveLength(1)
  })

  it('asks for a fresh token once after a 401, then says that the sign-in is lost', async () => {
    const good = readerOn((_url, attempt) => (attempt === 1 ? { status: 401, body: {} } : { body: { id: 'x' } }))
    expect((await good.reader.get('/me')).kind).toBe('answer')
    expect(good.fresh).toEqual([false, true])
    const bad = readerOn(() => ({ status: 401, body: {} }))
    expect(await bad.reader.get('/me')).toMatchObject({ kind: 'signInLost' })
    expect(bad.seen).toHaveLength(2)
  })

  it('sends nothing when there is no token', async () => {
    const { reader, seen } = readerOn(() => ({ body: {} }), { kind: 'needsSignIn', reason: 'Sign in again.' })
    expect(await reader.get('/me')).toEqual({ kind: 'signInLost', reason: 'Sign in again.' })
    expect(seen).toEqual([])
  })

  it('hands on a refusal with its code and the scopes that were not enough', async () => {
    const { reader } = readerOn(() => ({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' } },
    }))
    expect(await reader.get('/users')).toMatchObject({
      kind: 'refused',
      status: 403,
      code: 'Authorization_RequestDenied',
      grantedScopes: ['User.Read'],
    })
  })

  it('answers with a refusal when the connection is lost for good', async () => {
    const { reader } = readerOn(() => {
      throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') })
    })
    expect(await reader.get('/me')).toMatchObject({ kind: 'refused', code: 'ConnectionLost' })
  })

  it('has no member that takes a method or a body', () => {
    const { reader } = readerOn(() => ({ body: {} }))
    expect(Object.keys(reader).sort()).toEqual(['batch', 'get', 'pages'])
  })
})
