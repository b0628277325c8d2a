import type { FactRow } from '../facts.ts'
import { daysSince } from './people.ts'

/** The same as in the baselines, for actions, which look once more and go by no tenant's own value. */
export const inactiveDays = 90

type Activity = FactRow<'userSignInActivity'>

export type Inactivity =
  | { readonly state: 'active' }
  /** Last success that many days ago. */
  | { readonly state: 'stale'; readonly days: number }
  /** Never a success, and made that many days ago; undefined where Graph does not say when. */
  | { readonly state: 'never'; readonly days: number | undefined }

/**
 * Only a success counts: somebody who guesses passwords keeps the other times fresh. Graph has noted successes since December 2023, so that
 * none at all is a long time. https://learn.microsoft.com/graph/api/resources/signinactivity
 */
export function inactivityOf({ signInActivity, createdDateTime }: Activity, now: number, most: number = inactiveDays): Inactivity {
  const days = daysSince(signInActivity?.lastSuccessfulSignInDateTime ?? null, now)
  if (days === undefined) return { state: 'never', days: daysSince(createdDateTime, now) }
  return days > most ? { state: 'stale', days } : { state: 'active' }
}

/** Days that the account has been left behind, or undefined while it is in use or too new to tell. */
export function leftBehind(
  row: Activity,
  now: number,
  most: number = inactiveDays,
): { readonly ever: boolean; readonly days: number } | undefined {
  const inactivity = inactivityOf(row, now, most)
  if (inactivity.state === 'active') return undefined
  if (inactivity.state === 'stale') return { ever: true, days: inactivity.days }
  // An account whose age nobody knows was made before Graph noted it.
  if (inactivity.days === undefined) return { ever: false, days: most + 1 }
  return inactivity.days > most ? { ever: false, days: inactivity.days } : undefined
}
