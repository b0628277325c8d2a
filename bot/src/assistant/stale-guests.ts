import { guestsInUse } from '@countersign/core/posture/checks/guests-and-users/guests-in-use.ts'
import { findingsOfCheck } from '../store/findings.ts'
import { finishedScans } from '../store/scans.ts'
import type { ReadTx } from '../store/transaction.ts'

/** The most that one plan takes. */
const most = 20

export interface StaleGuest {
  readonly id: string
  readonly name: string
  readonly userPrincipalName: string
  /** Days since the last sign-in; since the account was made, where there was none. */
  readonly days: number
  readonly ever: boolean
}

/** The guests who have stayed away longest, as the last scan found them; undefined before the first scan. */
export async function stalestGuests(tx: ReadTx): Promise<{ readonly guests: readonly StaleGuest[]; readonly more: number } | undefined> {
  const [last] = await finishedScans(tx, 1)
  if (!last) return undefined
  const open = (await findingsOfCheck(tx, guestsInUse.id)).filter(({ state }) => state === 'open' || state === 'returned')
  const guests = open.map(({ object, values }) => ({
    id: object.id,
    name: object.name,
    userPrincipalName: String(values['userPrincipalName'] ?? object.id),
    days: Number(values['days'] ?? 0),
    ever: values['ever'] === 'true',
  }))
  const stalest = guests.toSorted((a, b) => b.days - a.days || a.id.localeCompare(b.id))
  return { guests: stalest.slice(0, most), more: Math.max(0, stalest.length - most) }
}
