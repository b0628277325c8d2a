import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { defineFact, type Bucket, type Fact } from '../../../core/posture/fact.ts'
import { runSchedule, waveOf, type Wave } from '../../../bot/src/engine/scan/schedule.ts'
import { fc } from '../../random.ts'

function factNamed(id: string, given: { bucket?: Bucket; held?: 'whole' | 'streamed'; parents?: readonly string[] } = {}): Fact {
  const { bucket = 'identity', held = 'whole', parents } = given
  return defineFact({
    id,
    title: id,
    source: {
      path: `/${id}`,
      pageSize: 999,
      bucket,
      ...(parents ? { each: { facts: parents, when: () => true, id: () => '' } } : {}),
    },
    scopes: [],
    row: z.object({ id: z.string() }),
    key: (row) => row.id,
    held,
  })
}

interface Run {
  readonly order: string[]
  readonly waves: { readonly wave: Wave | 'first'; readonly ended: readonly string[] }[]
  readonly answer: boolean | string
  readonly most: number
}

async function run(facts: readonly Fact[], reads: (fact: Fact) => Promise<boolean> = async () => true, firstLookMs?: number): Promise<Run> {
  const order: string[] = []
  const ended: string[] = []
  const waves: { wave: Wave | 'first'; ended: readonly string[] }[] = []
  let running = 0
  let most = 0
  const answer = await runSchedule({
    facts,
    ...(firstLookMs === undefined ? {} : { firstLookMs }),
    async read(fact) {
      order.push(fact.id)
      most = Math.max(most, ++running)
      try {
        return await reads(fact)
      } finally {
        running -= 1
        ended.push(fact.id)
      }
    },
    onWave: async (wave) => void waves.push({ wave, ended: [...ended] }),
  }).catch((error: unknown) => String(error))
  expect(running).toBe(0)
  return { order, waves, answer, most }
}

const pause = async (): Promise<boolean> => {
  await wait(1)
  return true
}

describe('the schedule of a scan', () => {
  it('derives the wave of a fact from where and how it is read', () => {
    expect(waveOf(factNamed('a'))).toBe('early')
    expect(waveOf(factNamed('a', { held: 'streamed' }))).toBe('bulk')
    expect(waveOf(factNamed('a', { held: 'streamed', bucket: 'reports' }))).toBe('late')
  })

  it('tells once what has been read when the time for a first look has come', async () => {
    const facts = [factNamed('policies'), factNamed('applications'), factNamed('people', { held: 'streamed' })]
    const slow = async ({ id }: Fact): Promise<boolean> => {
      await wait({ policies: 1, applications: 150, people: 250 }[id])
      return true
    }
    const { waves } = await run(facts, slow, 50)
    expect(waves.map(({ wave }) => wave)).toEqual(['first', 'early'])
    expect(waves[0]?.ended).toEqual(['policies'])
    expect((await run(facts, slow, 1000)).waves.map(({ wave }) => wave)).toEqual(['early'])
  })

  it('reads reports last, tells each wave once all before it is read, and leaves out a wave with nothing behind it', async () => {
    const facts = [
      factNamed('report', { bucket: 'reports', held: 'streamed' }),
      factNamed('people', { held: 'streamed' }),
      factNamed('policies', { bucket: 'conditionalAccess' }),
      factNamed('roles'),
    ]
    const slow = async ({ id }: Fact): Promise<boolean> => {
      await wait(id === 'people' ? 60 : id === 'report' ? 30 : 5)
      return true
    }
    const { order, waves, answer } = await run(facts, slow)
    expect(answer).toBe(true)
    expect(order.at(-1)).toBe('report')
    expect(waves).toEqual([
      { wave: 'early', ended: ['policies', 'roles'] },
      { wave: 'bulk', ended: ['policies', 'roles', 'people'] },
    ])
    expect((await run([factNamed('roles')], pause)).waves).toEqual([])
  })

  it('lets the longest lists be under way before the others begin, for so long at most', async () => {
    const people = { ...factNamed('people', { held: 'streamed' }) }
    const facts: readonly Fact[] = [
      factNamed('roles'),
      { ...people, source: { ...people.source, ranges: 'userPrincipalName' } },
      factNamed('policies'),
    ]
    async function begun(headStartMs: number, peopleUnderWay: boolean): Promise<string[]> {
      const log: string[] = []
      await runSchedule({
        facts,
        headStartMs,
        onWave: async () => undefined,
        async read({ id }, underWay) {
          log.push(id)
          if (id !== 'people') return true
          await wait(20)
          log.push('people asked for')
          if (peopleUnderWay) underWay()
          await wait(100)
          log.push('people ended')
          return true
        },
      })
      return log
    }
    expect(await begun(10_000, true)).toEqual(['people', 'people asked for', 'roles', 'policies', 'people ended'])
    // Its end counts as well, and so does the end of the time.
    expect(await begun(10_000, false)).toEqual(['people', 'people asked for', 'people ended', 'roles', 'policies'])
    expect(await begun(1, false)).toEqual(['people', 'roles', 'policies', 'people asked for', 'people ended'])
  })

  it('ends when a reading says so, and throws what one threw once the others have come to rest', async () => {
    const facts = Array.from({ length: 20 }, (_each, index) => factNamed(`f${index}`))
    const stopped = await run(facts, async ({ id }) => (await pause()) && id !== 'f3')
    expect(stopped.answer).toBe(false)
    expect(stopped.order.length).toBeLessThan(20)
    const failed = await run(facts, async ({ id }) => {
      await pause()
      if (id === 'f3') throw new Error('the database is gone')
      return pause()
    })
    expect(failed.answer).toBe('Error: the database is gone')
  })

  it('reads every fact once, after the facts it looks at, a few at a time (random facts)', async () => {
    let withParents = 0
    const one = fc.record({
      bucket: fc.constantFrom<Bucket>('identity', 'reports', 'conditionalAccess'),
      held: fc.constantFrom<'whole' | 'streamed'>('whole', 'streamed'),
      parent: fc.option(fc.nat({ max: 20 })),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 20 }), async (given) => {
        const facts = given.map(({ bucket, held, parent }, index) => {
          // As in the catalogue, a report is nobody's parent.
          const isFit = parent !== null && parent < index && given[parent]?.bucket !== 'reports'
          if (isFit) withParents += 1
          return factNamed(`f${index}`, { bucket, held, ...(isFit ? { parents: [`f${parent}`] } : {}) })
        })
        const begun = new Set<string>()
        const ended = new Set<string>()
        const { order, answer, most } = await run(facts, async ({ id, source }) => {
          for (const parent of source.each?.facts ?? []) expect(ended.has(parent)).toBe(true)
          begun.add(id)
          await pause()
          ended.add(id)
          return true
        })
        expect(answer).toBe(true)
        expect([...order].sort()).toEqual(facts.map(({ id }) => id).sort())
        expect(most).toBeLessThanOrEqual(20)
      }),
      { numRuns: 60, seed: 20261122 },
    )
    expect(withParents).toBeGreaterThan(10)
  })
})
