import { userSignInActivity } from '../facts/user-sign-in-activity.ts'
import { parseRows } from '../parse.ts'
import { unread } from '../reading.ts'
import type { Readings } from '../reading.ts'
import { isRecord, listsAt } from './answers.ts'
import type { Answers } from './answers.ts'

/**
 * A list of users in which nobody has signInActivity was asked without it. It does not say that nobody ever signed in, because Graph leaves
 * the member out for those alone who never did.
 */
export function signInReading(answers: Answers, asOf: string): Readings {
  const lists = listsAt(answers, userSignInActivity.source.path).filter(
    (list) => list.state === 'unread' || list.rows.some((row) => isRecord(row) && isRecord(row['signInActivity'])),
  )
  const list = lists.find((found) => found.state === 'read' && parseRows(userSignInActivity, found.rows).ok) ?? lists[0]
  if (!list) return { userSignInActivity: unread('notYet', 'The file holds no list of users with their signInActivity.') }
  return { userSignInActivity: list.state === 'read' ? { state: 'read', asOf, rows: list.rows } : list }
}
