import type { AffectedObject } from '../check.ts'
import { factKey } from '../fact.ts'
import type { FactRow } from '../facts.ts'
import type { Own } from '../settings.ts'
import { nameOr, sameId } from '../rows/graph-values.ts'
import { isInRange } from './address-range.ts'

type SignIn = FactRow<'aidSignIns'>

/** The clocks of the sign-in service and of this one may differ by so much. */
const clocksApartMs = 5 * 60 * 1000

export interface SignInsOfAid {
  /** Through Countersign Act, since the Aid was connected, and the one that connected it. */
  readonly own: readonly SignIn[]
  readonly otherApplications: readonly AffectedObject[]
  readonly otherPlaces: readonly AffectedObject[]
}

/**
 * What succeeded, judged. Before it was connected somebody set the account up, through whatever application that takes; the sign-in that
 * connected it says where it is at home.
 */
export function signInsOfAid(rows: readonly SignIn[], own: Own, locations: readonly FactRow<'namedLocations'>[]): SignInsOfAid {
  const connectedAt = Date.parse(own.connectedAt)
  const done = rows
    .filter(({ status, parentId }) => status.errorCode === 0 && sameId(parentId, own.aidId))
    .sort((one, other) => timeOf(one) - timeOf(other))
  const isThroughAct = ({ appId }: SignIn): boolean => appId !== null && sameId(appId, own.actAppId)
  const connecting =
    done.findLast((row) => isThroughAct(row) && timeOf(row) <= connectedAt) ??
    done.find((row) => isThroughAct(row) && timeOf(row) <= connectedAt + clocksApartMs)
  const since = done.filter((row) => row !== connecting && timeOf(row) > connectedAt)
  const trusted = locations.flatMap(({ isTrusted, ipRanges }) => (isTrusted === true ? (ipRanges ?? []) : []))
  const home = connecting && placeOf(connecting)
  const isAtHome = (row: SignIn): boolean =>
    trusted.some(({ cidrAddress }) => isInRange(row.ipAddress ?? '', cidrAddress)) || (placeOf(row) !== '' && placeOf(row) === home)
  const through = since.filter(isThroughAct)
  return {
    own: connecting ? [connecting, ...through] : through,
    otherApplications: grouped(
      since.filter((row) => !isThroughAct(row)),
      'application',
      own,
      ({ appId }) => appId?.toLowerCase() ?? '',
      ({ appDisplayName, appId }) => nameOr(appDisplayName, appId ?? 'an application without a name'),
    ),
    otherPlaces: grouped(
      through.filter((row) => !isAtHome(row)),
      'place',
      own,
      placeOf,
      (row) => placeOf(row) || 'a place that Microsoft does not name',
    ),
  }
}

/** One object for all sign-ins that are alike: how often it happens is a number, not another fault. */
function grouped(
  rows: readonly SignIn[],
  kind: 'application' | 'place',
  own: Own,
  keyOf: (row: SignIn) => string,
  nameOf: (row: SignIn) => string,
): readonly AffectedObject[] {
  return [...new Set(rows.map(keyOf))].flatMap((key) => {
    const alike = rows.filter((row) => keyOf(row) === key)
    const last = alike.at(-1)
    if (!last) return []
    const values = { kind, through: nameOf(last), times: alike.length, last: last.createdDateTime, address: last.ipAddress ?? 'none' }
    const basis = alike.slice(-20).map(({ id }) => factKey('aidSignIns', id))
    return [{ type: 'user' as const, id: own.aidId, name: last.userPrincipalName ?? own.aidId, part: `${kind}/${key}`, values, basis }]
  })
}

function timeOf({ createdDateTime }: SignIn): number {
  return Date.parse(createdDateTime)
}

function placeOf({ location }: SignIn): string {
  return location?.countryOrRegion ?? ''
}
