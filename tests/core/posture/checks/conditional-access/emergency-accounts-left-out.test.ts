import { describe, expect, it } from '@jest/globals'
import { emergencyAccountsLeftOut } from '../../../../../core/posture/checks/conditional-access/emergency-accounts-left-out.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { sentences } from '../../../../build/check-test.ts'
import { outcome } from '../../../../build/judged.ts'
import { withOwn } from '../../../../build/own-identity.ts'
import { coveringPolicy } from '../../../../build/facts.ts'
import { group, guest, user } from '../../../../build/people.ts'

const without = { users: { excludeGroups: ['G'] } }
const only = { includeUsers: [], includeGroups: ['partners'] }
const fine = {
  conditionalAccessPolicies: [
    coveringPolicy('p', without),
    coveringPolicy('q', without),
    coveringPolicy('partners', { users: only }),
    coveringPolicy('off', { state: 'disabled' }),
    coveringPolicy('workloads', { conditions: { users: null } }),
  ],
  roleDefinitions: [],
  groups: [group('g')],
  users: [user('u'), user('aid')],
}

describeCheck(emergencyAccountsLeftOut, fine, [
  {
    name: 'fails when one policy still reaches the group',
    given: { conditionalAccessPolicies: [coveringPolicy('p', without), coveringPolicy('q')] },
    verdict: 'fail',
    reason: 'some',
    objects: ['q'],
    says: 'Group g (found in the policies) is left out of some policies',
  },
  {
    name: 'fails when a policy for a role still reaches it',
    given: {
      conditionalAccessPolicies: [coveringPolicy('p', without), coveringPolicy('q', { users: { includeUsers: [], includeRoles: ['r'] } })],
    },
    verdict: 'fail',
    objects: ['q'],
  },
  {
    name: 'warns when nobody is left out anywhere',
    given: { conditionalAccessPolicies: [coveringPolicy('p')] },
    verdict: 'warn',
    reason: 'nobody',
  },
  {
    name: 'warns when only somebody who was deleted is left out everywhere',
    given: { conditionalAccessPolicies: [coveringPolicy('p', { users: { excludeUsers: ['left'] } })] },
    verdict: 'warn',
    reason: 'nobody',
  },
  {
    name: 'warns when only a disabled account is left out everywhere',
    given: {
      conditionalAccessPolicies: [coveringPolicy('p', { users: { excludeUsers: ['u'] } })],
      users: [user('u', { accountEnabled: false })],
    },
    verdict: 'warn',
    reason: 'nobody',
  },
  {
    name: 'warns when only a group without members is left out everywhere',
    given: { policyGroupMembers: [] },
    verdict: 'warn',
    reason: 'nobody',
  },
  { name: 'does not apply without policies', given: { conditionalAccessPolicies: [] }, verdict: 'notApplicable', reason: 'noPolicies' },
])

describe('emergency-accounts-left-out, declared', () => {
  it('says whether the account was declared or found', () => {
    const settings = settingsSchema.parse({ exclusions: { groups: ['g'] } })
    expect(sentences(emergencyAccountsLeftOut.id, fine)[1]).toContain('Group g, found in the policies: declare it in the settings.')
    expect(sentences(emergencyAccountsLeftOut.id, fine, { settings })[1]).toContain('Group g, declared in the settings.')
  })
})

describe('the Aid', () => {
  it('is no emergency account, however many policies leave it out', () => {
    const conditionalAccessPolicies = [coveringPolicy('p', { users: { excludeUsers: ['AID'] } }), coveringPolicy('q')]
    expect(outcome(emergencyAccountsLeftOut.id, { ...fine, conditionalAccessPolicies })).toMatchObject({ reason: 'some' })
    expect(outcome(emergencyAccountsLeftOut.id, { ...fine, conditionalAccessPolicies }, withOwn())).toMatchObject({
      verdict: 'warn',
      reason: 'nobody',
    })
  })
})

describe('accounts of programs and guests', () => {
  it('are no emergency accounts, however many policies leave them out', () => {
    const conditionalAccessPolicies = [coveringPolicy('p', { users: { excludeUsers: ['U'] } })]
    const verdictOf = (given: object, settings = settingsSchema.parse({})) =>
      outcome(emergencyAccountsLeftOut.id, { ...fine, conditionalAccessPolicies, ...given }, { settings })
    expect(verdictOf({})).toMatchObject({ verdict: 'pass', reason: 'everywhere' })
    expect(verdictOf({}, settingsSchema.parse({ serviceAccounts: ['u'] }))).toMatchObject({ verdict: 'warn', reason: 'nobody' })
    expect(verdictOf({ users: [guest('u')] })).toMatchObject({ verdict: 'warn', reason: 'nobody' })
  })
})
