import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { canonicalJson, digest, type Json } from '@countersign/core/digest.ts'
import { eventIn, type LiveEvent } from '../../teamsapp/client/events.ts'
import { problemError, problemOf, readProblem } from '../../teamsapp/client/problem.ts'
import { makeService } from '../../teamsapp/client/service.ts'
import type { Host, TokenAnswer } from '../../teamsapp/host/host.ts'
import { toCsv } from '../../teamsapp/layout/csv.ts'
import { digestOf } from '../../teamsapp/pages/trust/digest.ts'
import { cleared, countChosen, filterOf, switched, viewQueryOf } from '../../teamsapp/pages/findings/filters.ts'
import { cellAfter } from '../../teamsapp/pages/findings/grid-keys.ts'
import { orderFrom, sorted } from '../../teamsapp/pages/findings/rows.ts'
import { fc } from '../random.ts'
import { findings } from './sample-findings.ts'

const realFetch = globalThis.fetch
afterEach(() => {
  globalThis.fetch = realFetch
})

function hostWith(token: TokenAnswer): Host {
  return {
    kind: 'browser',
    locale: undefined,
    startPath: undefined,
    token: () => Promise.resolve(token),
    followScheme: () => () => undefined,
    open: () => undefined,
    takeTokensFrom: () => undefined,
    linkTo: (path) => path,
    onBack: () => undefined,
    told: () => undefined,
  }
}

function answering(body: unknown, status = 200): { calls: { url: string; init: RequestInit }[] } {
  const calls: { url: string; init: RequestInit }[] = []
  globalThis.fetch = jest.fn((url: unknown, init?: RequestInit) => {
    calls.push({ url: String(url), init: init ?? {} })
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'x-request-id': 'req-1' } }))
  }) as typeof fetch
  return { calls }
}

describe('calls', () => {
  test('params are escaped, queries appended, bodies sent as JSON', async () => {
    const { calls } = answering({})
    const service = makeService(hostWith({ kind: 'none' }))
    await service.call('GET /api/findings/:checkId', { params: { checkId: 'a/b' } })
    await service.call('GET /api/events', { query: { after: 7 } })
    await service.call('POST /api/aid/connect', { body: { objectId: '3f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f' } })
    expect(calls.map(({ url }) => url)).toEqual(['/api/findings/a%2Fb', '/api/events?after=7', '/api/aid/connect'])
    expect(calls[2]?.init.body).toBe('{"objectId":"3f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f"}')
  })

  test('a cookie session sends its CSRF token with changes only; a bearer call sends no cookie', async () => {
    const { calls } = answering({})
    const byCookie = makeService(hostWith({ kind: 'none' }))
    byCookie.setCsrfToken('t')
    await byCookie.call('GET /api/overview', {})
    await byCookie.call('POST /api/scans', { body: {} })
    const byToken = makeService(hostWith({ kind: 'bearer', token: 'jwt' }))
    byToken.setCsrfToken('t')
    await byToken.call('POST /api/scans', { body: {} })
    const sent = calls.map(({ init }) => ({
      csrf: new Headers(init.headers).get('x-csrf-token'),
      bearer: new Headers(init.headers).get('authorization'),
      credentials: init.credentials,
    }))
    expect(sent).toEqual([
      { csrf: null, bearer: null, credentials: 'same-origin' },
      { csrf: 't', bearer: null, credentials: 'same-origin' },
      { csrf: null, bearer: 'Bearer jwt', credentials: 'omit' },
    ])
  })

  test('problem details come out as they went in; anything else is told as what it is', async () => {
    const problem = { type: 'about:blank', title: 'Not allowed', status: 403, detail: 'No.', requestId: 'req-9', roles: ['owner'] }
    answering(problem, 403)
    const error: unknown = await makeService(hostWith({ kind: 'none' }))
      .call('GET /api/overview', {})
      .catch((caught: unknown) => caught)
    expect(problemOf(error)).toEqual(problem)
    expect(await readProblem(new Response('<html>', { status: 502, headers: { 'x-request-id': 'req-2' } }))).toMatchObject({
      status: 502,
      requestId: 'req-2',
    })
    expect(problemOf(new TypeError('failed to fetch'))).toMatchObject({ status: 0, title: 'Countersign cannot be reached' })
    expect(problemOf(problemError(problem))).toBe(problem)
  })

  test('a host that asks for consent is a state of its own, and nothing is sent', async () => {
    const { calls } = answering({})
    const error: unknown = await makeService(hostWith({ kind: 'needsConsent' }))
      .call('GET /api/me', {})
      .catch((caught: unknown) => caught)
    expect(problemOf(error)).toMatchObject({ type: 'countersign:consent', status: 401 })
    expect(calls).toEqual([])
  })
})

