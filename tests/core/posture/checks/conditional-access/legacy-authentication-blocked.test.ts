import { describe, expect, it } from '@jest/globals'
import { legacyAuthenticationBlocked } from '../../../../../core/posture/checks/conditional-access/legacy-authentication-blocked.ts'
import { explain } from '../../../../../core/posture/explain.ts'
import type { FactRow } from '../../../../../core/posture/facts.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'
import { blockingPolicy } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'

const id = 'legacy-authentication-blocked'
type Policy = FactRow<'conditionalAccessPolicies'>

function verdictOf(policies: readonly Policy[], exclusions: Record<string, readonly string[]> = {}) {
  return outcome(id, { conditionalAccessPolicies: policies }, { settings: settingsSchema.parse({ exclusions }) })
}

function reasonOf(policies: readonly Policy[], exclusions: Record<string, readonly string[]> = {}): string {
  return explain(legacyAuthenticationBlocked, verdictOf(policies, exclusions)).reason
}

const filter = { mode: 'include', rule: 'x' }

/** Each turns the passing policy into one that does not count, in one field. */
const flips: readonly (readonly [string, Policy, string])[] = [
  ['switched off', blockingPolicy('p', { state: 'disabled' }), 'switchedOff'],
  ['report-only', blockingPolicy('p', { state: 'enabledForReportingButNotEnforced' }), 'reportOnly'],
  ['in a state that we do not know', blockingPolicy('p', { state: 'unknownFutureValue' }), 'switchedOff'],
  ['without block', blockingPolicy('p', { controls: ['mfa'] }), 'none'],
  ['without Exchange ActiveSync', blockingPolicy('p', { conditions: { clientAppTypes: ['other'] } }), 'partly'],
  ['without other clients', blockingPolicy('p', { conditions: { clientAppTypes: ['exchangeActiveSync'] } }), 'partly'],
  ['for all client types', blockingPolicy('p', { conditions: { clientAppTypes: ['all'] } }), 'none'],
  ['not for all users', blockingPolicy('p', { users: { includeUsers: ['u1'] } }), 'someUsers'],
  ['for workload identities', blockingPolicy('p', { conditions: { users: null } }), 'someUsers'],
  ['not for all applications', blockingPolicy('p', { applications: { includeApplications: ['Office365'] } }), 'someApplications'],
  ['with a role left out', blockingPolicy('p', { users: { excludeRoles: ['r1'] } }), 'excludedRoles'],
  ['with a user left out', blockingPolicy('p', { users: { excludeUsers: ['u1'] } }), 'nearMiss'],
  ['with a group left out', blockingPolicy('p', { users: { excludeGroups: ['g1'] } }), 'nearMiss'],
  ['with all guests left out', blockingPolicy('p', { users: { excludeUsers: ['GuestsOrExternalUsers'] } }), 'nearMiss'],
  [
    'with one kind of guests left out',
    blockingPolicy('p', {
      users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'serviceProvider', externalTenants: null } },
    }),
    'nearMiss',
  ],
  ['with an application left out', blockingPolicy('p', { applications: { excludeApplications: ['a1'] } }), 'nearMiss'],
  ['limited by user risk', blockingPolicy('p', { conditions: { userRiskLevels: ['high'] } }), 'narrowed'],
  ['limited by sign-in risk', blockingPolicy('p', { conditions: { signInRiskLevels: ['high'] } }), 'narrowed'],
  ['limited by service principal risk', blockingPolicy('p', { conditions: { servicePrincipalRiskLevels: ['high'] } }), 'narrowed'],
  ['limited by insider risk', blockingPolicy('p', { conditions: { insiderRiskLevels: 'elevated' } }), 'narrowed'],
  [
    'limited by platforms',
    blockingPolicy('p', { conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: [] } } }),
    'narrowed',
  ],
  [
    'limited by locations',
    blockingPolicy('p', { conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } }),
    'narrowed',
  ],
  ['limited by devices', blockingPolicy('p', { conditions: { devices: { deviceFilter: filter } } }), 'narrowed'],
  [
    'limited by authentication flows',
    blockingPolicy('p', { conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } }),
    'narrowed',
  ],
  [
    'limited by client applications',
    blockingPolicy('p', { conditions: { clientApplications: { includeServicePrincipals: ['x'], excludeServicePrincipals: [] } } }),
    'narrowed',
  ],
  ['limited by user actions', blockingPolicy('p', { applications: { includeUserActions: ['urn:user:registerdevice'] } }), 'narrowed'],
  [
    'limited by authentication contexts',
    blockingPolicy('p', { applications: { includeAuthenticationContextClassReferences: ['c1'] } }),
    'narrowed',
  ],
  ['limited by an application filter', blockingPolicy('p', { applications: { applicationFilter: filter } }), 'narrowed'],
  ['limited by a condition that we do not know', blockingPolicy('p', { conditions: { unrecognised: ['agentIdRiskLevels'] } }), 'narrowed'],
]

