import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr } from '../../rows/graph-values.ts'
import { principalOf, privilegedHolds, roleNames } from '../../rules/privileged.ts'

export const roleGroupOwnersPrivileged = defineCheck({
  id: 'role-group-owners-privileged',
  code: 'PR-18',
  area: 'privilegedRoles',
  severity: 'high',
  perObject: true,
  title: 'Groups with privileged roles are owned by administrators only',
  failTitle:
    '{count, plural, one {# owner of a group with a privileged role is} other {# owners of groups with privileged roles are}} no administrator',
  why: 'The owner of a group decides who its members are. Whoever owns a group with a privileged role can take that role, without holding any today.',
  reasons: {
    none: 'Every owner of a group with a privileged role holds a privileged role too, or there is no owner.',
    some: '{count, plural, one {# owner} other {# owners}} of groups with privileged roles {count, plural, one {holds} other {hold}} no privileged role and can take one.',
  },
  objectReason: 'Its owner {owner} holds no privileged role and can become a member, and so get {roles}.',
  remediation: [
    'Check what the owner needs the ownership for.',
    'Remove the owner. Members of such a group are best managed by Privileged Role Administrators.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupsManagementMenuBlade/~/AllGroups',
  frameworks: { attack: ['T1098'] },

  needs: ['roleGroupOwners', 'privilegedPrincipals'],
  judge({ roleGroupOwners, privilegedPrincipals }, { settings }) {
    const basis = [factKey('roleGroupOwners', ''), factKey('roleAssignments', ''), factKey('roleEligibility', '')]
    const objects = roleGroupOwners.flatMap((owner) => {
      const group = principalOf(privilegedPrincipals, owner.parentId)
      const holds = group ? privilegedHolds(group, settings) : []
      const self = principalOf(privilegedPrincipals, owner.id)
      if (!group || holds.length === 0 || (self && privilegedHolds(self, settings).length > 0)) return []
      const values = { owner: nameOr(owner.userPrincipalName ?? owner.displayName, owner.id), roles: roleNames(holds) }
      const key = factKey('roleGroupOwners', `${owner.parentId}/${owner.id}`)
      const basisOfWay = [key, ...new Set(holds.flatMap((hold) => hold.basis))]
      return [{ type: 'group', id: group.id, name: group.name, part: owner.id, values, basis: basisOfWay } as const]
    })
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values: {}, basis }
    return { verdict: 'fail', reason: 'some', values: { count: objects.length }, objects, basis }
  },
})
