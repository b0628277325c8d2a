import { describe, expect, it, jest } from '@jest/globals'
import { facts } from '../../../core/posture/facts.ts'
import type { Fact } from '../../../core/posture/fact.ts'
import { collectFact, type CollectOptions, type FactOutcome } from '../../../bot/src/graph/collect.ts'
import { makeReader, type GraphReader } from '../../../bot/src/graph/reader.ts'
import { inProcessGraph, type InProcessGraph } from '../../../emulator/graph/in-process.ts'
import { changeTenant } from '../../../emulator/control/changes.ts'
import { fc } from '../../random.ts'
import { Died, endReading, failReading, memoryFact, rowsOf, sinkFor, type MemoryFact } from './memory-sink.ts'

const isDrill = process.env['DRILL'] === '1'
if (isDrill) jest.setTimeout(1_800_000)
/** Every case is drawn with it, so that a run can be had again. */
const seed = 20261122
process.stdout.write(`readings of the emulated tenant: cases drawn with seed ${seed}\n`)
const now = Date.parse('2026-11-22T12:00:00Z')
type Transport = (url: string, init: RequestInit) => Promise<Response>

/** What a tenant's store holds, by fact. */
type Held = Map<string, MemoryFact>

function readerFor(
  graph: InProcessGraph,
  tenant: string,
  through: (transport: Transport) => Transport = (transport) => transport,
): GraphReader {
  const token = graph.token(tenant)
  return makeReader(async () => ({ kind: 'token', token, scopes: facts.flatMap(({ scopes }) => [...scopes]) }), {
    graph: 'https://graph.local',
    userAgent: 'Countersign/test',
    clock: { now: () => now, random: () => 0.5, sleep: async (_milliseconds, signal) => signal?.throwIfAborted() },
    transport: through((url, init) => graph.fetch(url, init)),
  })
}

function heldOf(held: Held, fact: Fact): MemoryFact {
  const found = held.get(fact.id) ?? memoryFact()
  held.set(fact.id, found)
  return found
}

async function readFact(reader: GraphReader, fact: Fact, held: Held, options: Partial<CollectOptions> = {}): Promise<FactOutcome> {
  const kept = heldOf(held, fact)
  const parents = (async function* () {
    for (const id of fact.source.each?.facts ?? []) yield* held.get(id)?.rows.values() ?? []
  })()
  const outcome = await collectFact(reader, fact, { sink: sinkFor(kept), ranges: true, rangesAbove: 10, parents, ...options })
  if (outcome.kind === 'read') endReading(kept, outcome.mode, outcome.deltaLink)
  else failReading(kept)
  return outcome
}

/** Reads every fact; answers how each was read. */
async function readAll(reader: GraphReader, held: Held, options: Partial<CollectOptions> = {}): Promise<Map<string, FactOutcome>> {
  const outcomes = new Map<string, FactOutcome>()
  for (const fact of facts) outcomes.set(fact.id, await readFact(reader, fact, held, options))
  return outcomes
}

function contents(held: Held): Record<string, unknown> {
  return Object.fromEntries(facts.map(({ id }) => [id, rowsOf(held.get(id) ?? memoryFact())]))
}

function change(graph: InProcessGraph, tenant: string, seed: number, share: number): void {
  changeTenant(graph.tenant(tenant), { seed, share, now })
}

