import { defineCheck } from '../../check.ts'
import { personObject } from '../../rules/people.ts'

export const disabledAccountsWithoutLicences = defineCheck({
  id: 'disabled-accounts-without-licences',
  code: 'US-03',
  area: 'guestsAndUsers',
  severity: 'info',

  title: 'Disabled accounts hold no licences',
  failTitle: '{count, plural, one {# disabled account still holds} other {# disabled accounts still hold}} licences',
  why: 'A licence on a disabled account costs money, keeps its mailbox receiving, and hides that the person has left.',
  reasons: {
    none: 'No disabled account holds a licence.',
    some: '{count, plural, one {# disabled account holds} other {# disabled accounts hold}} licences.',
  },
  objectReason: 'Disabled, with {licences, plural, one {# licence} other {# licences}} ({userPrincipalName}).',
  remediation: ['Check whether the mailbox must be kept, and make it a shared mailbox if so.', 'Take the licences away.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers',

  frameworks: { attack: ['T1078'] },

  each: ['users'],
  needs: [],
  judge({ row }) {
    const licences = row.assignedLicenses.length
    return row.accountEnabled || licences === 0 ? [] : [{ verdict: 'warn', object: personObject('users', row, { licences }) }]
  },
  summary: { pass: 'none', fail: 'some', warn: 'some' },
})
