import type { AffectedObject, Verdict } from '../check.ts'
import { factKey } from '../fact.ts'
import type { FactRow } from '../facts.ts'
import { nameOr, sameId } from '../rows/graph-values.ts'
import type { CredentialRestriction } from '../rows/app-management.ts'

/** The restriction that a check looks for; `mostDays` where it bounds a lifetime. */
export interface Wanted {
  readonly list: 'passwordCredentials' | 'keyCredentials'
  readonly type: 'passwordAddition' | 'passwordLifetime' | 'asymmetricKeyLifetime'
  readonly mostDays?: number
}

interface Policies {
  readonly defaultAppManagementPolicy: readonly FactRow<'defaultAppManagementPolicy'>[]
  readonly appManagementPolicies: readonly FactRow<'appManagementPolicies'>[]
}

/** Reasons of the verdict below. */
export type RestrictionReason = 'everywhere' | 'off' | 'applications' | 'servicePrincipals' | 'exceptions'

/** Whether the restriction holds for all applications and enterprise applications, and no policy of their own lifts it for some. */
export function restrictionVerdict(wanted: Wanted, policies: Policies): Verdict {
  const basis = [factKey('defaultAppManagementPolicy', ''), factKey('appManagementPolicies', '')]
  const [policy] = policies.defaultAppManagementPolicy
  const fail = (reason: RestrictionReason, objects: readonly AffectedObject[] = []): Verdict => {
    return { verdict: 'fail', reason, values: { count: objects.length, days: wanted.mostDays ?? 0 }, objects, basis }
  }
  if (policy?.isEnabled !== true) return fail('off')
  if (!policy.applicationRestrictions[wanted.list].some((restriction) => holds(wanted, restriction))) return fail('applications')
  if (!policy.servicePrincipalRestrictions[wanted.list].some((restriction) => holds(wanted, restriction))) return fail('servicePrincipals')
  const lifting = policies.appManagementPolicies.filter(
    ({ isEnabled, appliesTo, restrictions }) =>
      isEnabled && appliesTo.length > 0 && restrictions[wanted.list].some((restriction) => lifts(wanted, restriction)),
  )
  if (lifting.length > 0) return fail('exceptions', lifting.map(exception))
  return { verdict: 'pass', reason: 'everywhere', values: { count: 0, days: wanted.mostDays ?? 0 }, basis }
}

function exception({ id, displayName, appliesTo }: FactRow<'appManagementPolicies'>): AffectedObject {
  const values = { applications: appliesTo.length }
  return { type: 'policy', id, name: nameOr(displayName, id), values, basis: [factKey('appManagementPolicies', id)] }
}

function holds(wanted: Wanted, restriction: CredentialRestriction): boolean {
  const { state, restrictForAppsCreatedAfterDateTime: since } = restriction
  const isForAll = since !== null && since.startsWith('0001-')
  return isOf(wanted, restriction) && state === 'enabled' && isForAll && isShort(wanted, restriction)
}

/** What a policy of its own says stands in place of the default: for less, or for newer applications only, is less. */
function lifts(wanted: Wanted, restriction: CredentialRestriction): boolean {
  return isOf(wanted, restriction) && !holds(wanted, restriction)
}

function isOf({ type }: Wanted, { restrictionType }: CredentialRestriction): boolean {
  return restrictionType !== null && sameId(restrictionType, type)
}

function isShort({ mostDays }: Wanted, { maxLifetime }: CredentialRestriction): boolean {
  if (mostDays === undefined) return true
  const days = maxLifetime === null ? undefined : daysOf(maxLifetime)
  return days !== undefined && days <= mostDays
}

/** Days of an ISO 8601 duration, months and years at their longest; undefined where it is none. */
export function daysOf(duration: string): number | undefined {
  const match = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration)
  if (!match) return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  const whole = (years ?? 0) * 366 + (months ?? 0) * 31 + (weeks ?? 0) * 7 + (days ?? 0)
  return whole + ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) / 86_400
}
