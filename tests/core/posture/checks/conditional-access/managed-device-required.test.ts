import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { describePolicyCheck, sentence } from '../../../../build/policy-check.ts'

const id = 'managed-device-required'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', { controls: ['compliantDevice', 'domainJoinedDevice'], ...change })

describe(id, () => {
  describePolicyCheck({ id, policy })

  it('warns where the policy asks for a managed device in another combination', () => {
    for (const grant of [{ builtInControls: ['compliantDevice'] }, { operator: 'AND' }]) {
      const verdict = outcome(id, { conditionalAccessPolicies: [policy({ grant })] })
      expect(verdict).toMatchObject({ verdict: 'warn', reason: 'otherCombination' })
      expect(objectsOf(verdict)).toEqual(['p'])
      expect(sentence(id, verdict)).toContain('Policy p')
    }
  })

  it('fails where a second factor does instead of the device', () => {
    const row = policy({ grant: { builtInControls: ['compliantDevice', 'mfa'] } })
    expect(outcome(id, { conditionalAccessPolicies: [row] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })
})
