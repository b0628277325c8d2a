import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Fact } from '../../../core/posture/fact.ts'
import { collectFact, type CollectOptions, type FactOutcome } from '../../../bot/src/graph/collect.ts'
import { requestPath } from '../../../bot/src/graph/request-path.ts'
import { FakeGraph, origin, type Asked } from './fake-graph.ts'
import { memoryFact, sinkFor, type MemoryFact } from './memory-sink.ts'

const row = z.object({ id: z.string(), name: z.string().nullable(), parentId: z.string().optional() })
const things: Fact = {
  id: 'things',
  title: 'Things',
  source: { path: '/things', select: ['id', 'name'], pageSize: 999, bucket: 'identity' },
  scopes: ['Thing.Read.All'],
  row,
  key: (value) => `${row.parse(value).parentId ?? ''}${row.parse(value).id}`,
  held: 'whole',
}
const children: Fact = {
  ...things,
  source: {
    path: '/groups/{id}/members',
    pageSize: 'none',
    bucket: 'identity',
    each: {
      facts: ['groups'],
      when: (parent) => Reflect.get(Object(parent), 'counts') === true,
      id: (parent) => String(Reflect.get(Object(parent), 'id')),
    },
  },
}

/** A Graph with so many things, ids in order. */
function graphWith(count: number): FakeGraph {
  const graph = new FakeGraph()
  for (let index = 0; index < count; index += 1) graph.put('things', { id: `t${String(index).padStart(4, '0')}`, name: `n${index}` })
  return graph
}

async function collect(
  graph: FakeGraph,
  fact: Fact,
  {
    parents = [],
    kept = memoryFact(),
    ...options
  }: { parents?: readonly unknown[]; kept?: MemoryFact } & Partial<Omit<CollectOptions, 'parents'>> = {},
): Promise<{ outcome: FactOutcome; kept: MemoryFact; asked: string[] }> {
  const outcome = await collectFact(graph.reader(), fact, {
    sink: sinkFor(kept),
    ranges: false,
    ...options,
    parents: (async function* () {
      yield* parents
    })(),
  })
  return { outcome, kept, asked: graph.asked.map(({ path }) => path) }
}
const read = { kind: 'read', mode: 'full', deltaLink: null }
const refuse = (code: string, status = 403) => ({ fault: () => ({ status, code }) })

