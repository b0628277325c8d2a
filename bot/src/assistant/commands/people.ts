import { acts, picks, slotFor, type Command } from './command.ts'

/** Commands for people, their roles and groups. */
export const peopleCommands: readonly Command[] = [
  acts('disable-user', {
    words: ['disable user', 'disable account', 'block user', 'block sign-in of', 'block sign-in for'],
    help: 'Proposes to block a person from signing in.',
    inTeams: true,
  }),
  acts('enable-user', {
    words: ['enable user', 'enable account', 'unblock user', 'allow sign-in of', 'allow sign-in for'],
    help: 'Proposes to let a blocked person sign in again.',
  }),
  acts('revoke-sessions', {
    words: ['revoke sessions of', 'revoke sessions for', 'end sessions of', 'sign out user'],
    help: 'Proposes to end all sessions of a person.',
    inTeams: true,
  }),
  acts('require-password-change', {
    words: ['require password change for', 'require password change of', 'require new password for'],
    help: 'Proposes that a person has to choose a new password.',
  }),
  picks('remove-sign-in-method', 'signInMethods', slotFor('user', 'userId'), {
    words: ['remove sign-in method of', 'remove sign-in method from', 'remove authentication method of'],
    actions: ['remove-sign-in-method'],
    help: 'Lists the sign-in methods of a person and proposes to remove the one you pick.',
  }),
  picks('remove-role', 'roles', slotFor('user', 'principalId'), {
    words: ['remove role of', 'remove role from', 'take role from'],
    actions: ['remove-role-assignment', 'end-active-role', 'end-eligible-role'],
    help: 'Lists the directory roles of a person and proposes to take the one you pick away.',
  }),
  acts('remove-group-member', {
    words: ['remove member', 'remove person', 'remove user'],
    wide: ['remove'],
    joint: ['from group', 'from'],
    order: ['memberId', 'groupId'],
    help: 'Proposes to take a person out of a group. “Remove” alone is enough before the name.',
  }),
  acts('dismiss-risky-user', {
    words: ['dismiss risk of', 'dismiss risk for'],
    help: 'Proposes to dismiss the risk that Entra sees for a person.',
  }),
  acts('confirm-risky-user', {
    words: ['confirm risk of', 'confirm risk for', 'confirm compromise of'],
    help: 'Proposes to tell Entra that an account is in the wrong hands.',
  }),
  acts('delete-guest', {
    words: ['delete guest', 'delete guest account'],
    help: 'Proposes to delete a guest.',
  }),
  picks('disable-stale-guests', 'staleGuests', null, {
    words: ['disable stale guests', 'block stale guests', 'disable inactive guests'],
    actions: ['disable-stale-guests'],
    help: 'Lists the guests who have stayed away longest and proposes to block them.',
    inTeams: true,
  }),
]
