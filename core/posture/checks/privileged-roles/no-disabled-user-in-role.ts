import { defineCheck } from '../../check.ts'
import { personObject } from '../../rules/people.ts'
import { principalOf, privilegedHolds, roleNames } from '../../rules/privileged.ts'

export const noDisabledUserInRole = defineCheck({
  id: 'no-disabled-user-in-role',
  code: 'PR-15',
  area: 'privilegedRoles',
  severity: 'low',
  title: 'No disabled account keeps a privileged role',
  failTitle: '{count, plural, one {# disabled account keeps} other {# disabled accounts keep}} a privileged role',
  why: 'A disabled account that keeps its role gets all its power back with one click, by anybody who may enable accounts.',
  reasons: {
    none: 'No disabled account holds a privileged role.',
    some: '{count, plural, one {# disabled account still holds} other {# disabled accounts still hold}} a privileged role.',
  },
  objectReason: 'Disabled ({userPrincipalName}), and still holds {roles}.',
  remediation: ['Make sure that the person has left or changed work.', 'Take the roles and eligibilities away from the account.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles',
  frameworks: { attack: ['T1098.003'] },

  each: ['users'],
  needs: ['privilegedPrincipals'],
  judge({ row }, { privilegedPrincipals }, { settings }) {
    if (row.accountEnabled) return []
    const principal = principalOf(privilegedPrincipals, row.id)
    const holds = principal ? privilegedHolds(principal, settings) : []
    return holds.length === 0 ? [] : [{ verdict: 'warn', object: personObject('users', row, { roles: roleNames(holds) }) }]
  },
  summary: { pass: 'none', fail: 'some', warn: 'some' },
})