describe('collecting', () => {
  it('asks for what the source says', () => {
    const full: Fact = { ...things, source: { ...things.source, filter: "name eq 'a b'", expand: 'owner' } }
    expect(requestPath(full)).toBe("/things?$select=id,name&$filter=name%20eq%20'a%20b'&$expand=owner&$top=999")
    expect(requestPath({ ...things, source: { path: '/groups/{id}/members', pageSize: 'none', bucket: 'identity' } }, 'a/b')).toBe(
      '/groups/a%2Fb/members',
    )
    const filtered: Fact = { ...things, source: { path: '/x', filter: "groupId eq '{id}'", pageSize: 'none', bucket: 'identity' } }
    expect(requestPath(filtered, "o'brien")).toBe("/x?$filter=groupId%20eq%20'o''brien'")
  })

  it('asks for the last changes once the last page has come, and once only, even where that page cannot be kept', async () => {
    const changing: Fact = { ...things, delta: true }
    const isLatest = (path: string): boolean => path.includes('$deltatoken=latest')
    const changesAsked = (graph: FakeGraph): number => graph.asked.filter(({ path }) => path.includes('/delta') && !isLatest(path)).length
    for (const refused of [false, true]) {
      const graph = graphWith(7)
      const sink = sinkFor(memoryFact())
      const asked: number[] = []
      const lasts: number[] = []
      const outcome = await collectFact(graph.reader(), changing, {
        sink: {
          ...sink,
          rows: async (part, rows, next) => {
            if (next === null) for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
            asked.push(changesAsked(graph))
            if (refused && next === null) throw new Error('The disk is full.')
            await sink.rows(part, rows, next)
          },
          endIsNear: () => void lasts.push(asked.length),
        },
        ranges: false,
      }).catch(String)
      expect(asked).toEqual([0, 0, 1])
      expect(lasts).toEqual([2])
      expect(changesAsked(graph)).toBe(1)
      if (refused) expect(outcome).toBe('Error: The disk is full.')
      else expect(outcome).toMatchObject({ kind: 'read', mode: 'full' })
    }
  })

  it('hands over parsed rows with their keys and where each page goes on', async () => {
    const graph = graphWith(7)
    graph.put('things', { id: 't0000', name: 'n0', secret: 'not selected' })
    const { outcome, kept } = await collect(graph, things)
    expect(outcome).toEqual(read)
    expect(kept.rows.size).toBe(7)
    expect(kept.rows.get('t0000')).toEqual({ id: 't0000', name: 'n0' })
    expect(kept.log).toEqual(['plan', 'rows ', 'rows ', 'rows '])
    expect(kept.plan?.parts).toEqual([{ id: '', next: null, done: true }])
  })

  it('begins the list again when its page token has expired, and forgets what it saw', async () => {
    const graph = graphWith(7)
    let expiries = 0
    graph.fault = ({ path }) =>
      path.includes('skiptoken=t0005') && ++expiries === 1 ? { status: 400, code: 'Directory_ExpiredPageToken' } : undefined
    const { outcome, kept } = await collect(graph, things)
    expect(outcome).toEqual(read)
    expect(kept.log).toEqual(['plan', 'rows ', 'rows ', 'restart', 'plan', 'rows ', 'rows ', 'rows '])
    expect(kept.rows.size).toBe(7)
  })

  it('goes on from the link that an earlier attempt came to, and from the beginning when that link has expired', async () => {
    const graph = graphWith(7)
    const kept = memoryFact()
    kept.lives = 2
    await expect(collect(graph, things, { kept })).rejects.toThrow('died')
    kept.lives = Infinity
    graph.asked.length = 0
    const resumed = await collect(graph, things, { kept: structuredClone(kept) })
    expect(resumed.outcome).toEqual(read)
    expect(resumed.kept.rows.size).toBe(7)
    expect(resumed.asked.map((path) => new URLSearchParams(path).get('$skiptoken'))).toEqual(['t0002', 't0005'])
    graph.fault = ({ path }) =>
      path.includes('skiptoken=t0002') && graph.asked.length < 4 ? { status: 400, code: 'Directory_ExpiredPageToken' } : undefined
    const again = await collect(graph, things, { kept })
    expect(again.kept.rows.size).toBe(7)
    expect(again.kept.log).toContain('restart')
  })

  it.each([
    ['a role', refuse('Authorization_RequestDenied'), { reason: 'role', detail: 'Authorization_RequestDenied' }],
    ['a licence', refuse('Authentication_RequestFromNonPremiumTenantOrB2CTenant'), { reason: 'licence' }],
    ['a licence refused as a bad request', refuse('AadPremiumLicenseRequired', 400), { reason: 'licence' }],
    ['an absence', refuse('Request_ResourceNotFound', 404), { reason: 'graph', detail: 'Request_ResourceNotFound' }],
    ['a fault of Graph', refuse('UnknownError', 503), { reason: 'graph', detail: 'UnknownError' }],
    ['lasting throttling', refuse('TooManyRequests', 429), { reason: 'graph', detail: 'TooManyRequests' }],
    ['a lost connection', { fault: () => ({ kind: 'lost' }) as const }, { reason: 'graph', detail: 'ConnectionLost' }],
    ['a body that is always cut', { fault: () => ({ kind: 'cut' }) as const }, { reason: 'graph', detail: 'ConnectionLost' }],
    ['JSON that always ends early', { fault: () => ({ kind: 'garbage' }) as const }, { reason: 'shape', detail: 'NotJson' }],
  ])('tells %s apart', async (_name, { fault }, expected) => {
    const graph = graphWith(7)
    graph.fault = (asked: Asked) => (asked.path.includes('skiptoken=t0005') ? fault() : undefined)
    const { outcome } = await collect(graph, things)
    expect(outcome).toMatchObject({ kind: 'unread', ...expected })
  })

  it('names the scopes that the token lacks', async () => {
    const graph = graphWith(1)
    graph.fault = () => ({ status: 403, code: 'Authorization_RequestDenied' })
    expect((await collect(graph, { ...things, scopes: ['Thing.Read.All', 'Other.Read.All'] })).outcome).toEqual({
      kind: 'unread',
      reason: 'scope',
      detail: 'Other.Read.All',
    })
  })

  it('leaves the whole fact unread when one row is not as documented, and names row and field', async () => {
    const graph = graphWith(5)
    graph.put('things', { id: 't0004', name: 7 })
    const { outcome } = await collect(graph, things)
    expect(outcome).toMatchObject({ kind: 'unread', reason: 'shape' })
    expect(outcome).toHaveProperty('detail', expect.stringMatching(/\/things, row 5.*name/))
  })

  it('hands on a lost sign-in as what it is', async () => {
    const graph = graphWith(7)
    graph.fault = ({ path }) => (path.includes('skiptoken') ? { status: 401 } : undefined)
    expect((await collect(graph, things)).outcome).toMatchObject({ kind: 'signInLost' })
  })

  it('does not take a page whose next link leads elsewhere for the last one', async () => {
    const graph = graphWith(2)
    const answer = graph.answer.bind(graph)
    const kept = memoryFact()
    const reader = graph.reader({
      transport: async (url, init) => {
        const body: unknown = await (await answer(url, init)).json()
        return Response.json({ '@odata.nextLink': 'https://evil.example/v1.0/things', ...Object(body) })
      },
    })
    expect(await collectFact(reader, things, { sink: sinkFor(kept), ranges: false })).toMatchObject({
      kind: 'unread',
      detail: 'ForeignNextLink',
    })
    expect(kept.plan?.parts).toEqual([{ id: '', next: null, done: false }])
  })

  it('stops when it is told to', async () => {
    const graph = graphWith(7)
    const stop = new AbortController()
    graph.onPage = () => stop.abort(new Error('stopped by a person'))
    await expect(collect(graph, things, { signal: stop.signal })).rejects.toThrow('stopped by a person')
  })

  it('reads a single object as one row', async () => {
    const graph = new FakeGraph()
    graph.put('things', { id: 'only', name: null })
    const single: Fact = { ...things, source: { path: '/things/only', pageSize: 'none', bucket: 'identity', single: true } }
    const { outcome, kept } = await collect(graph, single)
    expect(outcome).toEqual(read)
    expect([...kept.rows.keys()]).toEqual(['only'])
  })
})

