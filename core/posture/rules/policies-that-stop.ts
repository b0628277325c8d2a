import type { FactRow } from '../facts.ts'
import { coverageOf, type People, type PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import type { Requirement } from '../rows/policy-requirements.ts'
import { demands, isControl, isPhishingResistant, isSecondFactor } from '../rows/policy-requirements.ts'

/** What the sign-in service asked for when it refused an account. */
export const stopKinds = ['blocked', 'device', 'multiFactor', 'signInFrequency', 'external', 'risk'] as const
export type StopKind = (typeof stopKinds)[number]

/** An account and the applications whose tokens it asks for. */
export interface StoppedAccount {
  readonly id: string
  /** Groups that it is known to be in; membership of other groups is not known. */
  readonly groupIds: readonly string[]
  /** Template ids of the directory roles that it holds. */
  readonly roleIds: readonly string[]
  /** Client ids of the resources that it asks for: policies are about what is reached. */
  readonly appIds: readonly string[]
}

export interface StoppingPolicy {
  readonly id: string
  readonly name: string
  /** False where it depends on what is not known: members of a group, the risk, the platform or the device. */
  readonly isCertain: boolean
  /** How it stops the account: what it asks for, and where its conditions limit it. */
  readonly how: string
}

/** The switched-on policies that apply to the account and can be behind a refusal of that kind; those that certainly apply come first. */
export function policiesThatStop(
  policies: readonly FactRow<'conditionalAccessPolicies'>[],
  locations: readonly FactRow<'namedLocations'>[],
  account: StoppedAccount,
  kind: StopKind,
): readonly StoppingPolicy[] {
  const found = policies.map(coverageOf).flatMap((policy): StoppingPolicy[] => {
    if (policy.state !== 'enabled' || !causes[kind](policy) || !coversTarget(policy, account.appIds)) return []
    const covered = coversAccount(policy, account)
    if (covered === 'no' || !coversWebSignIn(policy)) return []
    const isCertain = covered === 'yes' && (kind === 'risk' || !policy.narrowedBy.some((condition) => unseen.has(condition)))
    return [{ id: policy.id, name: policy.name, isCertain, how: howOf(policy, locations) }]
  })
  return found.sort((left, right) => Number(right.isCertain) - Number(left.isCertain) || left.name.localeCompare(right.name))
}

/** Which policies can lead to which refusal: learn.microsoft.com/entra/identity-platform/reference-error-codes. */
const causes: Readonly<Record<StopKind, (policy: PolicyCoverage) => boolean>> = {
  blocked: ({ ways }) => demands(ways, isControl('block')),
  device: ({ ways }) => demands(ways, isControl('compliantDevice', 'domainJoinedDevice', 'approvedApplication', 'compliantApplication')),
  multiFactor: ({ ways }) => demands(ways, (requirement) => isSecondFactor(requirement) || isStrength(requirement)),
  signInFrequency: ({ session }) => session?.signInFrequency?.isEnabled === true,
  external: ({ ways }) => demands(ways, ({ kind }) => kind === 'other'),
  risk: ({ ways, conditions }) =>
    (conditions.userRiskLevels.length > 0 || conditions.signInRiskLevels.length > 0) &&
    demands(ways, isControl('block', 'passwordChange', 'riskRemediation', 'mfa')),
}

/** Conditions about which the facts say nothing for a single sign-in. */
const unseen: ReadonlySet<string> = new Set(['userRiskLevels', 'signInRiskLevels', 'insiderRiskLevels', 'platforms', 'devices'])

/** The Aid signs in with a browser; policies for old protocols or for device codes cannot stop it. */
function coversWebSignIn({ conditions }: PolicyCoverage): boolean {
  const { clientAppTypes, flows } = conditions
  return flows.length === 0 && clientAppTypes.some((type) => ['all', 'browser', 'mobileAppsAndDesktopClients'].includes(type))
}

function isStrength({ kind }: Requirement): boolean {
  return kind === 'strength'
}

function coversTarget({ allApplications, applications, excludedApplications }: PolicyCoverage, appIds: readonly string[]): boolean {
  const names = (ids: readonly string[]): boolean => ids.some((id) => appIds.some((appId) => appId.toLowerCase() === id.toLowerCase()))
  return (allApplications || names(applications)) && !names(excludedApplications)
}

/** Whether a policy is about the account; `maybe` where it depends on a group whose members are not known. */
export function coversAccount({ people, conditions }: PolicyCoverage, account: StoppedAccount): 'yes' | 'maybe' | 'no' {
  if (!people || conditions.clientApplications !== null) return 'no'
  const excluded = isAmong(people.excluded, account)
  if (excluded === 'yes') return 'no'
  const included = people.all ? 'yes' : isAmong(people.included, account)
  if (included === 'no') return 'no'
  return included === 'yes' && excluded === 'no' ? 'yes' : 'maybe'
}

function isAmong({ users, groups, roles }: People, { id, roleIds, groupIds }: StoppedAccount): 'yes' | 'maybe' | 'no' {
  const named = (ids: readonly string[], own: readonly string[]): boolean =>
    ids.some((listed) => own.some((other) => other.toLowerCase() === listed.toLowerCase()))
  if (named(users, [id]) || named(roles, roleIds) || named(groups, groupIds)) return 'yes'
  return groups.length > 0 ? 'maybe' : 'no'
}

function howOf(policy: PolicyCoverage, locations: readonly FactRow<'namedLocations'>[]): string {
  const { ways, session, conditions } = policy
  const asks = [
    ...(demands(ways, isControl('block')) ? ['blocks'] : []),
    ...(demands(ways, isPhishingResistant)
      ? ['asks for a sign-in that resists phishing']
      : demands(ways, (requirement) => isSecondFactor(requirement) || isStrength(requirement))
        ? ['asks for multifactor authentication']
        : []),
    ...(demands(ways, isControl('compliantDevice', 'domainJoinedDevice')) ? ['asks for a managed device'] : []),
    ...(demands(ways, isControl('approvedApplication', 'compliantApplication')) ? ['asks for an approved application'] : []),
    ...(demands(ways, ({ kind }) => kind === 'other') ? ['asks for terms of use or another service’s check'] : []),
    ...(session?.signInFrequency?.isEnabled === true ? [frequencyOf(session.signInFrequency)] : []),
  ]
  const excluded = (conditions.locations?.excludeLocations ?? []).map((id) => locationName(id, locations))
  const where =
    conditions.locations === null
      ? ''
      : excluded.length > 0
        ? ` outside ${excluded.join(', ')}`
        : ` from ${conditions.locations.includeLocations.map((id) => locationName(id, locations)).join(', ')}`
  const risk = conditions.userRiskLevels.length + conditions.signInRiskLevels.length > 0 ? ' at risk' : ''
  return `${asks.join(' and ')}${where}${risk}`
}

function frequencyOf({ frequencyInterval, value, type }: NonNullable<NonNullable<PolicyCoverage['session']>['signInFrequency']>): string {
  return frequencyInterval === 'everyTime' || value === null
    ? 'asks for a new sign-in every time'
    : `asks for a new sign-in every ${value} ${value === 1 ? (type ?? '').replace(/s$/, '') : type}`
}

function locationName(id: string, locations: readonly FactRow<'namedLocations'>[]): string {
  if (id === 'All') return 'every place'
  if (id === 'AllTrusted') return 'trusted places'
  return locations.find((location) => location.id.toLowerCase() === id.toLowerCase())?.displayName ?? id
}
