import { describe, expect, it } from '@jest/globals'
import { exclusionsHaveAFallback } from '../../../../../core/posture/checks/conditional-access/exclusions-have-a-fallback.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { group, user } from '../../../../build/people.ts'

const leaving = (id: string, users: object, applications: object = {}) => coveringPolicy(id, { users, applications })
const given = (...conditionalAccessPolicies: readonly object[]) => ({ conditionalAccessPolicies })
const fine = {
  ...given(
    leaving('p', { excludeUsers: ['u'], excludeRoles: ['r'] }, { excludeApplications: ['a'] }),
    leaving('q', { includeUsers: ['U'], includeRoles: ['R'] }),
  ),
  roleDefinitions: [],
  groups: [group('g')],
  users: [user('u')],
}

describeCheck(exclusionsHaveAFallback, fine, [
  {
    name: 'fails for each exception that no other policy takes in',
    given: given(leaving('p', { excludeGroups: ['g'], excludeRoles: ['r'] }, { excludeApplications: ['a'] })),
    verdict: 'fail',
    reason: 'gaps',
    objects: ['p/application/a', 'p/group/g', 'p/role/r'],
    says: 'It leaves out the group Group g',
  },
  {
    name: 'does not count a policy that leaves out the same, or only reports',
    given: given(
      leaving('p', { excludeUsers: ['u'] }),
      leaving('q', { excludeUsers: ['u'] }),
      leaving('narrow', { includeUsers: ['u'], includeGroups: [] }),
      coveringPolicy('r', { state: 'enabledForReportingButNotEnforced' }),
    ),
    verdict: 'pass',
  },
  {
    name: 'fails where guests are left out everywhere',
    given: given(leaving('p', { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'serviceProvider', externalTenants: null } })),
    verdict: 'fail',
    objects: ['p/guests/serviceprovider'],
  },
  {
    name: 'passes where one account is left out of every policy: it is kept for emergencies',
    given: given(leaving('p', { excludeGroups: ['g'] }), leaving('q', { excludeGroups: ['g'] })),
    verdict: 'pass',
  },
])

describe('exclusions-have-a-fallback, declared', () => {
  it('leaves declared exceptions apart', () => {
    const settings = settingsSchema.parse({ exclusions: { groups: ['G'] } })
    const one = { ...fine, ...given(leaving('p', { excludeGroups: ['g'] })) }
    expect(outcome(exclusionsHaveAFallback.id, one).verdict).toBe('fail')
    expect(outcome(exclusionsHaveAFallback.id, one, { settings }).verdict).toBe('pass')
  })
})
