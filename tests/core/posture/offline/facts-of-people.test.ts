import { describe, expect, it } from '@jest/globals'
import { baselineOf } from '../../../../core/posture/baselines.ts'
import type { CheckResult } from '../../../../core/posture/check.ts'
import { checks } from '../../../../core/posture/checks.ts'
import { judgeOffline, readOffline } from '../../../../core/posture/offline.ts'
import { globalAdministratorId, holding, inDays, member, subscription } from '../../../build/facts.ts'
import { guest, mayJoin, roleIds, signedIn, user } from '../../../build/people.ts'

function outcomes(graph: object): Record<string, CheckResult['outcome']> {
  const read = readOffline(JSON.stringify({ asOf: '2026-11-01T00:00:00Z', graph }))
  const baseline = baselineOf('default')
  if (!read.ok || !baseline) throw new Error(read.ok ? 'There is no default baseline.' : read.problem)
  return Object.fromEntries(judgeOffline(read.input, baseline, checks).map(({ checkId, outcome }) => [checkId, outcome]))
}

const list = (...value: readonly unknown[]) => ({ value })
const roles = {
  '/roleManagement/directory/roleDefinitions': list(),
  '/roleManagement/directory/roleEligibilityScheduleInstances': list(),
  '/roleManagement/directory/roleAssignmentScheduleInstances': list(),
}
const assignmentsPath = '/roleManagement/directory/roleAssignments'
const groupPath = '/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances'

describe('people in a file', () => {
  it('are judged row by row, with the roles that they hold', () => {
    const found = outcomes({
      ...roles,
      [`${assignmentsPath}?$expand=principal`]: list(holding('u1'), holding('u2')),
      '/users?$top=999': list(
        user('u1', { onPremisesSyncEnabled: true }),
        guest('u2'),
        user('u3', { passwordPolicies: 'DisableStrongPassword' }),
      ),
    })
    expect(found['privileged-users-cloud-only']).toMatchObject({ verdict: 'fail', values: { count: 1 } })
    expect(found['no-guest-in-privileged-role']).toMatchObject({ verdict: 'fail', values: { count: 1 } })
    expect(found['strong-passwords-required']).toMatchObject({ verdict: 'warn', values: { count: 1 } })
  })

  it('are not judged where one row is not as documented, or two contradict each other', () => {
    for (const rows of [
      [user('u1'), { id: 'u2' }],
      [user('u1'), user('u1', { accountEnabled: false })],
    ])
      expect(outcomes({ '/users': list(...rows) })['strong-passwords-required']).toMatchObject({
        verdict: 'unknown',
        reason: 'shape',
        fact: 'users',
      })
  })

  it('have sign-ins only where those were asked for', () => {
    const licences = { '/subscribedSkus': list(subscription(['p1'])) }
    const stale = (key: string, ...rows: readonly unknown[]) => outcomes({ ...licences, [key]: list(...rows) })['members-in-use']
    expect(stale('/users', user('u1', { createdDateTime: inDays(-400) }))).toMatchObject({ verdict: 'unknown', reason: 'notYet' })
    expect(stale('/users?$select=id,signInActivity', signedIn('u1', 10), signedIn('u2', null))).toMatchObject({
      verdict: 'fail',
      values: { count: 1 },
    })
    expect(stale('/users?$select=id,signInActivity', signedIn('u1', 10))).toMatchObject({ verdict: 'pass' })
  })
})

describe('roles in a file', () => {
  it('are not known from a list of Global Administrators alone, which answers for those', () => {
    const filtered = `${assignmentsPath}?$filter=roleDefinitionId eq '${globalAdministratorId}'&$expand=principal`
    const found = outcomes({ ...roles, [filtered]: list(holding('u1'), holding('u2')) })
    expect(found['global-administrator-count']?.verdict).toBe('pass')
    expect(found['fewer-global-administrators-than-others']).toMatchObject({
      verdict: 'unknown',
      reason: 'notYet',
      fact: 'roleAssignments',
    })
    const older = outcomes({
      ...roles,
      [`/directoryRoles/${globalAdministratorId}/members`]: list({ '@odata.type': '#microsoft.graph.user', id: 'u1' }),
    })
    expect(older['fewer-global-administrators-than-others']?.verdict).toBe('unknown')
  })

  it('need the members of each group that holds one, and who may join it', () => {
    const others = {
      [`${assignmentsPath}?$expand=principal`]: list(holding('u1'), holding('u2'), holding('g1', 'group', roleIds.userAdministrator)),
    }
    const members = { '/groups/g1/transitiveMembers': list(member('g1', 'u3')) }
    const joins = { [`${groupPath}?$filter=groupId eq 'g1'&$expand=principal`]: list(mayJoin('g1', 'u4')) }
    const verdict = (graph: object) => outcomes({ ...roles, ...others, ...graph })['fewer-global-administrators-than-others']
    expect(verdict({ ...members, ...joins })).toMatchObject({ verdict: 'pass', values: { count: 2, others: 2 } })
    expect(verdict(joins)).toMatchObject({ verdict: 'unknown', fact: 'roleGroupMembers' })
    expect(verdict(members)).toMatchObject({ verdict: 'unknown', fact: 'pimGroupEligibility' })
    expect(verdict({ ...members, [`${groupPath}?$filter=groupId eq 'g2'`]: list() })).toMatchObject({
      verdict: 'unknown',
      reason: 'notYet',
    })
  })
})
