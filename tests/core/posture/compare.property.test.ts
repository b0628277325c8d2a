import { describe, expect, it } from '@jest/globals'
import { canonicalJson, type Json } from '../../../core/digest.ts'
import type { AnyCheck, CheckResult } from '../../../core/posture/check.ts'
import { checks as catalogue } from '../../../core/posture/checks.ts'
import { compare, type ChangeKind, type Comparison } from '../../../core/posture/compare.ts'
import { fc } from '../../random.ts'
import { checksForCompare } from './compare-checks.ts'

const checks: readonly AnyCheck[] = checksForCompare
const severity = fc.constantFrom('critical', 'high', 'medium', 'low' as const)
const object = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    severity: fc.option(severity, { nil: undefined }),
    days: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ id, severity: own, days }) => ({
    type: 'application' as const,
    id,
    name: `App ${id}`,
    values: { days },
    basis: [`applications/${id}`] as const,
    ...(own ? { severity: own } : {}),
  }))
const objects = fc.uniqueArray(object, { selector: ({ id }) => id, maxLength: 5 })
const outcome: fc.Arbitrary<CheckResult['outcome'] | undefined> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ verdict: fc.constantFrom('fail', 'warn' as const), objects })
      .map((made) => ({ ...made, reason: 'x', values: {}, basis: [] })),
  },
  { weight: 2, arbitrary: fc.constant({ verdict: 'pass' as const, reason: 'x', values: {}, basis: [] }) },
  { weight: 1, arbitrary: fc.constant({ verdict: 'notApplicable' as const, reason: 'x', values: {} }) },
  { weight: 1, arbitrary: fc.constant({ verdict: 'manual' as const, reason: 'x', values: {} }) },
  { weight: 1, arbitrary: fc.constant({ verdict: 'unknown' as const, reason: 'scope' as const, fact: 'applications', detail: '' }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
)
const judgement: fc.Arbitrary<readonly CheckResult[]> = fc
  .tuple(...checks.map(() => outcome))
  .map((outcomes) => checks.flatMap(({ id }, index) => (outcomes[index] ? [{ checkId: id, outcome: outcomes[index] }] : [])))

const mirrored = { new: 'fixed', returned: 'fixed', fixed: 'new', worse: 'better', better: 'worse' } as const satisfies Record<
  ChangeKind,
  ChangeKind
>

function bytes(comparison: Comparison): string {
  return canonicalJson(JSON.parse(JSON.stringify(comparison)) as Json)
}

describe('a comparison', () => {
  it('of a judgement with itself is empty', () => {
    fc.assert(
      fc.property(judgement, (one) => {
        const { checks: changed, counts, areas, score } = compare(one, one, { checks })
        expect(changed).toEqual([])
        expect(Object.values(counts).every((count) => count === 0)).toBe(true)
        for (const { change } of [score, ...Object.values(areas)]) expect([0, null]).toContain(change)
      }),
    )
  })

  it('read backwards says the opposite', () => {
    const seen = new Set<ChangeKind>()
    fc.assert(
      fc.property(judgement, judgement, (before, after) => {
        const [there, back] = [compare(before, after, { checks }), compare(after, before, { checks })]
        expect(back.checks.map(({ checkId }) => checkId)).toEqual(there.checks.map(({ checkId }) => checkId))
        for (const [index, change] of there.checks.entries()) {
          const other = back.checks[index]
          expect([other?.before, other?.after]).toEqual([change.after, change.before])
          expect(other?.objects.map(({ key, kind }) => [key, kind])).toEqual(change.objects.map(({ key, kind }) => [key, mirrored[kind]]))
          expect(other?.objects.map(({ before: first, after: second }) => [second, first])).toEqual(
            change.objects.map(({ before: first, after: second }) => [first, second]),
          )
          expect(other?.notComparable?.reason).toBe(change.notComparable?.reason)
          if (change.notComparable) expect(other?.notComparable?.side).not.toBe(change.notComparable.side)
          for (const { kind } of change.objects) seen.add(kind)
        }
        expect(back.score.change).toBe(there.score.change === null ? null : 0 - there.score.change + 0)
      }),
      { numRuns: 300 },
    )
    expect([...seen].sort()).toEqual(['better', 'fixed', 'new', 'worse'])
  })

  it('gives the same bytes whatever the order of results and checks', () => {
    fc.assert(
      fc.property(judgement, judgement, (before, after) => {
        const turned = compare([...before].reverse(), [...after].reverse(), { checks: [...checks].reverse() })
        expect(bytes(turned)).toBe(bytes(compare(before, after, { checks })))
      }),
    )
  })

  it('never calls new or fixed what one side could not judge', () => {
    let gaps = 0
    fc.assert(
      fc.property(judgement, judgement, (before, after) => {
        const isJudged = (results: readonly CheckResult[], id: string): boolean => {
          const verdict = results.find(({ checkId }) => checkId === id)?.outcome.verdict
          return verdict !== undefined && verdict !== 'unknown' && verdict !== 'manual'
        }
        for (const { checkId, objects: changed, notComparable } of compare(before, after, { checks }).checks) {
          const isGap = isJudged(before, checkId) !== isJudged(after, checkId)
          expect(notComparable !== null).toBe(isGap)
          if (isGap) expect(changed).toEqual([])
          gaps += Number(isGap)
        }
      }),
    )
    expect(gaps).toBeGreaterThan(20)
  })

  it('calls returned exactly what is new and was closed before', () => {
    let returned = 0
    fc.assert(
      fc.property(judgement, judgement, fc.subarray(['a', 'b', 'c', 'd', 'e']), (before, after, closed) => {
        const closedBefore = new Set(checks.flatMap(({ id }) => closed.map((one) => `${id}:${one}`)))
        const kinds = (made: Comparison): readonly (readonly [string, ChangeKind])[] =>
          made.checks.flatMap(({ objects: changed }) => changed.map(({ key, kind }) => [key, kind] as const))
        const plain = kinds(compare(before, after, { checks }))
        const informed = kinds(compare(before, after, { checks, closedBefore }))
        expect(informed).toEqual(plain.map(([key, kind]) => [key, kind === 'new' && closedBefore.has(key) ? 'returned' : kind]))
        returned += informed.filter(([, kind]) => kind === 'returned').length
      }),
    )
    expect(returned).toBeGreaterThan(20)
  })

  it('holds for the product’s own checks too', () => {
    const list: readonly AnyCheck[] = catalogue
    const nothing = compare([], [], { checks: list })
    expect(nothing.checks).toEqual([])
    expect(nothing.score).toEqual({ before: null, after: null, change: null })
  })
})
