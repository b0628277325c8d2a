import { defineCheck } from '../../check.ts'
import { personObject } from '../../rules/people.ts'

export const strongPasswordsRequired = defineCheck({
  id: 'strong-passwords-required',
  code: 'PW-06',
  area: 'authentication',
  severity: 'low',

  title: 'No account may have a weak password',
  failTitle: '{count, plural, one {# account is} other {# accounts are}} allowed a weak password',
  why: 'For such an account Microsoft does not ask for a password of several kinds of characters, so that it is guessed first.',
  reasons: {
    none: 'No account is freed from the rules for strong passwords.',
    some: '{count, plural, one {# account is} other {# accounts are}} freed from the rules for strong passwords.',
  },
  objectReason: 'May have a weak password ({userPrincipalName}).',
  remediation: ['Remove DisableStrongPassword from the password policies of the account.', 'Let the owner choose a new password.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers',

  frameworks: { attack: ['T1110'] },

  each: ['users'],
  needs: [],
  judge({ row }) {
    const policies =
      row.passwordPolicies
        ?.toLowerCase()
        .split(',')
        .map((policy) => policy.trim()) ?? []
    return policies.includes('disablestrongpassword') ? [{ verdict: 'warn', object: personObject('users', row) }] : []
  },
  summary: { pass: 'none', fail: 'some', warn: 'some' },
})