describe('collecting once for each parent', () => {
  const parents = Array.from({ length: 45 }, (_, index) => ({ id: `g${index}`, counts: index % 9 !== 0 }))
  function groups(): FakeGraph {
    const graph = new FakeGraph()
    for (const [index, { id }] of parents.entries())
      for (let member = 0; member < index % 5; member += 1) graph.put(`groups/${id}/members`, { id: `m${member}`, name: null })
    for (const { id } of parents) graph.list(`groups/${id}/members`)
    return graph
  }

  it('asks in batches of twenty, once for each distinct one that counts, and gives rows their parent', async () => {
    const graph = groups()
    const { outcome, kept, asked } = await collect(graph, children, { parents: [...parents, ...parents] })
    expect(outcome).toEqual(read)
    expect(asked.filter((path) => path === '/$batch')).toHaveLength(2)
    expect(asked.filter((path) => path === '/groups/g1/members')).toHaveLength(1)
    expect(asked.filter((path) => path.startsWith('/groups/g9/'))).toEqual([])
    const expected = parents.flatMap(({ id, counts }, index) =>
      counts ? Array.from({ length: index % 5 }, (_, member) => `${id}m${member}`) : [],
    )
    expect([...kept.rows.keys()].sort()).toEqual(expected.sort())
  })

  it('asks again for the one parent that was throttled, and for no other', async () => {
    const graph = groups()
    let refused = 0
    graph.fault = ({ path }) =>
      path === '/groups/g4/members' && ++refused <= 2 ? { status: 429, headers: { 'Retry-After': '3' } } : undefined
    const { outcome, kept, asked } = await collect(graph, children, { parents })
    expect(outcome).toEqual(read)
    expect(asked.filter((path) => path === '/groups/g4/members')).toHaveLength(3)
    expect(asked.filter((path) => path === '/groups/g5/members')).toHaveLength(1)
    expect(kept.rows.has('g4m3')).toBe(true)
  })

  it('takes a parent that was deleted meanwhile for one without rows, but an endpoint that is missing for a refusal', async () => {
    const graph = groups()
    graph.lists.delete('groups/g4/members')
    const { outcome, kept } = await collect(graph, children, { parents })
    expect(outcome).toEqual(read)
    expect([...kept.rows.keys()].some((key) => key.startsWith('g4m'))).toBe(false)
    graph.fault = ({ path }) => (path.startsWith('/groups/g7/') ? { status: 404 } : undefined)
    expect((await collect(graph, children, { parents })).outcome).toMatchObject({ kind: 'unread', detail: 'HTTP 404' })
  })

  it('leaves the fact unread when one parent is refused', async () => {
    const graph = groups()
    graph.fault = ({ path }) => (path.startsWith('/groups/g7/') ? { status: 403, code: 'Authorization_RequestDenied' } : undefined)
    expect((await collect(graph, children, { parents })).outcome).toMatchObject({ kind: 'unread', reason: 'role' })
  })

  it('asks one by one where the bucket counts requests', async () => {
    const graph = groups()
    const slow: Fact = { ...children, source: { ...children.source, bucket: 'conditionalAccess' } }
    const { asked } = await collect(graph, slow, { parents: parents.slice(0, 5) })
    expect(asked).not.toContain('/$batch')
  })
})

