import { defineFolded } from '../fact.ts'
import { groups } from '../facts/groups.ts'
import { nameOr } from '../rows/graph-values.ts'

export interface GuestGroup {
  readonly id: string
  readonly name: string
  /** Whether the rule takes in every guest who can sign in, and not only some of them. */
  readonly takesAll: boolean
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
    found.push({ id: row.id, name: nameOr(row.displayName, row.id), takesAll: takesEveryGuest(row.membershipRule ?? ''), isRunning })
  },
  finish: (found) => ({ rows: found.sort((left, right) => (left.id < right.id ? -1 : 1)) }),
})

/** A further condition, or a negation, leaves some out; that the account is enabled leaves out only who cannot sign in. */
function takesEveryGuest(rule: string): boolean {
  const plain = rule.replaceAll(/"[^"]*"|'[^']*'/g, '""').replaceAll(/-?and\s+\(?\s*user\.accountEnabled\s+-eq\s+true\s*\)?/gi, '')
  return !/(^|[\s()-])(and|not)([\s()]|$)/i.test(plain)
}
