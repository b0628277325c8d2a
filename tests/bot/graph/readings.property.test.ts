import { describe, expect, it, jest } from '@jest/globals'
import { z } from 'zod'
import type { Fact } from '../../../core/posture/fact.ts'
import { collectFact, type CollectOptions, type FactOutcome } from '../../../bot/src/graph/collect.ts'
import { fc } from '../../random.ts'
import { FakeGraph, type Fault } from './fake-graph.ts'
import { Died, endReading, failReading, memoryFact, rowsOf, sinkFor, type MemoryFact } from './memory-sink.ts'

const isDrill = process.env['DRILL'] === '1'
/** Few cases are the same ones every day, so that what has to be among them is; the drill draws its own. */
const runs = isDrill ? { numRuns: 1000 } : { numRuns: 30, seed: 20_261_123 }
if (isDrill) jest.setTimeout(600_000)

const row = z.object({ id: z.string(), userPrincipalName: z.string(), enabled: z.boolean() })
const people: Fact = {
  id: 'people',
  title: 'People',
  source: {
    path: '/people',
    select: ['id', 'userPrincipalName', 'enabled'],
    pageSize: 999,
    ranges: 'userPrincipalName',
    bucket: 'identity',
  },
  scopes: ['Thing.Read.All'],
  row,
  key: (value) => row.parse(value).id,
  held: 'streamed',
  delta: true,
}
const { delta: _delta, ...withoutDelta } = people
const plain: Fact = withoutDelta
const { ranges: _ranges, ...sharedSource } = people.source
const shared: Fact = { ...people, source: { ...sharedSource, shares: ["kind eq 'one'", "kind eq 'two'"] } }

/** One thing that happens to the tenant: a person added, changed or restored, or deleted. */
const happening = fc.record({
  id: fc.integer({ min: 0, max: 25 }).map((id) => `p${String(id).padStart(2, '0')}`),
  deletes: fc.boolean(),
  // Names that begin alike, differently, or with neither letter nor digit.
  userPrincipalName: fc.stringMatching(/^[aAbm0_!-][aA1]?[bz-]?@x$/),
  enabled: fc.boolean(),
  kind: fc.constantFrom('one', 'two'),
})
type Happening = Readonly<{ id: string; deletes: boolean; userPrincipalName: string; enabled: boolean; kind: string }>
const history = fc.array(happening, { maxLength: 40 })
const tenant = fc.record({
  before: fc.array(happening, { minLength: 20, maxLength: 60 }),
  pageSize: fc.integer({ min: 1, max: 9 }),
  replays: fc.boolean(),
})

function happen(graph: FakeGraph, { deletes, id, ...properties }: Happening): void {
  if (deletes) graph.remove('people', id)
  else graph.put('people', { id, ...properties })
}

function graphOf({ before, pageSize, replays }: { before: readonly Happening[]; pageSize: number; replays: boolean }): FakeGraph {
  const graph = new FakeGraph()
  graph.pageSize = pageSize
  graph.replays = replays
  graph.list('people')
  for (const item of before) happen(graph, item)
  return graph
}

/** What a reader without faults and without a past finds. */
function truth(graph: FakeGraph): unknown[] {
  return [...graph.list('people').values()]
    .map((person) => row.parse(person))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((person) => [person.id, person])
}

async function readOnce(graph: FakeGraph, fact: Fact, kept: MemoryFact, options: Partial<CollectOptions> = {}): Promise<FactOutcome> {
  const outcome = await collectFact(graph.reader(), fact, { sink: sinkFor(kept), ranges: true, rangesAbove: 5, ...options })
  if (outcome.kind === 'read') endReading(kept, outcome.mode, outcome.deltaLink)
  else failReading(kept)
  return outcome
}

/** Plays the happenings one by one with the pages that are read. */
function meanwhile(graph: FakeGraph, during: readonly Happening[]): void {
  const waiting = during.values()
  graph.onPage = () => {
    const next = waiting.next()
    if (!next.done) happen(graph, next.value)
  }
}

