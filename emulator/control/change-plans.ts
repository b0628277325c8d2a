import { blankApplication, blankGroup, blankServicePrincipal, blankUser } from '../tenants/blank-rows.ts'
import { pick } from '../tenants/random.ts'
import { directoryRoles, graphAppRoles, microsoftGraphAppId } from '../tenants/reference.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'

/** What a random change has at hand. */
export interface Hand {
  readonly tenant: Tenant
  readonly random: () => number
  /** An id that no object has. */
  freshId(): string
  /** A number that no other change of this tenant has. */
  readonly number: number
  /** A moment so many days from now, in Graph's format. */
  inDays(days: number): string
  /** A random object of another collection. */
  any(path: string): Row | undefined
}

/** How objects of one collection change; what is absent does not happen to them. */
export interface ChangePlan {
  readonly path: string
  readonly edit?: (row: Row, hand: Hand) => Readonly<Record<string, unknown>>
  /** Undefined where something that the object needs is not there. */
  readonly add?: (hand: Hand) => Row | undefined
  readonly isDeletable: boolean
  readonly isGrant: boolean
}

const scopes = ['User.Read', 'Mail.Read', 'Mail.ReadWrite', 'Files.Read.All', 'offline_access', 'Directory.Read.All', 'Calendars.Read']

function list(row: Row, name: string): readonly unknown[] {
  const value = row[name]
  return Array.isArray(value) ? value : []
}

function editUser(row: Row, { random, number }: Hand): Record<string, unknown> {
  const upn = text(row, 'userPrincipalName') ?? ''
  return pick<() => Record<string, unknown>>(random, [
    () => ({ accountEnabled: row['accountEnabled'] !== true }),
    () => ({ displayName: `${pick(random, ['Zoe', 'Abel', 'Mira', '6 West'])} ${number}` }),
    () => ({ jobTitle: pick(random, ['Planner', 'Counsel', null]), department: pick(random, ['Sales', 'Legal', null]) }),
    () => ({ passwordPolicies: row['passwordPolicies'] === null ? 'DisablePasswordExpiration' : null }),
    () => ({ assignedLicenses: list(row, 'assignedLicenses').slice(1) }),
    // A new name can begin with another letter.
    () => ({ userPrincipalName: `${pick(random, ['a', 'm', 'z', '5', '_'])}${number}.${upn}` }),
  ])()
}

function editApplication(row: Row, { random, freshId, inDays, number }: Hand): Record<string, unknown> {
  const ends = pick(random, [-40, 3, 20, 170, 900])
  const secret = {
    customKeyIdentifier: null,
    displayName: `change ${number}`,
    endDateTime: inDays(ends),
    hint: 'chg',
    keyId: freshId(),
    secretText: null,
    startDateTime: inDays(Math.min(ends, 0) - 10),
  }
  return pick<() => Record<string, unknown>>(random, [
    () => ({ passwordCredentials: [...list(row, 'passwordCredentials'), secret] }),
    () => ({ passwordCredentials: list(row, 'passwordCredentials').slice(1) }),
    () => ({ displayName: `Renamed ${number}` }),
    () => ({ web: { ...blankApplication.web, redirectUris: [`http://changed-${number}.example/`] } }),
  ])()
}

function editServicePrincipal(row: Row, { random, number }: Hand): Record<string, unknown> {
  return pick<() => Record<string, unknown>>(random, [
    () => ({ accountEnabled: row['accountEnabled'] !== true }),
    () => ({ displayName: `Renamed ${number}` }),
    () => ({ appRoleAssignmentRequired: row['appRoleAssignmentRequired'] !== true }),
  ])()
}

function newGrant({ random, freshId, any }: Hand): Row | undefined {
  const [client, resource, person] = [any('servicePrincipals'), any('servicePrincipals'), any('users')]
  if (!client || !resource || !person) return undefined
  const isForAll = random() < 0.4
  return {
    id: freshId().replaceAll('-', '').padEnd(43, 'A'),
    clientId: client.id,
    consentType: isForAll ? 'AllPrincipals' : 'Principal',
    principalId: isForAll ? null : person.id,
    resourceId: resource.id,
    scope: ` ${pick(random, scopes)} ${pick(random, scopes)}`,
  }
}

