import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck, sentence } from '../../../../build/policy-check.ts'

const id = 'managed-device-for-security-info'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', {
    controls: ['compliantDevice'],
    ...change,
    applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'], ...change.applications },
  })

describe(id, () => {
  describePolicyCheck({ id, policy, named: ['userActions'], aboutEveryApplication: false })

  it('warns where the registration is blocked outside trusted places', () => {
    const places = (includeLocations: string[], state = 'enabled') =>
      outcome(id, {
        conditionalAccessPolicies: [
          policy({ state, controls: ['block'], conditions: { locations: { includeLocations, excludeLocations: ['AllTrusted'] } } }),
        ],
      })
    expect(places(['All'])).toMatchObject({ verdict: 'warn', reason: 'trustedLocation' })
    expect(sentence(id, places(['All']))).toContain('Policy p')
    expect([places(['one']).verdict, places(['All'], 'disabled').verdict]).toEqual(['fail', 'fail'])
  })

  it('fails with another action, or without a device', () => {
    for (const change of [{ applications: { includeUserActions: ['urn:user:registerdevice'] } }, { controls: ['mfa'] }])
      expect(outcome(id, { conditionalAccessPolicies: [policy(change)] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })
})
