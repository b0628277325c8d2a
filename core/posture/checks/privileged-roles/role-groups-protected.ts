import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr } from '../../rows/graph-values.ts'
import { principalOf, privilegedHolds, roleNames } from '../../rules/privileged.ts'

export const roleGroupsProtected = defineCheck({
  id: 'role-groups-protected',
  code: 'PR-17',
  area: 'privilegedRoles',
  severity: 'high',
  title: 'Privileged roles go only through groups that are protected for it',
  failTitle: '{count, plural, one {# group leads} other {# groups lead}} to a privileged role without being protected for it',
  why: 'Many people may change the members of an ordinary group. If it leads to a privileged role, each of them can make themselves administrator.',
  reasons: {
    protected: 'Each group that leads to a privileged role is assignable to roles, and none sits inside another.',
    open: '{count, plural, one {# group leads} other {# groups lead}} to a privileged role and {count, plural, one {is} other {are}} not protected like a group that is assignable to roles.',
  },
  objectReason:
    '{how, select, nested {Sits inside a group and so leads to {roles}} other {Leads to {roles}{assignable, select, true {} other {, and is not assignable to roles}}}}.',
  remediation: [
    'Make a new security group and choose, while making it, that roles can be assigned to it; this cannot be changed later.',
    'Add the people directly, not through another group.',
    'Give the role to the new group and take it away from the old one.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupsManagementMenuBlade/~/AllGroups',
  frameworks: { attack: ['T1098.003'] },

  each: ['groups'],
  needs: ['privilegedPrincipals'],
  judge({ row }, { privilegedPrincipals }, { settings }) {
    const principal = principalOf(privilegedPrincipals, row.id)
    const holds = principal ? privilegedHolds(principal, settings) : []
    if (holds.length === 0) return []
    const nested = holds.filter(({ via }) => via.length > 0)
    if (row.isAssignableToRole === true && nested.length === 0) return []
    const object: AffectedObject = {
      type: 'group',
      id: row.id,
      name: nameOr(row.displayName, row.id),
      values: {
        how: nested.length > 0 ? 'nested' : 'direct',
        assignable: String(row.isAssignableToRole === true),
        roles: roleNames(holds),
      },
      basis: [factKey('groups', row.id)],
    }
    return [{ verdict: 'fail', object }]
  },
  summary: { pass: 'protected', fail: 'open', warn: 'open' },
})