describe('reading the emulated tenant', () => {
  it('every fact is read, in ranges as in one chain', async () => {
    const graph = inProcessGraph({ tenants: ['contoso-demo'], now: () => now })
    const reader = readerFor(graph, 'contoso-demo')
    const one: Held = new Map()
    const many: Held = new Map()
    const outcomes = await readAll(reader, one, { ranges: false })
    expect([...outcomes].filter(([, { kind }]) => kind !== 'read')).toEqual([])
    await readAll(reader, many)
    expect(heldOf(many, facts.find(({ id }) => id === 'users') ?? facts[0]).log.some((what) => what.startsWith('rows range:'))).toBe(true)
    expect(contents(many)).toEqual(contents(one))
  })

  it('changes give what a full reading gives, round after round', async () => {
    let deltas = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(1_000_000), fc.constantFrom(0.01, 0.2, 0.6)), { minLength: 1, maxLength: isDrill ? 4 : 2 }),
        fc.boolean(),
        async (rounds, deltaReplays) => {
          const graph = inProcessGraph({ tenants: ['contoso-demo'], now: () => now })
          graph.world.settings.deltaReplays = deltaReplays
          const reader = readerFor(graph, 'contoso-demo')
          const held: Held = new Map()
          await readAll(reader, held)
          for (const [seed, share] of rounds) {
            change(graph, 'contoso-demo', seed, share)
            const outcomes = await readAll(reader, held)
            deltas += [...outcomes.values()].filter((outcome) => outcome.kind === 'read' && outcome.mode === 'delta').length
            const fresh: Held = new Map()
            await readAll(reader, fresh, { ranges: false })
            expect(contents(held)).toEqual(contents(fresh))
          }
        },
      ),
      { numRuns: isDrill ? 20 : 2, seed },
    )
    // More than one list in each round; a case has one round at least.
    expect(deltas).toBeGreaterThan(isDrill ? 100 : 2)
  })

  it('through faults a fact is read as it is or left unread, and read right the next time', async () => {
    const met = { read: 0, unread: 0, signInLost: 0 }
    const answers: readonly ((answer: () => Promise<Response>) => Promise<Response>)[] = [
      async () => new Response('{}', { status: 429, headers: { 'retry-after': '1' } }),
      async () => Response.json({ error: { code: 'UnknownError', message: '' } }, { status: 503 }),
      async () => Response.json({ error: { code: 'Directory_ExpiredPageToken', message: '' } }, { status: 400 }),
      async () => Response.json({ error: { code: 'syncStateNotFound', message: '' } }, { status: 410 }),
      async () => Response.json({ error: { code: 'UnknownError', message: '' } }, { status: 500 }),
      async (answer) => new Response((await (await answer()).text()).slice(0, -3), { headers: { 'content-type': 'application/json' } }),
      async () => {
        throw new TypeError('fetch failed', { cause: new Error('other side closed') })
      },
    ]
    const property = fc.asyncProperty(
      fc.integer({ min: 3, max: 30 }),
      fc.infiniteStream(fc.nat(1_000_000)),
      fc.nat(1_000_000),
      async (one, chances, seed) => {
        const graph = inProcessGraph({ tenants: ['contoso-demo'], now: () => now })
        const healthy = readerFor(graph, 'contoso-demo')
        const stormy = readerFor(graph, 'contoso-demo', (transport) => (url, init) => {
          const chance = Number(chances.next().value)
          const fault = chance % one === 0 ? answers[Math.floor(chance / one) % answers.length] : undefined
          return fault ? fault(() => transport(url, init)) : transport(url, init)
        })
        const held: Held = new Map()
        const truth: Held = new Map()
        for (const round of [0, 1]) {
          if (round > 0) change(graph, 'contoso-demo', seed, 0.1)
          await readAll(healthy, truth, { ranges: false })
          for (const fact of facts) {
            // A child is read below what its parents truly are, as a scan does that leaves it out otherwise.
            if (
              fact.source.each?.facts.some(
                (id) => rowsOf(held.get(id) ?? memoryFact()).length !== rowsOf(truth.get(id) ?? memoryFact()).length,
              )
            )
              continue
            const outcome = await readFact(stormy, fact, held)
            met[outcome.kind] += 1
            if (outcome.kind !== 'read') expect(await readFact(healthy, fact, held)).toMatchObject({ kind: 'read' })
            expect([fact.id, rowsOf(heldOf(held, fact))]).toEqual([fact.id, rowsOf(heldOf(truth, fact))])
          }
        }
      },
    )
    // Which faults come is drawn too: more cases follow where those left no fact unread.
    for (let round = 0; round < 5 && (round === 0 || met.unread === 0); round += 1)
      await fc.assert(property, { numRuns: isDrill ? 20 : 2, seed: seed + round })
    expect(met.read).toBeGreaterThan(20)
    expect(met.unread).toBeGreaterThan(0)
  })

  it('after deaths it asks for no finished part of a large list again, and ends equal', async () => {
    const graph = inProcessGraph({ tenants: ['large'], largeUsers: 3000, now: () => now })
    const reader = readerFor(graph, 'large')
    const users = facts.find(({ id }) => id === 'users')
    if (!users) throw new Error('There is no fact of users.')
    const truth: Held = new Map()
    await readFact(reader, users, truth, { ranges: false })
    let deaths = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 }), async (lives) => {
        const held: Held = new Map()
        const kept = heldOf(held, users)
        for (const life of [...lives, Infinity]) {
          const done = kept.plan?.parts.filter((part) => part.done) ?? []
          kept.lives = life
          graph.world.requestLog.length = 0
          const outcome = await readFact(reader, users, held, { rangesAbove: 1000 }).catch((error: unknown) => {
            if (!(error instanceof Died)) throw error
            deaths += 1
          })
          const asked = graph.world.requestLog.map(({ path }) => decodeURIComponent(path)).filter((path) => path.startsWith('/v1.0/users?'))
          for (const { id } of done) {
            const [first = ''] = id.replace('range:', '').split(',')
            const begins = first.includes('~')
              ? `not(startswith(userPrincipalName,'${first.slice(-1)}`
              : `startswith(userPrincipalName,'${first}')`
            expect(asked.filter((path) => path.includes(begins) && path.includes('not(') === first.includes('~'))).toEqual([])
          }
          if (outcome) break
        }
        expect(rowsOf(kept)).toEqual(rowsOf(heldOf(truth, users)))
      }),
      { numRuns: isDrill ? 20 : 4, seed },
    )
    expect(deaths).toBeGreaterThan(3)
  })
})
