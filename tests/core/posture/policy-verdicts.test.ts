import { describe, expect, it } from '@jest/globals'
import { defaultBaseline } from '../../../core/posture/baselines/default.ts'
import { baselineOf, baselines } from '../../../core/posture/baselines.ts'
import { checks } from '../../../core/posture/checks.ts'
import { policyVerdicts } from '../../../core/posture/policy-verdicts.ts'
import { blockingPolicy, holding } from '../../build/facts.ts'
import { judged } from '../../build/judged.ts'

const given = {
  conditionalAccessPolicies: [blockingPolicy('p')],
  roleAssignments: [holding('a'), holding('b')],
  roleEligibility: [],
  roleGroupMembers: [],
}
const absent = { p1: 'absent', p2: 'absent' } as const

function verdicts(baseline: string, circumstances = {}) {
  const found = baselineOf(baseline)
  if (!found) throw new Error(`There is no baseline ${baseline}.`)
  return Object.fromEntries(
    Object.entries(policyVerdicts(found, judged(given, { ...circumstances, baseline }))).map(([policy, { verdict }]) => [policy, verdict]),
  )
}

describe('verdicts of policies', () => {
  it('lists each policy that a check answers, and no other', () => {
    expect(verdicts('scuba')).toMatchObject({ 'MS.AAD.1.1v1': 'pass', 'MS.AAD.7.1v1': 'pass' })
    expect(verdicts('cis')).toMatchObject({ '1.1.3': 'pass', '5.2.2.3': 'pass' })
    for (const { id, policies } of baselines) expect(Object.keys(verdicts(id)).sort()).toEqual(Object.keys(policies).sort())
  })

  it('counts an absent licence as each framework does', () => {
    expect(verdicts('scuba', { licences: absent })['MS.AAD.1.1v1']).toBe('fail')
    expect(verdicts('cis', { licences: absent })['5.2.2.3']).toBe('notApplicable')
  })

  it('keeps unknown as its own answer, in the way of a pass only', () => {
    const both = {
      id: 'x',
      title: 'x',
      parameters: defaultBaseline.parameters,
      absentLicence: 'notApplicable',
      policies: { one: ['app-secret-expired', 'legacy-authentication-blocked'] },
    } as const
    expect(policyVerdicts(both, judged(given))['one']).toMatchObject({
      verdict: 'unknown',
      reason: 'notYet',
      decidedBy: 'app-secret-expired',
    })
    expect(policyVerdicts(both, judged({ ...given, conditionalAccessPolicies: [] }))['one']).toMatchObject({
      verdict: 'fail',
      decidedBy: 'legacy-authentication-blocked',
    })
  })

  it('names checks that exist, under the frameworks that they name themselves', () => {
    for (const { id, policies } of baselines) {
      for (const [policy, checkIds] of Object.entries(policies)) {
        for (const checkId of checkIds)
          expect(checks.find((check) => check.id === checkId)?.frameworks).toMatchObject({ [id]: expect.arrayContaining([policy]) })
      }
    }
  })

  it('refuses a policy whose check was not judged', () => {
    const scuba = baselineOf('scuba')
    if (!scuba) throw new Error('There is no baseline scuba.')
    expect(() => policyVerdicts(scuba, [])).toThrow('was not judged')
  })
})
