import type { AffectedObject, Severity, Values } from '../check.ts'
import { factKey } from '../fact.ts'
import type { GraphName } from '../rows/graph-values.ts'
import { nameOr } from '../rows/graph-values.ts'
import type { Settings } from '../settings.ts'
import { dayMs } from '../../day.ts'

interface Person {
  readonly id: string
  readonly displayName: GraphName
  readonly userPrincipalName: string | null
}

/** A person as an affected object; the fact says which row it rests on. */
export function personObject(
  fact: 'users' | 'userSignInActivity' | 'registrationDetails' | 'riskyUsers' | 'guestSponsors',
  { id, displayName, userPrincipalName }: Person,
  values: Values = {},
  severity?: Severity,
): AffectedObject {
  return {
    type: 'user',
    id,
    name: nameOr(displayName, id),
    values: { userPrincipalName: userPrincipalName ?? 'none', ...values },
    ...(severity ? { severity } : {}),
    basis: [factKey(fact, id)],
  }
}

/** Whole days between a time and now; undefined where there is no time. */
export function daysSince(time: string | null, now: number): number | undefined {
  return time === null ? undefined : Math.floor((now - Date.parse(time)) / dayMs)
}

/** Null is an account made before Graph told the two apart, all of them members; a value that we do not know counts as a guest. */
export function isGuest(userType: string | null): boolean {
  return userType !== null && userType.toLowerCase() !== 'member'
}

/** Accounts that the tenant has declared for emergencies. The product's own account and those of programs may be left out as well and are none. */
export function isEmergencyAccount(id: string, { exclusions, permanentRoleAssignmentAllowed, serviceAccounts, own }: Settings): boolean {
  if ([own?.aidId, ...serviceAccounts].some((other) => other?.toLowerCase() === id.toLowerCase())) return false
  const declared = [...exclusions.users, ...permanentRoleAssignmentAllowed.users]
  return declared.some((other) => other.toLowerCase() === id.toLowerCase())
}