describe('completing what $expand cut off', () => {
  it('reads the whole list of a row with twenty, and of no other', async () => {
    const graph = new FakeGraph()
    const owners = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ id: `o${String(index).padStart(2, '0')}` }))
    graph.put('things', { id: 'a', name: null, owners: owners(20) })
    graph.put('things', { id: 'b', name: null, owners: owners(19) })
    for (let index = 0; index < 31; index += 1) graph.put('things/a/owners', { id: `o${String(index).padStart(2, '0')}` })
    graph.pageSize = 10
    const owned = z.object({ id: z.string(), owners: z.array(z.object({ id: z.string() })) })
    const fact: Fact = {
      ...things,
      source: {
        path: '/things',
        expand: 'owners($select=id)',
        completes: { property: 'owners', path: '/things/{id}/owners' },
        pageSize: 999,
        bucket: 'identity',
      },
      row: owned,
      key: (value) => owned.parse(value).id,
    }
    const { outcome, kept, asked } = await collect(graph, fact)
    expect(outcome).toEqual(read)
    expect(owned.parse(kept.rows.get('a')).owners).toHaveLength(31)
    expect(owned.parse(kept.rows.get('b')).owners).toHaveLength(19)
    expect(asked.filter((path) => path.startsWith('/things/'))[0]).toBe('/things/a/owners?$select=id')
    expect(asked.some((path) => path.startsWith('/things/b/'))).toBe(false)
  })
})

describe('what the tenant’s own text can do', () => {
  it.each([
    ['a name that looks like a next link', { name: '","@odata.nextLink":"https://evil.example/v1.0/things' }],
    ['a name that is a next link', { name: `@odata.nextLink` }],
    ['a property named as a next link', { name: 'x', '@odata.nextLink': `${origin}/v1.0/evil` }],
  ])('%s is never followed', async (_name, over) => {
    const graph = graphWith(4)
    graph.put('things', { id: 't0000', ...over })
    const { outcome, kept, asked } = await collect(graph, { ...things, source: { path: '/things', pageSize: 999, bucket: 'identity' } })
    expect(outcome).toEqual(read)
    expect(kept.rows.size).toBe(4)
    expect(asked.some((path) => path.includes('evil'))).toBe(false)
  })

  it.each([
    ['nested 200,000 levels deep', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['a string of two million signs', JSON.stringify('x'.repeat(2_000_000))],
    ['a number', '7'],
  ])('a value that is %s ends in unread or in a row, never in a crash', async (_name, json) => {
    const graph = new FakeGraph()
    const reader = graph.reader({
      transport: async () =>
        new Response(`{"value":[{"id":"a","name":${json},"other":${json}}]}`, { headers: { 'content-type': 'application/json' } }),
    })
    const outcome = await collectFact(
      reader,
      { ...things, row: row.extend({ name: z.string().max(2000).nullable() }) },
      { sink: sinkFor(memoryFact()), ranges: false },
    )
    expect(outcome).toMatchObject({ kind: 'unread', reason: 'shape' })
  })

  it('two rows with one key are one row, the later', async () => {
    const graph = new FakeGraph()
    const kept = memoryFact()
    const reader = graph.reader({
      transport: async () =>
        Response.json({
          value: [
            { id: 'a', name: 'first' },
            { id: 'a', name: 'second' },
          ],
        }),
    })
    await collectFact(reader, things, { sink: sinkFor(kept), ranges: false })
    expect([...kept.rows]).toEqual([['a', { id: 'a', name: 'second' }]])
  })
})
