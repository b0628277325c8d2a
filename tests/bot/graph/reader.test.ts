import { afterEach, describe, expect, it } from '@jest/globals'
import type { AttemptLimits } from '../../../bot/src/graph/attempt.ts'
import type { Budget } from '../../../bot/src/graph/budget.ts'
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

  it('asks for the next page while this one is worked on, and no more of them than it may', async () => {
    const { reader, seen } = readerOn((url) => {
      const at = Number(url.searchParams.get('$skiptoken') ?? '0')
      return { body: { ...(at < 9 ? { '@odata.nextLink': next(String(at + 1)) } : {}), value: [at] } }
    })
    const asked: number[] = []
    for await (const page of reader.pages('/users', { ahead: 3 })) {
      if (page.kind !== 'page') throw new Error('It answered all pages.')
      await new Promise((turn) => setTimeout(turn, 5))
      asked.push(seen.length)
    }
    expect(asked).toEqual([4, 5, 6, 7, 8, 9, 10, 10, 10, 10])
  })

  it('asks for nothing more when nobody reads on', async () => {
    let last: AbortSignal | null | undefined
    const { reader } = readerOn(() => ({ body: { '@odata.nextLink': next('a'), value: [1] } }))
    const fetchOnce = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      last = init?.signal
      return fetchOnce(input, init)
    }
    for await (const page of reader.pages('/users')) if (page.kind === 'page') break
    expect(last?.aborted).toBe(true)
  })

  it('gives up on a list that leads back to itself', async () => {
    const { reader, seen } = readerOn(() => ({ body: { '@odata.nextLink': next('a'), value: [1] } }))
    expect((await all(reader.pages('/users'))).at(-1)).toMatchObject({ kind: 'refused', code: 'CircularList' })
    expect(seen.length).toBeLessThan(10)
  })

  it('refuses an answer that names its next page twice and differently', async () => {
    const seen: string[] = []
    const reader = readerWith(async (url) => {
      seen.push(url)
      return json(`{"@odata.nextLink":"${next('a')}","value":[1],"@odata.nextLink":"${next('b')}"}`)
    })
    expect(await all(reader.pages('/users'))).toMatchObject([{ kind: 'refused', code: 'NotAList' }])
  })

  it('goes on from a link, which must be its own', async () => {
    const { reader, seen } = readerOn(() => ({ body: { value: [2] } }))
    expect(await all(reader.pages('/users', { from: next('a') }))).toEqual([{ kind: 'page', rows: [2] }])
    expect(seen[0]?.url).toBe(next('a'))
    expect(await all(reader.pages('/users', { from: 'https://evil.example/v1.0/users' }))).toMatchObject([{ code: 'ForeignNextLink' }])
    expect(seen).toHaveLength(1)
  })

  it('asks for one fresh token when many requests are refused with an old one', async () => {
    let isOld = true
    const fresh: boolean[] = []
    const reader = makeReader(
      async (options) => {
        fresh.push(options?.fresh === true)
        await new Promise((turn) => setTimeout(turn, 5))
        if (options?.fresh) isOld = false
        return { kind: 'token', token: isOld ? 'old' : 'new', scopes: [] }
      },
      {
        graph: 'https://graph.local:8444',
        userAgent: 'Countersign/test',
        transport: async (_url, init) =>
          new Headers(init.headers).get('authorization') === 'Bearer new' ? json('{"id":"x"}') : new Response('{}', { status: 401 }),
      },
    )
    const answers = await Promise.all(Array.from({ length: 10 }, () => reader.get('/me')))
    expect(answers.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => 'answer'))
    expect(fresh.filter(Boolean)).toHaveLength(1)
  })

  it('keeps at most twelve requests under way', async () => {
    let now = 0
    let most = 0
    const reader = readerWith(async () => {
      most = Math.max(most, ++now)
      await new Promise((turn) => setTimeout(turn, 2))
      now -= 1
      return json('{}')
    })
    await Promise.all(Array.from({ length: 50 }, () => reader.get('/me')))
    expect(most).toBe(16)
  })

  it('bounds what it takes into memory', async () => {
    let sent = 0
    const endless = (): Response =>
      new Response(
        new ReadableStream({
          pull(controller) {
            sent += 1
            controller.enqueue(new Uint8Array(1024))
          },
        }),
        { headers: { 'content-type': 'application/json' } },
      )
    const reader = readerWith(async () => endless(), { bodyBytes: 100_000 })
    expect(await reader.get('/users')).toMatchObject({ kind: 'refused', code: 'TooLarge' })
    expect(sent).toBeLessThan(110)
  })

  it('bounds the time of a body that trickles, and tries again', async () => {
    let tries = 0
    const reader = readerWith(
      async () => {
        tries += 1
        if (tries === 2) return json('{"id":"x"}')
        return new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) }))
      },
      { attemptMs: 30 },
    )
    expect(await reader.get('/users')).toMatchObject({ kind: 'answer', body: { id: 'x' } })
    expect(tries).toBe(2)
  })

  it('charges each request, and each of a batch, to the budget of its bucket, and tells of a refusal', async () => {
    const charged: unknown[] = []
    let refusals = 1
    const reader = readerWith(
      async () => (refusals-- > 0 ? new Response('{}', { status: 429, headers: { 'retry-after': '2' } }) : json('{"responses":[]}')),
      {},
      {
        take: async (bucket, units) => void charged.push([bucket, units]),
        refused: async (bucket, wait) => void charged.push([bucket, 'refused', wait]),
      },
    )
    await reader.get('/identity/conditionalAccess/policies', { bucket: 'conditionalAccess', units: 1 })
    await reader.batch(['/users/1', '/users/2'], { units: 2 })
    expect(charged.slice(0, 4)).toEqual([
      ['conditionalAccess', 1],
      ['conditionalAccess', 'refused', 2000],
      ['conditionalAccess', 1],
      ['identity', 4],
    ])
  })

  it('has no member that takes a method or a body', () => {
    const { reader } = readerOn(() => ({ body: {} }))
    expect(Object.keys(reader).sort()).toEqual(['batch', 'get', 'pages'])
  })
})

function json(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'application/json' } })
}

function readerWith(
  transport: (url: string, init: RequestInit) => Promise<Response>,
  limits: Partial<AttemptLimits> = {},
  budget?: Budget,
): GraphReader {
  return makeReader(async () => ({ kind: 'token', token: 'T', scopes: [] }), {
    graph: 'https://graph.local:8444',
    userAgent: 'Countersign/test',
    clock: { now: () => 0, random: () => 0, sleep: async () => undefined },
    transport,
    limits,
    ...(budget ? { budget } : {}),
  })
}
