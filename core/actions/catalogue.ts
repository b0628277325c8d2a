import { digest } from '../digest.ts'
import type { Action } from './action.ts'
import { confirmRiskyUser } from './catalogue/confirm-risky-user.ts'
import { deleteGuest } from './catalogue/delete-guest.ts'
import { disableStaleGuests } from './catalogue/disable-stale-guests.ts'
import { disableUser } from './catalogue/disable-user.ts'
import { dismissRiskyUser } from './catalogue/dismiss-risky-user.ts'
import { enableUser } from './catalogue/enable-user.ts'
import { endActiveRole } from './catalogue/end-active-role.ts'
import { endEligibleRole } from './catalogue/end-eligible-role.ts'
import { removeAppSecret } from './catalogue/remove-app-secret.ts'
import { removeGroupMember } from './catalogue/remove-group-member.ts'
import { removeRoleAssignment } from './catalogue/remove-role-assignment.ts'
import { removeSignInMethod } from './catalogue/remove-sign-in-method.ts'
import { requirePasswordChange } from './catalogue/require-password-change.ts'
import { revokeSessions } from './catalogue/revoke-sessions.ts'
import * as account from './plans/account.ts'
import * as directoryRole from './plans/directory-role.ts'
import * as groupMember from './plans/group-member.ts'
import * as planning from './plans/planning.ts'
import * as risk from './plans/risk.ts'
import * as scheduledRole from './plans/scheduled-role.ts'
import * as signInMethod from './plans/sign-in-method.ts'

/** Every action that exists. What is not here cannot happen. */
export const actions: readonly Action[] = [
  confirmRiskyUser,
  deleteGuest,
  disableStaleGuests,
  disableUser,
  dismissRiskyUser,
  enableUser,
  endActiveRole,
  endEligibleRole,
  removeAppSecret,
  removeGroupMember,
  removeRoleAssignment,
  removeSignInMethod,
  requirePasswordChange,
  revokeSessions,
]

export function findAction(id: string): Action | undefined {
  return actions.find((action) => action.id === id)
}

/** The pieces that plans share: they decide what is sent as much as the plans themselves. */
const pieces = [account, directoryRole, groupMember, planning, risk, scheduledRole, signInMethod]
  .flatMap((module) => Object.values<unknown>(module))
  .filter((piece) => typeof piece === 'function')
  .map(String)

/** Digest of everything in the catalogue that decides what is sent: a proposal made under another one is superseded. */
export const catalogueVersion = digest([
  ...actions.map(({ id, impact, writeScopes, source }) => ({ id, impact, writeScopes, source })),
  ...pieces,
]).slice(0, 16)
