import { z } from 'zod'
import { userSignInActivity } from '../../posture/facts/user-sign-in-activity.ts'
import { inactiveDays, leftBehind } from '../../posture/rules/inactivity.ts'
import { accountSubject } from './account.ts'
import { refuse, type Refused } from './planning.ts'

/** More in one plan are no longer read one by one. */
const most = 20

export const guestsInput = z
  .object({
    userIds: z
      .array(z.uuid())
      .min(1)
      .max(most)
      .refine((ids) => new Set(ids.map((id) => id.toLowerCase())).size === ids.length, 'Each guest can be named once only.'),
  })
  .strict()

/** The row by which the check for guests who no longer come judges, so that both judge alike. */
export const guestSchema = userSignInActivity.row.and(z.object({ onPremisesSyncEnabled: z.boolean().nullish() }))
export type Guest = z.infer<typeof guestSchema>
export const guestFields = ['accountEnabled', 'userType', 'createdDateTime', 'signInActivity', 'onPremisesSyncEnabled'] as const

export const staleReasons = {
  notGuests: 'Only guests can be blocked here. These are none: {names}.',
  alreadyBlocked: 'Blocked already: {names}.',
  inUse: 'Not left behind, because they signed in or were made within the last {days} days: {names}.',
  synced: 'Synced from Active Directory, which is their master and may undo this: {names}.',
}

/** The names of those of whom something holds, as one list; empty for nobody. */
export function namesOf(guests: readonly Guest[], isOne: (guest: Guest) => boolean): string {
  return guests
    .filter(isOne)
    .map((guest) => accountSubject(guest).name)
    .join(', ')
}

export function refuseGuests(guests: readonly Guest[], now: number): Refused | undefined {
  const members = namesOf(guests, ({ userType }) => userType !== 'Guest')
  if (members !== '') return refuse('notGuests', { names: members })
  const blocked = namesOf(guests, ({ accountEnabled }) => !accountEnabled)
  if (blocked !== '') return refuse('alreadyBlocked', { names: blocked })
  const used = namesOf(guests, (guest) => leftBehind(guest, now) === undefined)
  return used === '' ? undefined : refuse('inUse', { names: used, days: inactiveDays })
}
