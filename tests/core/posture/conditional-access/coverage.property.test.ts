import { describe, expect, it } from '@jest/globals'
import { fc } from '../../../random.ts'
import { truthOf, verdictOf } from './judge-case.ts'
import { policiesOf, randomCase } from './random-cases.ts'
import { referenceChecks } from './reference-checks.ts'
import { possible, tenant } from './reference-tenant.ts'

/** Cases for each check: some 600 in all, always the same, and 10,000 new ones in the drill. */
const runs = process.env['DRILL'] ? { numRuns: 440 } : { numRuns: 28, seed: 20_261_122 }
const laxity: Readonly<Record<string, number>> = { fail: 0, warn: 1, pass: 2 }

describe.each(referenceChecks.map((check) => [check.id, check] as const))('%s against every sign-in', (_id, check) => {
  const seen = new Map<string, number>()

  it('says what the sign-ins say', () => {
    fc.assert(
      fc.property(randomCase(check), (one) => {
        const policies = policiesOf(one)
        const { verdict } = verdictOf(one, policies)
        seen.set(verdict, (seen.get(verdict) ?? 0) + 1)
        // Never laxer than what is there, and as strict as what there could be asks for, no stricter.
        expect(laxity[verdict]).toBeLessThanOrEqual(laxity[truthOf(one, policies, tenant)] ?? -1)
        expect(verdict).toBe(truthOf(one, policies, possible))
      }),
      runs,
    )
  })

  it('was tried where it passes and where it fails', () => {
    expect(Math.min(seen.get('pass') ?? 0, seen.get('fail') ?? 0)).toBeGreaterThanOrEqual(runs.numRuns / 10)
  })
})