function newAppRole({ tenant, random, freshId, inDays, any }: Hand): Row | undefined {
  const principal = any('servicePrincipals')
  const [graph] = collection(tenant, 'servicePrincipals').with('appId', microsoftGraphAppId)
  if (!principal || !graph) return undefined
  return {
    id: freshId().replaceAll('-', '').padEnd(43, 'A'),
    deletedDateTime: null,
    appRoleId: pick(random, graphAppRoles).id,
    createdDateTime: inDays(0),
    principalDisplayName: principal['displayName'],
    principalId: principal.id,
    principalType: 'ServicePrincipal',
    resourceDisplayName: graph['displayName'],
    resourceId: graph.id,
  }
}

function newRole({ random, freshId, any }: Hand): Row | undefined {
  const principal = any('users')
  if (!principal) return undefined
  return {
    id: freshId().replaceAll('-', '').padEnd(43, 'A'),
    principalId: principal.id,
    roleDefinitionId: pick(
      random,
      directoryRoles.filter((role) => !['User', 'Guest User', 'Restricted Guest User'].includes(role.name)),
    ).id,
    directoryScopeId: '/',
    appScopeId: null,
    condition: null,
  }
}

export const changePlans: readonly ChangePlan[] = [
  {
    path: 'users',
    edit: editUser,
    add: ({ tenant, freshId, number, inDays, random }) => {
      const upn = `${pick(random, ['new', 'zia', '9th', 'ole'])}.person${number}@${tenant.domain}`
      return { ...blankUser, id: freshId(), displayName: `New person ${number}`, userPrincipalName: upn, createdDateTime: inDays(0) }
    },
    isDeletable: true,
    isGrant: false,
  },
  {
    path: 'groups',
    edit: (_row, { random, number }) =>
      pick<Record<string, unknown>>(random, [{ displayName: `Renamed ${number}` }, { description: `changed ${number}` }]),
    add: ({ freshId, number, inDays, random }) => ({
      ...blankGroup,
      id: freshId(),
      displayName: `New group ${number}`,
      mailNickname: `new-group-${number}`,
      createdDateTime: inDays(0),
      groupTypes: random() < 0.5 ? ['Unified'] : [],
    }),
    isDeletable: true,
    isGrant: false,
  },
  {
    path: 'applications',
    edit: editApplication,
    add: ({ tenant, freshId, number, inDays }) => ({
      ...blankApplication,
      id: freshId(),
      appId: freshId(),
      displayName: `New application ${number}`,
      publisherDomain: tenant.domain,
      createdDateTime: inDays(0),
    }),
    isDeletable: true,
    isGrant: false,
  },
  {
    path: 'servicePrincipals',
    edit: editServicePrincipal,
    add: ({ freshId, number }) => {
      const appId = freshId()
      return {
        ...blankServicePrincipal,
        id: freshId(),
        appId,
        displayName: `New service ${number}`,
        appDisplayName: `New service ${number}`,
        appOwnerOrganizationId: freshId(),
        servicePrincipalNames: [appId],
        signInAudience: 'AzureADMultipleOrgs',
      }
    },
    isDeletable: true,
    isGrant: false,
  },
  {
    path: 'oauth2PermissionGrants',
    edit: (row, { random }) => ({ scope: `${text(row, 'scope') ?? ''} ${pick(random, scopes)}` }),
    add: newGrant,
    isDeletable: true,
    isGrant: true,
  },
  { path: 'appRoleAssignments', add: newAppRole, isDeletable: true, isGrant: true },
  { path: 'roleManagement/directory/roleAssignments', add: newRole, isDeletable: true, isGrant: true },
  {
    path: 'identity/conditionalAccess/policies',
    edit: (row, { random, inDays }) => ({
      state: pick(
        random,
        ['enabled', 'disabled', 'enabledForReportingButNotEnforced'].filter((state) => state !== row['state']),
      ),
      modifiedDateTime: inDays(0),
    }),
    isDeletable: false,
    isGrant: false,
  },
]
