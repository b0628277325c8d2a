import { defineCheck } from '../../check.ts'
import { isGuest, personObject } from '../../rules/people.ts'

export const guestsHaveSponsors = defineCheck({
  id: 'guests-have-sponsors',
  code: 'GU-06',
  area: 'guestsAndUsers',
  severity: 'low',
  title: 'Somebody answers for every guest',
  failTitle: 'Nobody answers for {count, plural, one {# guest} other {# guests}}',
  why: 'A sponsor knows when the work with a guest is over. Without one the account stays after everybody who knew the guest has left, with all that was ever shared.',
  reasons: {
    all: 'Every guest has a sponsor.',
    none: '{count, plural, one {# guest has} other {# guests have}} no sponsor.',
  },
  objectReason: 'No person and no group is named as sponsor ({userPrincipalName}).',
  remediation: [
    'Find out from the audit log who invited the guest.',
    'Name that person, or a group of the team, as sponsor of the guest.',
    'Disable the guest where nobody wants to answer.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers',
  frameworks: { zeroTrust: ['21877'] },

  each: ['guestSponsors'],
  needs: [],
  judge({ row }) {
    // An answer that holds more than guests says nothing wrong about members.
    if (!isGuest(row.userType) || row.sponsors.length > 0) return []
    return [{ verdict: 'warn', object: personObject('guestSponsors', row) }]
  },
  summary: { pass: 'all', fail: 'none', warn: 'none' },
})
