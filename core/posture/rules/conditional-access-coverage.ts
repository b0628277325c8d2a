import type { FactRow } from '../facts.ts'
import type { Settings } from '../settings.ts'

export type Policy = FactRow<'conditionalAccessPolicies'>

/** Conditions that a check names itself and that therefore do not narrow for it. */
export type NamedCondition = 'clientAppTypes' | 'userRiskLevels' | 'signInRiskLevels' | 'authenticationFlows'

/** How far a policy covers everybody and every application. */
export interface Coverage {
  readonly enabled: boolean
  readonly reportOnly: boolean
  readonly allUsers: boolean
  readonly allApplications: boolean
  /** Names of conditions that let the policy apply to some sign-ins only. */
  readonly narrowedBy: readonly string[]
  /** Role ids that are left out; no declaration can allow these. */
  readonly excludedRoles: readonly string[]
  /** Users, groups, applications and kinds of guests that are left out and not declared in the settings. */
  readonly undeclared: readonly string[]
}

/** Enabled or report-only aside, nothing stands in the way. */
export function coversEverybody({ allUsers, allApplications, narrowedBy, excludedRoles, undeclared }: Coverage): boolean {
  return allUsers && allApplications && narrowedBy.length === 0 && excludedRoles.length === 0 && undeclared.length === 0
}

/** Only undeclared exclusions stand in the way. */
export function coversAllButUndeclared(coverage: Coverage): boolean {
  return coverage.undeclared.length > 0 && coversEverybody({ ...coverage, undeclared: [] })
}

/** Reads a policy against the settings' declared exclusions. `named` are the conditions that the check itself asks for. */
export function coverageOf({ state, conditions }: Policy, { exclusions }: Settings, named: readonly NamedCondition[]): Coverage {
  const { users, applications } = conditions
  return {
    enabled: state === 'enabled',
    reportOnly: state === 'enabledForReportingButNotEnforced',
    allUsers: users?.includeUsers.includes('All') ?? false,
    allApplications: applications.includeApplications.includes('All'),
    narrowedBy: narrowedBy(conditions).filter((condition) => !named.some((known) => known === condition)),
    excludedRoles: users?.excludeRoles ?? [],
    undeclared: [
      ...undeclared(
        'user',
        (users?.excludeUsers ?? []).filter((user) => user !== allGuests),
        exclusions.users,
      ),
      ...undeclared('group', users?.excludeGroups ?? [], exclusions.groups),
      ...undeclared('guests', excludedGuests(users), exclusions.guestUserTypes),
      ...undeclared('application', applications.excludeApplications, exclusions.applications),
    ],
  }
}

/** Value of excludeUsers that leaves out every kind of guest. */
const allGuests = 'GuestsOrExternalUsers'
/** https://learn.microsoft.com/graph/api/resources/conditionalaccessguestsorexternalusers */
const guestTypes = [
  'internalGuest',
  'b2bCollaborationGuest',
  'b2bCollaborationMember',
  'b2bDirectConnectUser',
  'otherExternalUser',
  'serviceProvider',
]

function excludedGuests(users: Policy['conditions']['users']): readonly string[] {
  if (!users) return []
  if (users.excludeUsers.includes(allGuests)) return guestTypes
  // Graph writes several kinds into one string, parted by commas.
  const kinds = users.excludeGuestsOrExternalUsers?.guestOrExternalUserTypes.split(',').map((kind) => kind.trim()) ?? []
  return kinds.filter((kind) => kind !== '' && kind !== 'none')
}

function undeclared(kind: string, excluded: readonly string[], declared: readonly string[]): readonly string[] {
  const allowed = new Set(declared.map((id) => id.toLowerCase()))
  return excluded.filter((id) => !allowed.has(id.toLowerCase())).map((id) => `${kind} ${id}`)
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
