import { defineFolded } from '../fact.ts'
import { groups } from '../facts/groups.ts'
import { nameOr } from '../rows/graph-values.ts'

export interface GuestGroup {
  readonly id: string
  readonly name: string
  /** Whether Entra keeps the members up to date. */
  readonly isRunning: boolean
}

/** Groups whose rule takes guests in by their kind. */
export const guestGroups = defineFolded({
  id: 'guestGroups',
  title: 'Groups that take guests in by themselves',
  from: {},
  over: { groups },
  start: (): GuestGroup[] => [],
  add(found, { row }) {
    if (!/user\.usertype\s+-eq\s+["']guest["']/i.test(row.membershipRule ?? '')) return
    const isRunning = row.groupTypes.includes('DynamicMembership') && row.membershipRuleProcessingState?.toLowerCase() === 'on'
    found.push({ id: row.id, name: nameOr(row.displayName, row.id), isRunning })
  },
  finish: (found) => ({ rows: found.sort((left, right) => (left.id < right.id ? -1 : 1)) }),
})
