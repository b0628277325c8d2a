import { defineCheck } from '../../check.ts'
import { isGuest, personObject } from '../../rules/people.ts'
import { principalOf, privilegedHolds, roleNames } from '../../rules/privileged.ts'

export const noGuestInPrivilegedRole = defineCheck({
  id: 'no-guest-in-privileged-role',
  code: 'PR-13',
  area: 'privilegedRoles',
  severity: 'critical',
  title: 'No guest holds a privileged role',
  failTitle: '{count, plural, one {# guest holds} other {# guests hold}} a privileged role',
  why: 'The account of a guest is secured by another organisation, or by a private person. Whoever breaks in there administers your tenant.',
  reasons: {
    none: 'No guest holds a privileged role or may activate one.',
    some: '{count, plural, one {# guest holds a privileged role or may activate one} other {# guests hold a privileged role or may activate one}}.',
  },
  objectReason: 'A guest ({userPrincipalName}) with {roles}.',
  remediation: [
    'Find out why the guest needs the role and who asked for it.',
    'If the work is needed, make an account of your own for the person, with your own sign-in rules.',
    'Take the role away from the guest.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles',
  frameworks: { maester: ['MT.1025'], zeroTrust: ['22128'], attack: ['T1098.003'] },

  each: ['users'],
  needs: ['privilegedPrincipals'],
  judge({ row }, { privilegedPrincipals }, { settings }) {
    const isOfOthers = /#ext#/i.test(row.userPrincipalName)
    if (!isGuest(row.userType) && !isOfOthers) return []
    const principal = principalOf(privilegedPrincipals, row.id)
    const holds = principal ? privilegedHolds(principal, settings) : []
    // Called a member, as organisations do that work as one, and signs in elsewhere all the same.
    const verdict = isGuest(row.userType) ? 'fail' : 'warn'
    return holds.length === 0 ? [] : [{ verdict, object: personObject('users', row, { roles: roleNames(holds) }) }]
  },
  summary: { pass: 'none', fail: 'some', warn: 'some' },
})
