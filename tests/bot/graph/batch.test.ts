import { describe, expect, it } from '@jest/globals'
import type { Budget } from '../../../bot/src/graph/budget.ts'
import { throttleLimits } from '../../../bot/src/graph/throttle.ts'
import { makeReader, type GraphReader } from '../../../bot/src/graph/reader.ts'
import { fc } from '../../random.ts'

type Item = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
interface Sent {
  readonly paths: readonly string[]
  readonly methods: readonly string[]
}

/** A reader whose Graph answers each item of a batch by a function; answers come in reverse. */
function readerOn(
  answer: (path: string, attempt: number) => Item | undefined,
  whole: (attempt: number) => Response | undefined = () => undefined,
) {
  const sent: Sent[] = []
  const slept: number[] = []
  const refused: unknown[] = []
  const attempts = new Map<string, number>()
  const fresh: boolean[] = []
  const budget: Budget = { take: async () => undefined, refused: async (bucket, wait) => void refused.push([bucket, wait]) }
  const reader: GraphReader = makeReader(
    async (options) => {
      fresh.push(options?.fresh === true)
      return { kind: 'token', token: 'T', scopes: ['User.Read'] }
    },
    {
      graph: 'https://graph.local',
      userAgent: 'Countersign/test',
      clock: { now: () => 0, random: () => 0.5, sleep: async (milliseconds) => void slept.push(milliseconds) },
      budget,
      transport: async (url, init) => {
        expect([url, init.method]).toEqual(['https://graph.local/v1.0/$batch', 'POST'])
        const { requests } = JSON.parse(String(init.body)) as { requests: { id: string; method: string; url: string; headers?: object }[] }
        sent.push({ paths: requests.map((request) => request.url), methods: requests.map(({ method }) => method) })
        const refusal = whole(sent.length)
        if (refusal) return refusal
        const responses = requests.flatMap(({ id, url: path }) => {
          const attempt = (attempts.get(path) ?? 0) + 1
          attempts.set(path, attempt)
          const item = answer(path, attempt)
          return item ? [{ id, ...item }] : []
        })
        return Response.json({ responses: responses.reverse() })
      },
    },
  )
  return { reader, sent, slept, refused, fresh }
}
const fine = (path: string): Item => ({ status: 200, body: { path }, headers: { 'request-id': 'r' } })

