import { defineCheck, fixWith } from '../../check.ts'
import { daysSince, personObject } from '../../rules/people.ts'

export const invitationsAnswered = defineCheck({
  id: 'invitations-answered',
  code: 'GU-05',
  area: 'guestsAndUsers',
  severity: 'low',

  title: 'Invitations that nobody answers are withdrawn',
  failTitle: '{count, plural, one {# invitation has} other {# invitations have}} not been answered for a long time',
  why: 'An old invitation still opens the door, and the mailbox that it went to may belong to somebody else by now.',
  reasons: {
    answered: 'No guest has left an invitation open for more than {days} days.',
    open: '{count, plural, one {# guest has} other {# guests have}} left an invitation open for more than {days} days.',
  },
  objectReason: 'Invited {days} days ago and not come yet ({userPrincipalName}).',
  remediation: ['Ask whoever invited the guest whether they are still expected.', 'Delete the guest; a new invitation is quickly sent.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers',
  fix: fixWith('delete-guest', ({ id }) => ({ userId: id })),

  frameworks: { attack: ['T1078.004'] },

  each: ['users'],
  needs: [],
  judge({ row }, _facts, { now, parameters: { invitationDays } }) {
    // A state that we do not know is not yet an acceptance; without one nobody was invited.
    if (['', 'accepted'].includes(row.externalUserState?.toLowerCase() ?? '')) return []
    // An invitation whose age nobody knows was sent before Graph noted it.
    const days = daysSince(row.externalUserStateChangeDateTime ?? row.createdDateTime, now) ?? invitationDays + 1
    return days > invitationDays ? [{ verdict: 'fail', object: personObject('users', row, { days }) }] : []
  },
  summary: { pass: 'answered', fail: 'open', warn: 'open', values: ({ parameters }) => ({ days: parameters.invitationDays }) },
})
