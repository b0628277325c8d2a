import { describe, expect, it } from '@jest/globals'
import type { AnyCheck } from '../../../../core/posture/check.ts'
import type { EffectivePermission } from '../../../../core/posture/derived/effective-permissions.ts'
import { appRole, enterprise, grant, microsoftGraph } from '../../../build/applications.ts'
import { judged } from '../../../build/judged.ts'
import type { Given } from '../../../build/judged.ts'

/** The rows of the derived fact, as a check is given them. */
function permissionsOf(given: Given): readonly EffectivePermission[] {
  const seen: EffectivePermission[] = []
  const check: AnyCheck = {
    ...{ id: 'x', code: 'X-1', area: 'applications', severity: 'low', title: '', failTitle: '', why: '', reasons: {}, objectReason: '' },
    ...{ remediation: [], portal: '', frameworks: {} },
    needs: ['effectivePermissions'],
    judge: ({ effectivePermissions }: { effectivePermissions: readonly EffectivePermission[] }) => {
      seen.push(...effectivePermissions)
      return { verdict: 'manual', reason: '', values: {} }
    },
  }
  judged(given, { checks: [check] })
  return seen
}

const servicePrincipals = [microsoftGraph(), enterprise('s'), enterprise('t')]

describe('effective permissions', () => {
  it('have name, tier, risk and who consented, by application', () => {
    const rows = permissionsOf({
      servicePrincipals,
      oauth2PermissionGrants: [grant('s', ' Directory.ReadWrite.All  unheard-of')],
      appRoleAssignments: [appRole('s', 'RoleManagement.ReadWrite.Directory')],
    })
    expect(rows.map(({ kind, value, tier, consent, since }) => [kind, value, tier, consent, since !== null])).toEqual([
      ['application', 'RoleManagement.ReadWrite.Directory', 'control', 'administrator', true],
      ['delegated', 'Directory.ReadWrite.All', 'control', 'everybody', false],
      ['delegated', 'unheard-of', 'none', 'everybody', false],
    ])
    expect(rows[0]).toMatchObject({ id: 's', risk: 'critical', resourceName: 'Microsoft Graph', microsofts: false })
  })

  it('count the people who granted the same for themselves, in any order, as one', () => {
    const grants = ['u3', 'u1', 'u2'].map((person) => grant('s', 'User.Read Mail.Read', person))
    const rows = permissionsOf({ servicePrincipals, oauth2PermissionGrants: grants, appRoleAssignments: [] })
    expect(rows.map(({ value, consent, people, basis }) => [value, consent, people, basis])).toEqual([
      ['Mail.Read', 'people', 3, 'oauth2PermissionGrants/s-u1'],
      ['User.Read', 'people', 3, 'oauth2PermissionGrants/s-u1'],
    ])
    expect(permissionsOf({ servicePrincipals, oauth2PermissionGrants: [...grants].reverse(), appRoleAssignments: [] })).toEqual(rows)
  })

  it('leave out what no longer exists, and an assignment that permits nothing', () => {
    const gone = { ...appRole('s', 'Mail.Send'), resourceId: 'gone' }
    const assigned = { ...appRole('s', 'Mail.Send'), id: 'x', appRoleId: '00000000-0000-0000-0000-000000000000' }
    expect(
      permissionsOf({ servicePrincipals, oauth2PermissionGrants: [grant('gone', 'User.Read')], appRoleAssignments: [gone, assigned] }),
    ).toEqual([])
  })

  it('take the name of a role from who offers it, and the id where nobody names it', () => {
    const offering = enterprise('api', { appRoles: [{ id: 'r', value: 'Orders.Read', allowedMemberTypes: ['Application'] }] })
    const assignment = (id: string, appRoleId: string) => ({
      ...appRole('s', 'Mail.Send'),
      id,
      appRoleId,
      resourceId: 'api',
      parentId: 'api',
    })
    const rows = permissionsOf({
      servicePrincipals: [...servicePrincipals, offering],
      oauth2PermissionGrants: [],
      appRoleAssignments: [assignment('1', 'r'), assignment('2', 'unnamed')],
    })
    expect(rows.map(({ value, tier }) => [value, tier])).toEqual([
      ['Orders.Read', 'none'],
      ['unnamed', 'none'],
    ])
  })
})