describe('reading by changes', () => {
  it('gives what a full reading gives, whatever happened, also while it was read, and when Graph forgot its links', async () => {
    const met = { delta: 0, full: 0 }
    await fc.assert(
      fc.asyncProperty(
        tenant,
        fc.array(fc.record({ history, during: history, forgets: fc.boolean() }), { maxLength: 4 }),
        fc.boolean(),
        async (start, rounds, ranges) => {
          const graph = graphOf(start)
          const kept = memoryFact()
          for (const round of [{ history: [], during: [], forgets: false }, ...rounds]) {
            for (const item of round.history) happen(graph, item)
            if (round.forgets) graph.forgottenBefore = graph.changes.length
            meanwhile(graph, round.during)
            const outcome = await readOnce(graph, people, kept, { ranges })
            if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome))
            met[outcome.mode] += 1
            graph.onPage = () => undefined
            expect(rowsOf(kept)).toEqual(truth(graph))
          }
        },
      ),
      runs,
    )
    expect(met.delta).toBeGreaterThan(runs.numRuns / 4)
    expect(met.full).toBeGreaterThan(runs.numRuns)
  })

  it('misses nothing whatever number of rows was expected: what came after an early look is in the next reading', async () => {
    await fc.assert(
      fc.asyncProperty(tenant, history, fc.integer({ min: 0, max: 30 }), async (start, during, expected) => {
        const graph = graphOf(start)
        const kept = memoryFact()
        meanwhile(graph, during)
        const outcome = await readOnce(graph, people, kept, { ranges: false, expected: () => expected })
        expect(outcome).toMatchObject({ kind: 'read', mode: 'full' })
        graph.onPage = () => undefined
        await readOnce(graph, people, kept)
        expect(rowsOf(kept)).toEqual(truth(graph))
      }),
      runs,
    )
  })
})

describe('reading in ranges and shares', () => {
  it.each([
    ['ranges', plain],
    ['ranges, then changes', people],
    ['shares', shared],
  ])('%s give what one chain gives', async (_name, fact) => {
    const met = { cut: 0, parts: new Set<string>() }
    await fc.assert(
      fc.asyncProperty(tenant, history, async (start, during) => {
        const graph = graphOf(start)
        if (fact.delta) meanwhile(graph, during)
        const kept = memoryFact()
        const outcome = await readOnce(graph, fact, kept)
        expect(outcome).toMatchObject({ kind: 'read', mode: 'full' })
        expect(rowsOf(kept)).toEqual(truth(graph))
        const parts = kept.log.filter((what) => /^rows (range|share)/.test(what))
        // A quiet tenant needs no second way.
        if (!fact.delta) expect(kept.log).not.toContain('restart')
        met.cut += parts.length > 0 ? 1 : 0
        for (const part of parts) met.parts.add(part)
      }),
      runs,
    )
    expect(met.cut).toBeGreaterThan(runs.numRuns / 2)
    expect(met.parts.size).toBeGreaterThan(1)
  })

  it('retreat to one chain where the parts do not add up to the list, or Graph does not take their filters', async () => {
    const before = Array.from({ length: 30 }, (_, index) => ({
      id: `p${index}`,
      deletes: false,
      userPrincipalName: `${'ab_'[index % 3]}@x`,
      enabled: true,
      kind: 'one',
    }))
    for (const [wrong, answer] of [
      ['empty', { value: [] }],
      ['refused', undefined],
    ] as const) {
      const graph = graphOf({ before, pageSize: 4, replays: false })
      const kept = memoryFact()
      const isRest = (url: string): boolean => url.includes('not(') && !url.includes('/$count')
      const reader = graph.reader({
        transport: (url, init) =>
          isRest(url)
            ? Promise.resolve(
                answer ? Response.json(answer) : Response.json({ error: { code: 'Request_UnsupportedQuery' } }, { status: 400 }),
              )
            : graph.answer(url, init),
      })
      const outcome = await collectFact(reader, people, { sink: sinkFor(kept), ranges: true, rangesAbove: 5 })
      expect([wrong, outcome.kind, kept.log.filter((what) => what === 'restart').length, rowsOf(kept)]).toEqual([
        wrong,
        'read',
        1,
        truth(graph),
      ])
    }
  })

  it('asks for no range of a short list, and for nothing but the list where ranges are off', async () => {
    const graph = graphOf({ before: [], pageSize: 3, replays: false })
    await readOnce(graph, people, memoryFact(), { rangesAbove: 20_000 })
    expect(graph.asked.filter(({ path }) => path.includes('startswith'))).toEqual([])
    graph.asked.length = 0
    await readOnce(graph, plain, memoryFact(), { ranges: false })
    expect(graph.asked.map(({ path }) => path)).toEqual(['/people?$select=id,userPrincipalName,enabled&$top=999'])
  })
})

