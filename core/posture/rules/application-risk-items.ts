import type { Tier } from '../../data/directory-roles.ts'
import type { ApplicationEvidence, HeldCredential, HeldOwner, HeldPermission } from '../derived/application-risk.ts'
import type { RiskItem } from './application-risk.ts'
import { dayMs } from '../../day.ts'

const yearMs = 366 * dayMs
/** From so many people on, consent by single people is no longer an exception. */
const manyPeople = 10

/** All that weighs in the risk of an application, in no promised order. */
export function riskItems(evidence: ApplicationEvidence, now: number): readonly RiskItem[] {
  return [
    ...powers(evidence),
    ...credentials(evidence, now),
    ...owners(evidence),
    ...consents(evidence),
    ...publisher(evidence),
    ...exposure(evidence),
  ]
}

/** Whether it can, by itself or for somebody, reach the control of the tenant. */
export function reachesControl({ permissions, roles }: ApplicationEvidence): boolean {
  return roles.some(({ tier }) => tier === 'control') || permissions.some(({ kind, tier }) => kind === 'application' && tier === 'control')
}

const roleWeights: Readonly<Record<Tier, number>> = { control: 35, management: 20, user: 10, none: 10 }

function powers({ permissions, roles }: ApplicationEvidence): readonly RiskItem[] {
  const held = roles.map(({ name, tier, isPrivileged, isActive, groups, basis }): RiskItem => {
    const weight = isPrivileged ? Math.max(roleWeights[tier], 22) : roleWeights[tier]
    return { part: 'powers', weight, reason: 'role', values: { name, tier, active: isActive ? 'yes' : 'no', groups }, basis }
  })
  const given = permissions.map((permission): RiskItem => {
    const { value: name, resourceName: resource, tier, people, kind, consent, basis } = permission
    const reason = kind === 'application' ? 'applicationPermission' : consent === 'people' ? 'delegatedForPeople' : 'delegatedForEverybody'
    return { part: 'powers', weight: weightOf(permission), reason, values: { name, resource, tier, people }, basis: [basis] }
  })
  return [...held, ...given]
}

/** What acts by itself weighs most; what acts for everybody more than for single people. */
function weightOf({ kind, tier, risk, consent }: HeldPermission): number {
  const [control, risky, management, user, other] =
    kind === 'application' ? [35, 26, 16, 4, 2] : consent === 'people' ? [14, 9, 4, 1, 0] : [26, 18, 8, 2, 1]
  if (tier === 'control') return control ?? 0
  if (risk === 'critical' || risk === 'high') return risky ?? 0
  if (tier === 'management' || risk === 'medium') return management ?? 0
  return (tier === 'user' ? user : other) ?? 0
}

function credentials({ credentials: held, usesSaml }: ApplicationEvidence, now: number): readonly RiskItem[] {
  return held.map((credential): RiskItem => {
    const { kind, holder, keyId, credentialName, endsAt, basis } = credential
    const named = credentialName === '' ? keyId : credentialName
    const ends = endsAt === null ? 'never' : new Date(endsAt).toISOString()
    const common = { part: 'credentials', basis: [basis] } as const
    if (endsAt !== null && endsAt <= now) return { ...common, weight: 1, reason: 'expired', values: { name: named, keyId, ends } }
    if (kind === 'federated') return { ...common, weight: 5, reason: 'federated', values: { name: named, keyId } }
    const long = lifeOf(credential)
    const isHidden = holder === 'servicePrincipal' && !(usesSaml && kind === 'certificate')
    const weight = (kind === 'secret' ? 10 : 5) + (long === 'no' ? 0 : kind === 'secret' ? 4 : 2) + (isHidden ? 3 : 0)
    const where = isHidden ? 'servicePrincipal' : 'application'
    return { ...common, weight, reason: kind, values: { name: named, keyId, ends, long, where } }
  })
}

function lifeOf({ startsAt, endsAt }: HeldCredential): 'yes' | 'no' | 'unknown' {
  if (startsAt === null || endsAt === null) return 'unknown'
  return endsAt - startsAt > yearMs ? 'yes' : 'no'
}

function owners(evidence: ApplicationEvidence): readonly RiskItem[] {
  const isControl = reachesControl(evidence)
  if (evidence.owners.length === 0 && evidence.registrationId !== null)
    return [{ part: 'owners', weight: 3, reason: 'noOwner', values: {}, basis: evidence.basis }]
  return evidence.owners.map((owner) => ({
    part: 'owners',
    ...doubtAbout(owner, isControl),
    values: { id: owner.id, name: owner.name, through: owner.through },
    basis: [owner.basis],
  }))
}

/** An owner without doubt weighs nothing. */
function doubtAbout({ state, isGuest, isPrivileged }: HeldOwner, isControl: boolean): Pick<RiskItem, 'weight' | 'reason'> {
  if (isGuest || state === 'guest') return { weight: 9, reason: 'guestOwner' }
  if (isControl && !isPrivileged && state === 'member') return { weight: 8, reason: 'plainOwner' }
  if (state === 'gone') return { weight: 5, reason: 'goneOwner' }
  if (state === 'disabled') return { weight: 5, reason: 'disabledOwner' }
  if (state === 'application') return { weight: isControl && !isPrivileged ? 8 : 3, reason: 'applicationOwner' }
  return { weight: 0, reason: 'plainOwner' }
}

function consents({ permissions }: ApplicationEvidence): readonly RiskItem[] {
  const delegated = permissions.filter(({ kind }) => kind === 'delegated')
  const everybody = delegated.filter(({ consent }) => consent === 'everybody')
  const single = delegated.filter(({ consent }) => consent === 'people')
  const people = Math.max(0, ...single.map((permission) => permission.people))
  const items: RiskItem[] = []
  if (everybody.length > 0) items.push({ part: 'consent', weight: 6, reason: 'consentForEverybody', values: {}, basis: basisOf(everybody) })
  if (people > 0)
    items.push({
      part: 'consent',
      weight: people >= manyPeople ? 7 : 4,
      reason: 'consentByPeople',
      values: { people },
      basis: basisOf(single),
    })
  return items
}

function basisOf(permissions: readonly HeldPermission[]): RiskItem['basis'] {
  return [...new Set(permissions.map(({ basis }) => basis))].sort().slice(0, 10)
}

function publisher({ publisher: by, basis }: ApplicationEvidence): readonly RiskItem[] {
  if (by === 'unverified') return [{ part: 'publisher', weight: 8, reason: 'unverifiedPublisher', values: {}, basis }]
  return by === 'verified' ? [{ part: 'publisher', weight: 2, reason: 'verifiedPublisher', values: {}, basis }] : []
}

const redirectWeights = { wildcard: 8, sharedHost: 8, insecure: 6, address: 4 } as const

function exposure({ exposure: found, basis }: ApplicationEvidence): readonly RiskItem[] {
  const item = (weight: number, reason: RiskItem['reason'], values: RiskItem['values'] = {}): RiskItem => {
    return { part: 'exposure', weight, reason, values, basis }
  }
  const { redirects, severalTenants, isLocked, implicitTokens, openToEverybody } = found
  return [
    ...redirects.map(({ uri, problem }) => item(redirectWeights[problem], 'redirect', { uri, problem })),
    ...(severalTenants ? [isLocked ? item(2, 'severalTenants') : item(4, 'notLocked')] : []),
    ...(implicitTokens ? [item(3, 'implicitTokens')] : []),
    ...(openToEverybody ? [item(2, 'openToEverybody')] : []),
  ]
}
