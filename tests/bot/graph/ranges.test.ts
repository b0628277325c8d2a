import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Fact } from '../../../core/posture/fact.ts'
import { isPartOf, rangeFilter } from '../../../bot/src/graph/range-filter.ts'
import { planRanges, rangeLimits } from '../../../bot/src/graph/ranges.ts'
import { fc } from '../../random.ts'
import { FakeGraph } from './fake-graph.ts'

const row = z.object({ id: z.string(), name: z.string() })
const things: Fact = {
  id: 'things',
  title: 'Things',
  source: { path: '/things', pageSize: 999, ranges: 'name', bucket: 'identity' },
  scopes: [],
  row,
  key: (value) => row.parse(value).id,
  held: 'streamed',
}

/** The plan for so many names, and how many each of its parts lets through. */
async function planFor(names: readonly string[]): Promise<{ parts: readonly string[]; sizes: number[]; batches: number; let: number[] }> {
  const graph = new FakeGraph()
  for (const [index, name] of names.entries()) graph.put('things', { id: String(index), name })
  const plan = await planRanges(graph.reader(), things, {}, 0)
  if (plan.kind !== 'ranges') throw new Error('The sign-in was lost.')
  const parts = plan.parts ?? []
  const lets = parts.map((part) => names.map((name) => passes(name, rangeFilter(things, part).filter)))
  return {
    parts,
    sizes: lets.map((through) => through.filter(Boolean).length),
    batches: graph.asked.filter(({ path }) => path === '/$batch').length,
    let: names.map((_name, index) => lets.filter((through) => through[index]).length),
  }
}

/** The filter by a second, plainer reading of it than the reader's own. */
function passes(name: string, filter: string): boolean {
  return filter
    .split(' or ')
    .some((clause) =>
      [...clause.matchAll(/(not\()?startswith\(name,'([^']*)'\)/g)].every(
        ([, isNot, text = '']) => name.toLowerCase().startsWith(text) === (isNot === undefined),
      ),
    )
}

describe('ranges', () => {
  it('let every name through exactly once, whatever the names', async () => {
    let cuts = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^([a-c]|u[sS]e|[0-9_!é]|[A-Z])[a-z0-9_-]{0,3}$/), { minLength: 1, maxLength: 80 }),
        async (names) => {
          const plan = await planFor(names)
          cuts += plan.parts.some((part) => /[:,][a-z0-9]{2}/.test(part)) ? 1 : 0
          // Names without any of the letters are one list.
          expect(plan.parts.length === 0).toBe(!names.some((name) => /^[a-z0-9]/i.test(name)))
          expect(plan.let).toEqual(names.map(() => (plan.parts.length === 0 ? 0 : 1)))
          for (const part of plan.parts) {
            expect(isPartOf(things, part)).toBe(true)
            expect(part.split(',').length).toBeLessThanOrEqual(rangeLimits.leavesInPart)
          }
        },
      ),
      { numRuns: process.env['DRILL'] ? 1000 : 40 },
    )
    expect(cuts).toBeGreaterThan(5)
  })

  it('are about five of about one size, from one round of two batches', async () => {
    const letters = 'aaaaabbbccccddddeeefffghhiijjjjjjkklllmmmmmmmmnnnooppprrrrsssssssttttuvwwyz0'
    const plan = await planFor(Array.from({ length: 760 }, (_, index) => `${letters[index % 76]}${index}`))
    expect(plan.batches).toBe(2)
    expect(plan.parts).toHaveLength(6)
    expect(plan.sizes.at(-1)).toBe(0)
    expect(Math.max(...plan.sizes)).toBeLessThan(760 / 4)
  })

  it('cut names that all begin alike where they differ', async () => {
    const plan = await planFor(Array.from({ length: 500 }, (_, index) => `u${String(index).padStart(3, '0')}`))
    expect(plan.let).toEqual(plan.let.map(() => 1))
    expect(Math.max(...plan.sizes)).toBeLessThanOrEqual(125)
  })

  it.each(['', 'range:a,b', 'range:~ab', 'range:m~e,ma'])('a part of this fact: "%s"', (part) => expect(isPartOf(things, part)).toBe(true))
  it.each(['share:0', 'parent-id', "range:a' or 'b", 'range:'])('no part of this fact: "%s"', (part) =>
    expect(isPartOf(things, part)).toBe(false),
  )
})
