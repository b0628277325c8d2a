import { describe, expect, it } from '@jest/globals'
import { fc } from '../../../random.ts'
import { truthOf, verdictOf } from './judge-case.ts'
import { policiesOf, randomCase } from './random-cases.ts'
import type { Case, Twist } from './random-cases.ts'
import { referenceChecks } from './reference-checks.ts'
import type { ReferenceCheck } from './reference-checks.ts'
import { factsOf, hasWidePlace, possibleIn, unknown, world } from './reference-world.ts'

/** Cases for each check: some 300 in all, always the same, and 10,000 new ones in the drill. */
const runs = process.env['DRILL'] ? { numRuns: 440 } : { numRuns: 14, seed: 20_261_122 }
const laxity: Readonly<Record<string, number>> = { fail: 0, warn: 1, pass: 2 }

const except = (...excludeLocations: readonly string[]): Twist => ({
  conditions: { locations: { includeLocations: ['All'], excludeLocations } },
})
const from = (...includeLocations: readonly string[]): Twist => ({ conditions: { locations: { includeLocations, excludeLocations: [] } } })
const place = fc.constantFrom('l1', 'l2', 'AllTrusted')

/** What facts beside the policies decide about: a group or a role left out whose people are declared, and places parted between policies. */
const decisive: fc.Arbitrary<Case['wanted']> = fc.oneof(
  fc.constant([[{ users: { excludeGroups: ['g3'] } }]]),
  fc.constantFrom('r1', 'r2', 'r3').map((role) => [[{ users: { excludeRoles: [role] } }]]),
  fc.tuple(place, place).map(([left, right]) => [[except(left)], [from(right)]]),
  fc.tuple(place, place).map(([left, right]) => [[except(left, right)], [from(left)], [from(right)]]),
)

/** Half of them as everywhere. */
function caseFor(check: ReferenceCheck): fc.Arbitrary<Case> {
  const users = fc.subarray(['u1', 'u2', 'p3', 'p4', 'visitor'], { minLength: 3 })
  const chosen = fc
    .tuple(randomCase(check), decisive, users)
    .map(([one, wanted, declared]) => ({ ...one, wanted, others: [], declared: { ...one.declared, users: declared } }))
  return fc.oneof(randomCase(check), chosen)
}

let gained = 0
let lost = 0

describe.each(referenceChecks.map((check) => [check.id, check] as const))('%s with what is known beside the policies', (_id, check) => {
  it('is never laxer than what there could be, and never stricter but for places that are too wide', () => {
    fc.assert(
      fc.property(caseFor(check), world, (one, known) => {
        const policies = policiesOf(one)
        const { verdict } = verdictOf(one, policies, factsOf(known))
        const truth = truthOf(one, policies, possibleIn(known, check))
        const without = truthOf(one, policies, unknown)
        expect(laxity[verdict]).toBeLessThanOrEqual(laxity[truth] ?? -1)
        if (!hasWidePlace(known)) expect(laxity[verdict]).toBeGreaterThanOrEqual(laxity[without] ?? 3)
        gained += Number((laxity[verdict] ?? 0) > (laxity[without] ?? 0))
        lost += Number((laxity[verdict] ?? 0) < (laxity[truth] ?? 0) && !hasWidePlace(known))
      }),
      runs,
    )
  })
})

it('what is known made a difference', () => {
  expect(gained).toBeGreaterThan(0)
})

it('hardly anything that holds was missed', () => {
  expect(lost).toBeLessThanOrEqual((runs.numRuns * referenceChecks.length) / 50)
})