/** Faults by chance, a third of the requests at worst. 404 is not among them: Graph does not say it of what is there. */
const faults: readonly Fault[] = [
  { status: 429, headers: { 'retry-after': '1' } },
  { status: 429 },
  { status: 503 },
  { status: 504 },
  { status: 400, code: 'Directory_ExpiredPageToken' },
  { status: 410, code: 'resyncRequired' },
  { status: 403, code: 'Authorization_RequestDenied' },
  { status: 500, code: 'UnknownError' },
  { kind: 'cut' },
  { kind: 'lost' },
  { kind: 'garbage' },
]
const weather = fc.record({ one: fc.integer({ min: 3, max: 40 }), seed: fc.infiniteStream(fc.nat(1_000_000)) })

describe('reading through faults', () => {
  it('gives what it would have given without them, or leaves the fact unread; the next reading gives it in full', async () => {
    const met = { read: 0, unread: 0, signInLost: 0 }
    await fc.assert(
      fc.asyncProperty(tenant, history, weather, async (start, then, { one, seed }) => {
        const graph = graphOf(start)
        const kept = memoryFact()
        for (const round of [[], then]) {
          for (const item of round) happen(graph, item)
          graph.fault = () => {
            const chance = Number(seed.next().value)
            return chance % one === 0 ? faults[chance % faults.length] : undefined
          }
          const outcome = await readOnce(graph, people, kept)
          met[outcome.kind] += 1
          if (outcome.kind === 'read') expect(rowsOf(kept)).toEqual(truth(graph))
          else {
            graph.fault = () => undefined
            expect(await readOnce(graph, people, kept)).toMatchObject({ kind: 'read' })
            expect(rowsOf(kept)).toEqual(truth(graph))
          }
        }
      }),
      runs,
    )
    expect(met.read).toBeGreaterThan(runs.numRuns / 4)
    expect(met.unread).toBeGreaterThan(0)
  })
})

describe('reading on after a death', () => {
  it.each([
    ['in ranges', plain, true],
    ['in one chain', plain, false],
    ['with changes', people, true],
  ])('%s asks for no page again that was kept, and ends equal', async (_name, fact, ranges) => {
    let deaths = 0
    await fc.assert(
      fc.asyncProperty(tenant, fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 }), history, async (start, lives, between) => {
        const graph = graphOf(start)
        const kept = memoryFact()
        let waiting = between
        let kinds = 0
        for (const life of [...lives, Infinity]) {
          kept.lives = life
          graph.asked.length = 0
          const before = structuredClone(kept.plan)
          try {
            const outcome = await readOnce(graph, fact, kept, { ranges })
            expect(outcome.kind).toBe('read')
            kinds += 1
          } catch (error) {
            if (!(error instanceof Died)) throw error
            deaths += 1
          }
          expectNothingAgain(graph, before)
          if (kinds > 0) break
          // Without changes to tell of it, what happens to pages that are kept already stays unknown until the next reading.
          if (!fact.delta) continue
          for (const item of waiting.slice(0, 3)) happen(graph, item)
          waiting = waiting.slice(3)
        }
        expect(rowsOf(kept)).toEqual(truth(graph))
      }),
      runs,
    )
    expect(deaths).toBeGreaterThan(runs.numRuns / 10)
  })
})

/** No request of this life is for a part that was done, or for an earlier page of one that was under way. */
function expectNothingAgain(graph: FakeGraph, plan: MemoryFact['plan']): void {
  if (!plan) return
  const lists = graph.asked.map(({ path }) => path).filter((path) => /^\/people\?/.test(path))
  for (const part of plan.parts) {
    const ofPart = lists.filter((path) => partOfPath(path) === part.id)
    if (part.done) expect(ofPart).toEqual([])
    else if (part.next !== null) expect(ofPart.filter((path) => !path.includes('skiptoken'))).toEqual([])
  }
}

/** The part that a request belongs to, from its filter back to its leaves. */
function partOfPath(path: string): string {
  const filter = new URL(path, 'https://graph.local').searchParams.get('$filter')
  if (filter === null) return ''
  const leaves = filter.split(' or ').map((clause) => {
    const terms = clause.replace(/^\((.*)\)$/, '$1').split(' and ')
    const beginnings = terms.map((term) => ({ isNot: term.startsWith('not('), text: /'([^']*)'/.exec(term)?.[1] ?? '' }))
    const without = beginnings.filter(({ isNot }) => isNot).map(({ text }) => text.slice(-1))
    const base = beginnings.find(({ isNot }) => !isNot)?.text ?? ''
    return without.length === 0 ? base : `${base}~${without.join('')}`
  })
  return `range:${leaves.join(',')}`
}
