import { describe, expect, it } from '@jest/globals'
import { checkOf } from '../../../../../core/posture/checks.ts'
import { coveringPolicy } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { sentence } from '../../../../build/policy-check.ts'

const id = 'risk-conditions-separate'

function verdictOf(...rows: readonly ReturnType<typeof coveringPolicy>[]) {
  return outcome(id, { conditionalAccessPolicies: rows })
}

describe(id, () => {
  const both = { userRiskLevels: ['high'], signInRiskLevels: ['high'] }

  it('passes with one condition each, and fails with both in one', () => {
    const one = coveringPolicy('a', { conditions: { userRiskLevels: ['high'] } })
    const other = coveringPolicy('b', { conditions: { signInRiskLevels: ['high'] } })
    expect(verdictOf(one, other)).toMatchObject({ verdict: 'pass', reason: 'separate' })
    const verdict = verdictOf(one, coveringPolicy('c', { conditions: both }))
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'together' })
    expect(objectsOf(verdict)).toEqual(['c'])
    expect(sentence(id, verdict)).toContain('Policy c')
  })

  it.each(['disabled', 'enabledForReportingButNotEnforced'])('leaves a policy alone that is %s', (state) => {
    expect(verdictOf(coveringPolicy('c', { state, conditions: both })).verdict).toBe('pass')
  })

  it('does not apply without the licence, and is unknown without the policies', () => {
    const licences = { p1: 'absent', p2: 'absent' } as const
    expect(outcome(id, { conditionalAccessPolicies: [] }, { licences })).toMatchObject({ verdict: 'notApplicable', reason: 'licence' })
    expect(checkOf(id)?.licence).toBe('p2')
    expect(outcome(id, { conditionalAccessPolicies: 'scope' })).toMatchObject({ verdict: 'unknown', fact: 'conditionalAccessPolicies' })
  })
})
