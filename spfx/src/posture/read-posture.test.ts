import { readPosture, type PostureResponse, type ReadResult, type SendGet } from './read-posture.ts'
import type { PostureView } from './summary.ts'

const view: PostureView = {
  tenant: { displayName: 'Contoso' },
  scannedAt: null,
  score: null,
  checks: { read: 0, of: 0 },
  areas: [],
  openFindings: 0,
  risks: [],
}

function answer(status: number, headers: Record<string, string> = {}, body: unknown = {}): PostureResponse {
  return { status, headers: { get: (name) => headers[name] ?? null }, json: async () => body }
}

function read(send: SendGet, etag?: string): Promise<ReadResult> {
  const parse = (body: unknown): PostureView | undefined => (body === 'a view' ? view : undefined)
  return readPosture({ send, parse, serviceUrl: 'https://countersign.contoso.com', etag })
}

test('a view comes with its ETag', async () => {
  const sent: unknown[] = []
  const result = await read(async (url, headers) => {
    sent.push(url, headers)
    return answer(200, { etag: '"1"' }, 'a view')
  })
  expect(result).toEqual({ kind: 'fresh', view, etag: '"1"' })
  expect(sent).toEqual(['https://countersign.contoso.com/api/view/posture', { Accept: 'application/json' }])
})

test('the ETag on screen is sent, and 304 is no news', async () => {
  const result = await read(async (_, headers) => answer(headers['If-None-Match'] === '"1"' ? 304 : 500), '"1"')
  expect(result).toEqual({ kind: 'unchanged' })
})

test.each([
  [401, { kind: 'forbidden', status: 401, requestId: 'r1' }],
  [403, { kind: 'forbidden', status: 403, requestId: 'r1' }],
  [404, { kind: 'service', status: 404, requestId: 'r1' }],
  [503, { kind: 'service', status: 503, requestId: 'r1' }],
  [200, { kind: 'unreadable', requestId: 'r1' }],
])('status %i with no view is a problem of its own kind', async (status, problem) => {
  expect(await read(async () => answer(status, { 'x-request-id': 'r1' }))).toEqual({ kind: 'problem', problem })
})

test('a body that is no JSON is not a view', async () => {
  const broken = { ...answer(200), json: () => Promise.reject(new SyntaxError('Unexpected end of JSON input')) }
  expect(await read(async () => broken)).toMatchObject({ problem: { kind: 'unreadable' } })
})

test('a failed network is told apart from a token that could not be had', async () => {
  expect(await read(() => Promise.reject(new TypeError('Failed to fetch')))).toEqual({ kind: 'problem', problem: { kind: 'unreachable' } })
  expect(await read(() => Promise.reject(new Error('AADSTS65001')))).toEqual({ kind: 'problem', problem: { kind: 'noToken' } })
})

test('a service that never answers is given up after 20 s', async () => {
  jest.useFakeTimers()
  const result = read(
    (url, headers, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
  )
  jest.advanceTimersByTime(20_000)
  jest.useRealTimers()
  expect(await result).toEqual({ kind: 'problem', problem: { kind: 'unreachable' } })
})
