import { defineFolded, factKey } from '../fact.ts'
import type { FactKey } from '../fact.ts'
import { users } from '../facts/users.ts'
import { isGuest } from '../rules/people.ts'
import { privilegedPrincipals } from './privileged-principals.ts'

/** The account of somebody with a directory role, as the list of people has it. */
export interface PrivilegedAccount {
  readonly id: string
  readonly isGuest: boolean
  readonly isEnabled: boolean
  readonly isSynced: boolean
  readonly licences: number
  readonly basis: FactKey
}

/** Accounts of holders of a directory role, so that whole checks can look at one of them. */
export const privilegedAccounts = defineFolded({
  id: 'privilegedAccounts',
  title: 'Accounts of holders of a directory role',
  from: { privilegedPrincipals },
  over: { users },
  start: ({ privilegedPrincipals: principals }) => ({
    holders: new Set(principals.map(({ id }) => id.toLowerCase())),
    rows: [] as PrivilegedAccount[],
  }),
  add({ holders, rows }, { row }) {
    if (!holders.has(row.id.toLowerCase())) return
    rows.push({
      id: row.id,
      isGuest: isGuest(row.userType),
      isEnabled: row.accountEnabled,
      isSynced: row.onPremisesSyncEnabled === true,
      licences: row.assignedLicenses.length,
      basis: factKey('users', row.id),
    })
  },
  finish: ({ rows }) => ({ rows: rows.sort((left, right) => (left.id < right.id ? -1 : 1)) }),
})