describe('legacy-authentication-blocked', () => {
  it('passes with one policy, and rests on that policy', () => {
    const verdict = verdictOf([blockingPolicy('p'), blockingPolicy('off', { state: 'disabled' })])
    expect(verdict).toEqual({
      verdict: 'pass',
      reason: 'blocked',
      values: { policies: 1, names: 'Policy p' },
      basis: ['conditionalAccessPolicies/p'],
    })
    expect(explain(legacyAuthenticationBlocked, verdict).reason).toBe(
      'The policy Policy p blocks old protocols for everybody and every application.',
    )
  })

  it('passes with two policies that cover the two kinds of clients together', () => {
    const both = [
      blockingPolicy('a', { conditions: { clientAppTypes: ['other'] } }),
      blockingPolicy('b', { conditions: { clientAppTypes: ['exchangeActiveSync', 'browser'] } }),
    ]
    expect(verdictOf(both)).toMatchObject({
      verdict: 'pass',
      values: { policies: 2, names: 'Policy a, Policy b' },
      basis: ['conditionalAccessPolicies/a', 'conditionalAccessPolicies/b'],
    })
    expect(verdictOf([both[0] ?? blockingPolicy('x'), blockingPolicy('b', { state: 'enabledForReportingButNotEnforced' })]).verdict).toBe(
      'fail',
    )
  })

  it.each(flips)('fails when the policy is %s', (_what, policy, reason) => {
    const verdict = verdictOf([policy])
    expect(verdict).toMatchObject({ verdict: 'fail', reason })
    expect(objectsOf(verdict)).toEqual(reason === 'none' ? [] : ['p'])
    const { reason: sentence, objects } = explain(legacyAuthenticationBlocked, verdict)
    expect(sentence).not.toBe('')
    expect(objects.every(({ sentence: line }) => line.length > 5)).toBe(true)
  })

  it('fails without any policy', () => {
    expect(verdictOf([])).toMatchObject({ verdict: 'fail', reason: 'none', objects: [] })
  })

  it('passes when exactly what is left out is declared, in any case of the letters', () => {
    const policy = blockingPolicy('p', {
      users: {
        excludeUsers: ['U1'],
        excludeGroups: ['g1'],
        excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'serviceProvider, internalGuest', externalTenants: null },
      },
      applications: { excludeApplications: ['a1'] },
    })
    const declared = { users: ['u1'], groups: ['G1'], applications: ['A1'], guestUserTypes: ['serviceProvider', 'internalGuest'] }
    expect(verdictOf([policy], declared).verdict).toBe('pass')
    for (const kind of ['users', 'groups', 'applications', 'guestUserTypes'] as const)
      expect(verdictOf([policy], { ...declared, [kind]: [] }).verdict).toBe('fail')
  })

  it('does not take a declaration of one kind for another', () => {
    expect(verdictOf([blockingPolicy('p', { users: { excludeUsers: ['x'] } })], { groups: ['x'], applications: ['x'] }).verdict).toBe(
      'fail',
    )
  })

  it('wants every kind of guest declared when all guests are left out', () => {
    const policy = blockingPolicy('p', { users: { excludeUsers: ['GuestsOrExternalUsers'] } })
    const kinds = [
      'internalGuest',
      'b2bCollaborationGuest',
      'b2bCollaborationMember',
      'b2bDirectConnectUser',
      'otherExternalUser',
      'serviceProvider',
    ]
    expect(verdictOf([policy], { guestUserTypes: kinds }).verdict).toBe('pass')
    expect(verdictOf([policy], { guestUserTypes: kinds.slice(1) }).verdict).toBe('fail')
  })

  it('names what a near miss leaves out', () => {
    const policy = blockingPolicy('p', { users: { excludeUsers: ['u1', 'u2'], excludeGroups: ['g1'] } })
    expect(reasonOf([policy], { users: ['u2'] })).toBe(
      'The policy Policy p blocks old protocols for everybody but these, which nobody has declared as exceptions: user u1, group g1.',
    )
  })

  it('tells the nearest policy first: a near miss before one that is off', () => {
    const verdict = verdictOf([blockingPolicy('off', { state: 'disabled' }), blockingPolicy('near', { users: { excludeUsers: ['u1'] } })])
    expect(verdict).toMatchObject({ reason: 'nearMiss', values: { name: 'Policy near' } })
    expect(objectsOf(verdict)).toEqual(['near', 'off'])
  })

  it('says which half is missing', () => {
    expect(reasonOf([blockingPolicy('p', { conditions: { clientAppTypes: ['other'] } })])).toBe(
      'A policy blocks other clients for everybody, and none blocks Exchange ActiveSync.',
    )
    expect(reasonOf([blockingPolicy('p', { conditions: { clientAppTypes: ['exchangeActiveSync'] } })])).toBe(
      'A policy blocks Exchange ActiveSync for everybody, and none blocks other clients.',
    )
  })

  it('does not apply where the licence is known to be absent, read or not', () => {
    const licences = { p1: 'absent', p2: 'absent' } as const
    expect(outcome(id, { conditionalAccessPolicies: [blockingPolicy('p')] }, { licences })).toMatchObject({
      verdict: 'notApplicable',
      reason: 'licence',
    })
    const verdict = outcome(id, { conditionalAccessPolicies: 'licence' }, { licences })
    expect(explain(legacyAuthenticationBlocked, verdict).reason).toBe('This needs Microsoft Entra ID P1, which the tenant does not have.')
  })

  it('is unknown where the subscriptions were answered and cannot be understood', () => {
    const conditionalAccessPolicies = [blockingPolicy('p')]
    expect(outcome(id, { conditionalAccessPolicies, subscribedSkus: [{ id: 's' }] })).toMatchObject({
      verdict: 'unknown',
      reason: 'shape',
      fact: 'subscribedSkus',
    })
    expect(outcome(id, { conditionalAccessPolicies, subscribedSkus: 'scope' }).verdict).toBe('pass')
  })

  it('is unknown without the policies', () => {
    expect(outcome(id, { conditionalAccessPolicies: 'scope' })).toMatchObject({
      verdict: 'unknown',
      reason: 'scope',
      fact: 'conditionalAccessPolicies',
    })
    expect(outcome(id, {})).toMatchObject({ verdict: 'unknown', reason: 'notYet' })
    expect(explain(legacyAuthenticationBlocked, outcome(id, {})).reason).toBe(
      'Not read yet (notYet): Conditional Access policies. /identity/conditionalAccess/policies was not read.',
    )
  })

  it('passes where security defaults block old protocols, unless the baseline asks for a policy', () => {
    const beside = (isEnabled: boolean, baseline: 'default' | 'scuba' = 'default') =>
      outcome(id, { conditionalAccessPolicies: [], securityDefaults: [{ id: 'd', isEnabled }] }, { baseline })
    expect(beside(true)).toMatchObject({ verdict: 'pass', reason: 'securityDefaults' })
    expect(beside(true, 'scuba')).toMatchObject({ verdict: 'fail', reason: 'none' })
    expect(beside(false)).toMatchObject({ verdict: 'fail', reason: 'none' })
  })
})
