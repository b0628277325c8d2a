import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck } from '../../../../build/policy-check.ts'

const id = 'authentication-transfer-blocked'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', {
    ...change,
    conditions: { authenticationFlows: { transferMethods: 'authenticationTransfer' }, ...change.conditions },
  })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['authenticationFlows'] })

  it('reads several flows in one text, and fails with another flow or without a block', () => {
    const verdictOf = (transferMethods: string, controls = ['block']) =>
      outcome(id, { conditionalAccessPolicies: [policy({ controls, conditions: { authenticationFlows: { transferMethods } } })] }).verdict
    expect([
      verdictOf('deviceCodeFlow, authenticationTransfer'),
      verdictOf('deviceCodeFlow'),
      verdictOf('none'),
      verdictOf('authenticationTransfer', ['mfa']),
    ]).toEqual(['pass', 'fail', 'fail', 'fail'])
  })
})
