import { describe, expect, it } from '@jest/globals'
import type { FastifyInstance } from 'fastify'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { z } from 'zod'
import { problemSchema } from '../../../core/api/problem.ts'
import { placeOf } from '../../../bot/src/http/views/application.ts'
import { signInPages } from '../../../bot/src/http/sign-in-pages.ts'
import type { Identity } from '../../../bot/src/identity/identity.ts'
import { localeOf } from '../../../bot/src/http/wire.ts'
import { countingHandlers, identityOf, serverWith, type Got } from './serving.ts'

const json = { authorization: 'Bearer x', 'content-type': 'application/json' }

function problemIn(response: Got): z.infer<typeof problemSchema> {
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  return problemSchema.parse(JSON.parse(response.body))
}

describe('texts that cannot be kept', () => {
  const cases: readonly (readonly [method: string, url: string, body: object | undefined, path: string])[] = [
    ['POST', '/api/saved-views', { name: 'mine\u0000', query: '' }, 'body.name'],
    ['POST', '/api/suppressions', { checkId: 'x', reason: 'half \ud83d of a pair', until: '2026-12-01' }, 'body.reason'],
    ['POST', '/api/proposals', { findingKey: 'app-secret-expired:\u0000' }, 'body.findingKey'],
    ['POST', '/api/proposals', { actionId: 'disable-user', input: { userId: ['\udc00'] } }, 'body.input.userId.0'],
    ['POST', '/api/proposals', { actionId: 'disable-user', input: { 'a\u0000': 1 } }, 'body.input'],
    ['PUT', '/api/baselines/chosen', { baseline: 'cis', reason: 'because\u0000' }, 'body.reason'],
    ['GET', '/api/findings?search=a%00b', undefined, 'query.search'],
    ['GET', '/api/findings/csv?search=%00', undefined, 'query.search'],
    ['GET', '/api/people?role=%00', undefined, 'query.role'],
    ['GET', '/api/activity?person=a%00', undefined, 'query.person'],
    ['GET', '/api/search?q=ab%00', undefined, 'query.q'],
  ]

  it('are refused by the name of their place', async () => {
    const reached: string[] = []
    const app = await serverWith({ handlers: countingHandlers(reached) })
    for (const [method, url, body, path] of cases) {
      const response = await app.ask({ method, url, headers: json, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
      const errors = [{ path, message: 'must not hold U+0000 or half of a surrogate pair' }]
      expect([url, problemIn(response)]).toEqual([url, expect.objectContaining({ status: 400, errors })])
    }
    expect(reached).toEqual([])
  })

  it('are no emoji, no right-to-left text and no control characters', async () => {
    const reached: string[] = []
    const app = await serverWith({ handlers: countingHandlers(reached) })
    const payload = JSON.stringify({ name: '💥 \u202eabc\u0007', query: '' })
    await app.ask({ method: 'POST', url: '/api/saved-views', headers: json, payload })
    expect(reached).toEqual(['save-view'])
  })
})

describe('bodies', () => {
  it('that lie deeper than anything that is expected are refused, however small they are', async () => {
    const reached: string[] = []
    const app = await serverWith({ handlers: countingHandlers(reached) })
    const ask = async (depth: number): Promise<Got> => {
      const payload = `{"actionId":"disable-user","input":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`
      return app.ask({ method: 'POST', url: '/api/proposals', headers: json, payload })
    }
    await ask(40)
    expect(reached).toEqual(['create-proposal'])
    for (const depth of [50, 1000, 30_000]) expect(problemIn(await ask(depth)).status).toBe(400)
    expect(reached).toEqual(['create-proposal'])
  })

  it('with more mistakes than a person reads are answered with the first fifty', async () => {
    const app = await serverWith({})
    const payload = JSON.stringify({ findingKeys: Array.from({ length: 10_000 }, () => 1) })
    const { errors } = problemIn(await app.ask({ method: 'POST', url: '/api/proposals', headers: json, payload }))
    expect(errors?.length).toBeLessThanOrEqual(50)
    const many = JSON.stringify({ checkId: 'x', reason: Array.from({ length: 5_000 }, () => '\u0000'), until: 'x' })
    expect(problemIn(await app.ask({ method: 'POST', url: '/api/suppressions', headers: json, payload: many })).errors).toHaveLength(50)
  })
})

describe('moments', () => {
  const outside = [
    '/api/timeline?before=0000-01-01T00:00:00Z',
    '/api/timeline?before=0001-01-01T00:00:00%2B14:00',
    '/api/timeline?before=9999-12-31T23:59:59-14:00',
    '/api/changes?from=0000-01-01',
    '/api/changes?to=0000-12-31T23:59:59Z',
    '/api/activity?from=0000-01-01T00:00:00Z',
    '/api/activity?after=99999999999999999999%7Cscan%7Cx',
    '/api/activity?after=2026-02-30T00:00:00.000Z%7Cscan%7Cx',
    '/api/journal/export?from=0000-01-01',
  ]

  it('that the store’s calendar does not have are refused', async () => {
    const reached: string[] = []
    const app = await serverWith({ handlers: countingHandlers(reached) })
    for (const url of outside) expect([url, problemIn(await app.ask({ url, headers: json })).status]).toEqual([url, 400])
    expect(reached).toEqual([])
  })

  it('of the first and the last year are taken', async () => {
    const reached: string[] = []
    const app = await serverWith({ handlers: countingHandlers(reached) })
    for (const url of [
      '/api/timeline?before=0001-01-01T00:00:00Z',
      '/api/changes?to=9999-12-31',
      '/api/activity?until=9999-12-31T23:59:59.9999999Z',
    ])
      await app.ask({ url, headers: json })
    expect(reached).toEqual(['get-timeline', 'get-changes', 'list-activity'])
  })
})

describe('cursors that no list gave out', () => {
  const cursor = (value: unknown, id: unknown = 'x', sort = 'end'): string =>
    Buffer.from(JSON.stringify({ sort, order: 'natural', value, id })).toString('base64url')

  it.each(['0', '2026', 'Nov 23 2026 (x)', '0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '+275760-09-13T00:00:00Z', 'now'])(
    'lead nowhere in time: %s',
    (value) => expect(placeOf(cursor(value), { sort: 'end', order: 'natural' })).toBeUndefined(),
  )

  it('hold only what the list can be asked for', () => {
    expect(placeOf(cursor('2026-12-01T00:00:00Z'), { sort: 'end', order: 'natural' })).toMatchObject({ id: 'x' })
    expect(placeOf(cursor('infinity'), { sort: 'end', order: 'natural' })).toMatchObject({ value: 'infinity' })
    expect(placeOf(cursor('infinity', 'a\u0000'), { sort: 'end', order: 'natural' })).toBeUndefined()
    expect(placeOf(cursor('a\u0000', 'x', 'name'), { sort: 'name', order: 'natural' })).toBeUndefined()
    expect(placeOf(cursor(64, 'x', 'risk'), { sort: 'risk', order: 'natural' })).toMatchObject({ value: 64 })
    for (const value of [2 ** 31, -(2 ** 31) - 1, 1.5, 1e308])
      expect(placeOf(cursor(value, 'x', 'risk'), { sort: 'risk', order: 'natural' })).toBeUndefined()
  })
})

describe('addresses and headers', () => {
  it.each([
    ['GET', '/api/scans/%ZZ', 400],
    ['GET', '/api/people/%ff', 400],
    ['GET', '/%', 400],
    ['POST', `/api/scans/${'a'.repeat(500)}/stop`, 414],
  ])('%s %s is refused with problem details and the same protection as any answer', async (method, url, status) => {
    const app = await serverWith({})
    const response = await app.ask({ method, url, headers: json, ...(method === 'POST' ? { payload: '{}' } : {}) })
    expect([response.statusCode, problemIn(response).status]).toEqual([status, status])
    expect(problemIn(response).requestId).toBe(response.headers['x-request-id'])
    expect(response.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    expect(response.body).not.toMatch(/FST_|%/)
  })

  it.each(['en-GB-GB', 'en-12', 'en-1234-1234', 'en-latn-latn', 'en-aa-aa-aa', 'en-u-ca-gregory', 'en-x-own'])(
    'the language %s, of which nothing can be made, is plain English',
    (tag) => expect(localeOf(tag)).toBe('en'),
  )

  it('languages with a script and a region are kept', () => {
    expect(['en-Latn-GB', 'EN-gb', 'en-001', 'de, en-AU;q=0.5'].map(localeOf)).toEqual(['en-Latn-GB', 'en-GB', 'en-001', 'en-AU'])
  })
})

describe('a session whose id was renewed with a request', () => {
  it('goes on under the new one, though the request itself is refused', async () => {
    const known = identityOf('web', ['viewer'], 'right')
    const fromCookie = async (id: string) => ({ ...(await known.fromCookie(id)), rotatedTo: 'the-new-one' })
    const identity: Identity = new Proxy(known, {
      get: (others, name) => (name === 'fromCookie' ? fromCookie : Reflect.get(others, name)),
    })
    const app = await serverWith({ identity })
    const cookie = '__Host-countersign=the-old-one'
    for (const [method, url] of [
      ['GET', '/api/findings'],
      ['PUT', '/api/alerts/mine'],
      ['GET', '/api/trend?days=never'],
    ] as const) {
      const response = await app.ask({ method, url, headers: { cookie } })
      expect([url, response.statusCode >= 400, response.headers['set-cookie']]).toEqual([
        url,
        true,
        expect.stringContaining('__Host-countersign=the-new-one;'),
      ])
    }
  })
})

describe('what is no HTTP', () => {
  /** What the server says to these bytes before it hangs up. */
  async function said(bytes: string): Promise<string> {
    let port = 0
    const noteAddress = (app: FastifyInstance): void =>
      void app.addHook('onListen', async () => {
        const [address] = app.addresses()
        port = typeof address === 'object' ? address.port : 0
      })
    await serverWith({ registerRoutes: [noteAddress] })
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString('utf8')))
    socket.write(bytes)
    await once(socket, 'close')
    return text
  }

  it.each([
    ['an unknown method', 'FOO /api/me HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['two lengths', 'POST /api/scans HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400],
    ['another protocol', '\u0016\u0003\u0001\r\n\r\n', 400],
    ['a header that is too long', `GET /api/me HTTP/1.1\r\nhost: x\r\ncookie: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('is answered with problem details: %s', async (_name, bytes, status) => {
    const [head = '', body = ''] = (await said(bytes)).split('\r\n\r\n')
    expect(head).toContain(`HTTP/1.1 ${status} `)
    expect(head).toContain('content-type: application/problem+json')
    expect(problemSchema.parse(JSON.parse(body)).status).toBe(status)
  })
})

describe('the page to which the sign-in service sends back', () => {
  it('takes an empty code for none', async () => {
    const asked: unknown[] = []
    const browser = {
      complete: async (answer: unknown) => {
        asked.push(answer)
        return { kind: 'refused', reason: 'The sign-in service did not complete the sign-in.' }
      },
    }
    const identity: Identity = new Proxy(identityOf('web', []), {
      get: (others, name) => (name === 'browser' ? browser : Reflect.get(others, name)),
    })
    const app = await serverWith({ registerRoutes: [signInPages(identity)] })
    const response = await app.ask({ url: '/auth/callback?code=&state=s' })
    expect([response.statusCode, asked]).toEqual([403, [{ state: 's' }]])
  })
})