describe('batch', () => {
  it('answers each by itself and in the order of asking', async () => {
    const { reader, sent } = readerOn((path) =>
      path === '/b' ? { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } } : fine(path),
    )
    expect(await reader.batch(['/a', '/b', '/c'])).toEqual([
      { kind: 'answer', body: { path: '/a' }, requestId: 'r' },
      { kind: 'refused', status: 403, code: 'Authorization_RequestDenied', message: 'no', requestId: '', grantedScopes: ['User.Read'] },
      { kind: 'answer', body: { path: '/c' }, requestId: 'r' },
    ])
    expect(sent).toEqual([{ paths: ['/a', '/b', '/c'], methods: ['GET', 'GET', 'GET'] }])
  })

  it('asks a throttled item again alone, after the time that it was told, and tells the budget', async () => {
    const { reader, sent, slept, refused } = readerOn((path, attempt) => {
      if (path === '/b' && attempt === 1) return { status: 429, headers: { 'RETRY-AFTER': '2' } }
      if (path === '/c' && attempt <= 2) return { status: 503, headers: { 'retry-after': '5' } }
      return fine(path)
    })
    expect((await reader.batch(['/a', '/b', '/c'], { bucket: 'reports' })).map(({ kind }) => kind)).toEqual(['answer', 'answer', 'answer'])
    expect(sent.map(({ paths }) => paths)).toEqual([['/a', '/b', '/c'], ['/b'], ['/c'], ['/c']])
    expect(slept).toEqual([2000, 3000, 5000])
    expect(refused).toEqual([['reports', 2000]])
  })

  it('gives up on an item that is always throttled, and keeps the others', async () => {
    const { reader } = readerOn((path) => (path === '/b' ? { status: 429 } : fine(path)))
    const answers = await reader.batch(['/a', '/b'])
    expect(answers[0]).toMatchObject({ kind: 'answer' })
    expect(answers[1]).toMatchObject({ kind: 'refused', status: 429 })
  })

  it('asks again for an item that the answer left out', async () => {
    const { reader, sent } = readerOn((path, attempt) => (path === '/b' && attempt === 1 ? undefined : fine(path)))
    expect((await reader.batch(['/a', '/b'])).map(({ kind }) => kind)).toEqual(['answer', 'answer'])
    expect(sent.map(({ paths }) => paths)).toEqual([['/a', '/b'], ['/b']])
  })

  it('repeats a whole batch that was refused for now', async () => {
    const { reader, sent } = readerOn(fine, (attempt) =>
      attempt === 1 ? new Response('{}', { status: 429, headers: { 'retry-after': '1' } }) : undefined,
    )
    expect((await reader.batch(['/a', '/b'])).map(({ kind }) => kind)).toEqual(['answer', 'answer'])
    expect(sent).toHaveLength(2)
  })

  it('hands a refusal of the whole batch to each item', async () => {
    const { reader } = readerOn(fine, () => new Response('{"error":{"code":"BadRequest"}}', { status: 400 }))
    expect(await reader.batch(['/a', '/b'])).toMatchObject([{ status: 400 }, { status: 400 }])
  })

  it('asks for a fresh token once for items whose token has ended', async () => {
    const good = readerOn((path, attempt) => (attempt === 1 ? { status: 401 } : fine(path)))
    expect((await good.reader.batch(['/a', '/b'])).map(({ kind }) => kind)).toEqual(['answer', 'answer'])
    expect(good.fresh).toEqual([false, true])
    const bad = readerOn(() => ({ status: 401 }))
    expect((await bad.reader.batch(['/a'])).map(({ kind }) => kind)).toEqual(['signInLost'])
  })

  it('takes no more than Graph takes', async () => {
    const { reader } = readerOn(fine)
    await expect(reader.batch(Array.from({ length: 21 }, () => '/a'))).rejects.toThrow('Graph takes 20')
    expect(await reader.batch([])).toEqual([])
  })

  it.each([['null'], ['[]'], ['{"responses":{}}'], ['{"responses":[{"id":1}]}'], ['{'], ['']])(
    'ends, with a refusal, when Graph answers %s',
    async (body) => {
      const { reader, sent } = readerOn(fine, () => new Response(body, { headers: { 'content-type': 'application/json' } }))
      expect(await reader.batch(['/a'])).toMatchObject([{ kind: 'refused', code: 'ConnectionLost' }])
      expect(sent.length).toBeLessThanOrEqual(throttleLimits.attempts)
    },
  )

  it('gives every item its own answer, whatever each meets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.constantFrom(429, 503, 504, 0), { maxLength: 4 }), { maxLength: 20 }), async (fates) => {
        const paths = fates.map((_fate, index) => `/x/${index}`)
        const { reader, sent } = readerOn((path, attempt) => {
          const status = fates[Number(path.slice(3))]?.[attempt - 1]
          if (status === undefined) return fine(path)
          return status === 0 ? undefined : { status, headers: { 'retry-after': '1' } }
        })
        const answers = await reader.batch(paths)
        expect(answers.map((answer) => (answer.kind === 'answer' ? answer.body : answer))).toEqual(paths.map((path) => ({ path })))
        for (const [index, path] of paths.entries())
          expect(sent.filter((one) => one.paths.includes(path))).toHaveLength((fates[index]?.length ?? 0) + 1)
      }),
      { numRuns: process.env['DRILL'] ? 2000 : 60 },
    )
  })
})
