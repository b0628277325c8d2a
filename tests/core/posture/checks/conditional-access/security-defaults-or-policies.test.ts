import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { sentence } from '../../../../build/policy-check.ts'

const id = 'security-defaults-or-policies'

function verdictOf(isEnabled: boolean, state?: string) {
  return outcome(id, {
    securityDefaults: [{ id: 's', isEnabled }],
    conditionalAccessPolicies: state === undefined ? [] : [coveringPolicy('p', { state })],
  })
}

describe(id, () => {
  it('passes with either, and fails with neither', () => {
    expect(verdictOf(true)).toMatchObject({ verdict: 'pass', reason: 'defaults' })
    expect(verdictOf(false, 'enabled')).toMatchObject({ verdict: 'pass', reason: 'policies' })
    expect(verdictOf(false)).toMatchObject({ verdict: 'fail', reason: 'nothing', objects: [] })
    expect(sentence(id, verdictOf(false))).toContain('Security defaults are off')
    expect(sentence(id, verdictOf(false, 'enabled'))).toContain('switched on')
  })

  it.each(['disabled', 'enabledForReportingButNotEnforced', 'unknownFutureValue'])('does not count a policy that is %s', (state) => {
    expect(verdictOf(false, state).verdict).toBe('fail')
  })

  it('does not count a policy that covers nobody, or nothing', () => {
    for (const change of [{ users: { includeUsers: ['None'] } }, { applications: { includeApplications: ['None'] } }]) {
      const conditionalAccessPolicies = [coveringPolicy('p', change)]
      expect(outcome(id, { securityDefaults: [{ id: 's', isEnabled: false }], conditionalAccessPolicies }).verdict).toBe('fail')
    }
  })

  it('applies without any licence, and is unknown without either fact', () => {
    const given = { securityDefaults: [{ id: 's', isEnabled: true }], conditionalAccessPolicies: [] }
    expect(outcome(id, given, { licences: { p1: 'absent', p2: 'absent' } }).verdict).toBe('pass')
    for (const fact of ['securityDefaults', 'conditionalAccessPolicies'])
      expect(outcome(id, { ...given, [fact]: 'scope' })).toMatchObject({ verdict: 'unknown', fact })
  })
})
