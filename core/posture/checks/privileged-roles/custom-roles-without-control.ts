import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr } from '../../rows/graph-values.ts'
import { controlActionsOf } from '../../rows/role-hold.ts'

export const customRolesWithoutControl = defineCheck({
  id: 'custom-roles-without-control',
  code: 'PR-19',
  area: 'privilegedRoles',
  severity: 'high',
  perObject: true,
  title: 'No custom role in use can take over the tenant',
  failTitle: '{count, plural, one {# custom role} other {# custom roles}} in use can take over the tenant',
  why: 'Custom roles look harmless, because they carry no well-known name. One that may change credentials of applications or members of groups is as strong as Global Administrator.',
  reasons: {
    none: 'No custom role that somebody holds has an action with which the tenant can be taken over.',
    some: '{count, plural, one {# custom role} other {# custom roles}} that somebody holds {count, plural, one {has} other {have}} actions with which the tenant can be taken over.',
  },
  objectReason:
    'Held by {holders, plural, one {# principal} other {# principals}}; {actions, plural, one {# action reaches} other {# actions reach}} the control of the tenant, such as {example}.',
  remediation: [
    'Open the role and compare its permissions with the task that it was made for.',
    'Remove the permissions that are not needed, or use a built-in role whose strength is known.',
    'Treat whoever still holds it like a Global Administrator.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles',
  frameworks: { attack: ['T1098.003'] },

  needs: ['roleDefinitions', 'privilegedPrincipals'],
  judge({ roleDefinitions, privilegedPrincipals }) {
    const basis = [factKey('roleDefinitions', ''), factKey('roleAssignments', ''), factKey('roleEligibility', '')]
    const objects = roleDefinitions
      .filter(({ isBuiltIn }) => !isBuiltIn)
      .flatMap((role) => {
        const actions = [...controlActionsOf(role)].sort()
        const holders = privilegedPrincipals.filter(({ holds }) => holds.some(({ roleId }) => roleId === role.id.toLowerCase())).length
        if (actions.length === 0 || holders === 0) return []
        const values = { holders, actions: actions.length, example: actions[0] ?? '' }
        return [
          {
            type: 'role',
            id: role.id,
            name: nameOr(role.displayName, role.id),
            values,
            basis: [factKey('roleDefinitions', role.id)],
          } as const,
        ]
      })
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values: {}, basis }
    return { verdict: 'fail', reason: 'some', values: { count: objects.length }, objects, basis }
  },
})