describe('events', () => {
  const event = (seq: number): LiveEvent => ({ seq, kind: 'scan.progressed', subjectId: 's', at: '2026-11-22T05:12:00.000Z' })
  const block = (seq: number): string => `id: ${seq}\nevent: scan.progressed\ndata: ${JSON.stringify(event(seq))}`

  test('a block is read, comments and blocks without data are skipped', () => {
    expect(eventIn(block(3))).toEqual(event(3))
    expect(eventIn(': open')).toBeUndefined()
    expect(eventIn('retry: 5')).toBeUndefined()
    expect(eventIn('data: {"x":1}')).toBeUndefined()
  })
})

describe('CSV', () => {
  test('cells that a spreadsheet would run are defused; quotes and lines survive', () => {
    expect(toCsv([['=1+1', '+a', '-b', '@c', 'plain', 'say "hi"', 'two\nlines', 4.1]])).toBe(
      '\uFEFF\'=1+1,\'+a,\'-b,\'@c,plain,"say ""hi""","two\nlines",4.1\r\n',
    )
  })
})

describe('digest in the browser', () => {
  test('equals the one in core for any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        // fast-check's JSON and core's are the same set, and the round trip drops -0.
        const json = JSON.parse(JSON.stringify(value)) as Json
        fc.pre(canonicalJson(json) !== '')
        expect(await digestOf(json)).toBe(digest(json))
      }),
      { numRuns: 200 },
    )
  })
})

describe('the table of findings', () => {
  test('order in the address and back', () => {
    expect(orderFrom('-firstSeen')).toEqual({ column: 'firstSeen', descending: true })
    expect(orderFrom('nonsense')).toEqual({ column: 'adds', descending: true })
  })

  test('the address becomes filters, and a value pressed twice is as before', () => {
    const none = new URLSearchParams('view=objects')
    const one = switched(none, 'severity', 'high')
    expect(filterOf(one)).toEqual({ state: 'open,returned,fixedAwaitingScan,suppressed', severity: 'high' })
    expect(switched(switched(one, 'severity', 'low'), 'severity', 'low').toString()).toBe(one.toString())
    expect(switched(one, 'severity', 'high').toString()).toBe(none.toString())
    expect(countChosen(new URLSearchParams('severity=high,low&search=x&view=objects'))).toBe(3)
    expect(cleared(new URLSearchParams('severity=high&search=x&view=objects&order=-adds')).toString()).toBe('view=objects&order=-adds')
    expect(viewQueryOf(new URLSearchParams('order=-adds&proposal=1&view=objects'))).toBe('view=objects&order=-adds')
  })

  test('policies go with the framework that they belong to', () => {
    const chosen = new URLSearchParams('framework=scuba&policy=MS.AAD.1.1v1')
    expect(switched(chosen, 'framework', 'scuba').toString()).toBe('')
  })

  test.each([
    ['ArrowDown', false, { row: 3, column: 2 }],
    ['ArrowUp', false, { row: 1, column: 2 }],
    ['PageDown', false, { row: 9, column: 2 }],
    ['Home', false, { row: 2, column: 0 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 9, column: 4 }],
  ] as const)('%s (control: %s) leads to a cell within the grid', (key, withControl, cell) => {
    expect(cellAfter(key, withControl, { row: 2, column: 2 }, { rows: 10, columns: 5, page: 20 })).toEqual(cell)
    expect(cellAfter('x', false, { row: 2, column: 2 }, { rows: 10, columns: 5, page: 20 })).toBeUndefined()
  })

  test.each(['severity', 'title', 'area', 'open', 'adds', 'firstSeen', 'state'] as const)(
    'sorting by %s is a permutation, and descending its reverse up to ties',
    (column) => {
      const rows = findings.findings
      const up = sorted(rows, { column, descending: false }, 'en')
      const down = sorted(rows, { column, descending: true }, 'en')
      expect(new Set(up)).toEqual(new Set(rows))
      expect(down).toHaveLength(rows.length)
      if (column === 'adds') expect(up.map(({ adds }) => adds)).toEqual(rows.map(({ adds }) => adds).sort((one, other) => one - other))
    },
  )
})
