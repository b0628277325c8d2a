import type { z } from 'zod'
import { defineDerived } from '../fact.ts'
import type { Derived } from '../fact.ts'
import { conditionalAccessPolicies } from '../facts/conditional-access-policies.ts'
import { namedLocations } from '../facts/named-locations.ts'
import { policyGroupMembers } from '../facts/policy-group-members.ts'
import { policyGroups } from '../facts/policy-groups.ts'
import { nameOr } from '../rows/graph-values.ts'
import { allGuests, guestKinds, guestKindsIn } from '../rows/guest-kinds.ts'
import { waysOf } from '../rows/policy-requirements.ts'
import type { Way } from '../rows/policy-requirements.ts'
import { knownTenant, nothingKnown } from '../rules/conditional-access-known.ts'
import type { KnownTenant } from '../rules/conditional-access-known.ts'
import { privilegedPrincipals } from './privileged-principals.ts'

/** Users, groups, roles (template ids) and kinds of guests. */
export interface People {
  readonly users: readonly string[]
  readonly groups: readonly string[]
  readonly roles: readonly string[]
  readonly guests: readonly string[]
}

/** Who and what a policy covers, and what it asks for there. */
export interface PolicyCoverage {
  readonly id: string
  readonly name: string
  /** 'off' also for states that we do not know: they enforce nothing that we could vouch for. */
  readonly state: 'enabled' | 'reportOnly' | 'off'
  /** Switched on, or in a state that we do not know: what is wrong with it may do harm. */
  readonly mayApply: boolean
  /** When somebody last touched the policy; null where Graph does not say. */
  readonly changedAt: string | null
  /** Null for policies about workload identities. */
  readonly people: { readonly all: boolean; readonly included: People; readonly excluded: People } | null
  readonly allApplications: boolean
  /** Client ids and names of groups of applications, for example Office365. */
  readonly applications: readonly string[]
  readonly excludedApplications: readonly string[]
  readonly userActions: readonly string[]
  readonly authenticationContexts: readonly string[]
  /** Names of conditions that let the policy apply to some sign-ins only. */
  readonly narrowedBy: readonly string[]
  readonly conditions: Conditions
  /** The ways through; none where the policy has session controls only. */
  readonly ways: readonly Way[]
  readonly session: Policy['sessionControls']
  /** What is known of the tenant beside the policies; the same for all of them. */
  readonly known: KnownTenant
}

type Policy = z.infer<typeof conditionalAccessPolicies.row>
type Users = NonNullable<Policy['conditions']['users']>
type Conditions = Pick<
  Policy['conditions'],
  | 'clientAppTypes'
  | 'userRiskLevels'
  | 'signInRiskLevels'
  | 'insiderRiskLevels'
  | 'platforms'
  | 'locations'
  | 'devices'
  | 'clientApplications'
  | 'servicePrincipalRiskLevels'
> & { readonly flows: readonly string[] }

export const conditionalAccessCoverage = defineDerived({
  id: 'conditionalAccessCoverage',
  title: 'Whom and what each Conditional Access policy covers',
  from: { conditionalAccessPolicies },
  helps: { namedLocations, policyGroups, policyGroupMembers, privilegedPrincipals },
  derive(facts): Derived<PolicyCoverage> {
    const rows = facts.conditionalAccessPolicies.map(coverageOf)
    const known = knownTenant(rows, facts)
    return { rows: rows.map((row) => ({ ...row, known })) }
  },
})

/** Reads a policy; settings and what a check looks for come later. */
export function coverageOf(policy: Policy): PolicyCoverage {
  const { conditions } = policy
  const { applications, users } = conditions
  return {
    id: policy.id,
    name: nameOr(policy.displayName, policy.id),
    state: stateOf(policy.state),
    mayApply: !['disabled', 'enabledForReportingButNotEnforced'].includes(policy.state),
    changedAt: policy.modifiedDateTime ?? policy.createdDateTime,
    people: users && { all: users.includeUsers.includes('All'), included: includedOf(users), excluded: excludedOf(users) },
    allApplications: applications.includeApplications.includes('All'),
    applications: applications.includeApplications.filter((id) => id !== 'All' && id.toLowerCase() !== 'none'),
    excludedApplications: applications.excludeApplications,
    userActions: applications.includeUserActions,
    authenticationContexts: applications.includeAuthenticationContextClassReferences,
    narrowedBy: narrowedBy(conditions),
    conditions: { ...conditions, flows: flowsOf(conditions.authenticationFlows?.transferMethods ?? '') },
    ways: waysOf(policy.grantControls),
    session: policy.sessionControls,
    known: nothingKnown,
  }
}

function stateOf(state: string): PolicyCoverage['state'] {
  if (state === 'enabled') return 'enabled'
  return state === 'enabledForReportingButNotEnforced' ? 'reportOnly' : 'off'
}

function includedOf({ includeUsers, includeGroups, includeRoles, includeGuestsOrExternalUsers: guests }: Users): People {
  const kind = guests?.externalTenants?.membershipKind ?? 'all'
  const listed = kind === 'all' ? guestKindsIn(guests?.guestOrExternalUserTypes ?? '') : []
  return {
    users: includeUsers.filter((user) => user !== 'All' && user.toLowerCase() !== 'none' && user !== allGuests),
    groups: includeGroups,
    roles: includeRoles,
    // Guests of some tenants only are not that kind of guests.
    guests: includeUsers.includes(allGuests) ? guestKinds : listed,
  }
}

function excludedOf({ excludeUsers, excludeGroups, excludeRoles, excludeGuestsOrExternalUsers: guests }: Users): People {
  return {
    users: excludeUsers.filter((user) => user !== allGuests),
    groups: excludeGroups,
    roles: excludeRoles,
    guests: excludeUsers.includes(allGuests) ? guestKinds : guestKindsIn(guests?.guestOrExternalUserTypes ?? ''),
  }
}

function flowsOf(transferMethods: string): readonly string[] {
  return transferMethods
    .split(',')
    .map((method) => method.trim())
    .filter((method) => method !== '' && method !== 'none')
}

function narrowedBy(conditions: Policy['conditions']): readonly string[] {
  const { applications } = conditions
  const set: Readonly<Record<string, boolean>> = {
    userRiskLevels: conditions.userRiskLevels.length > 0,
    signInRiskLevels: conditions.signInRiskLevels.length > 0,
    servicePrincipalRiskLevels: conditions.servicePrincipalRiskLevels.length > 0,
    insiderRiskLevels: conditions.insiderRiskLevels !== null,
    platforms: conditions.platforms !== null,
    locations: conditions.locations !== null,
    devices: conditions.devices !== null,
    authenticationFlows: conditions.authenticationFlows !== null,
    clientApplications: conditions.clientApplications !== null,
    clientAppTypes: !(conditions.clientAppTypes.length === 1 && conditions.clientAppTypes[0] === 'all'),
    userActions: applications.includeUserActions.length > 0,
    authenticationContexts: applications.includeAuthenticationContextClassReferences.length > 0,
    applicationFilter: applications.applicationFilter !== null,
  }
  const known = Object.entries(set).flatMap(([name, isSet]) => (isSet ? [name] : []))
  return [...known, ...conditions.unrecognised]
}
