import { applicationNames } from './application-names.ts'
import { blankApplication, blankServicePrincipal } from './blank-rows.ts'
import type { RowSource } from './generated-rows.ts'
import { largeGrants } from './large-grants.ts'
import { among, chosen, generated, guids, mix, opaqueIds } from './large-source.ts'
import type { LargeScale } from './large.ts'
import type { Planter } from './planter.ts'
import { graphAppRoles, graphScopes } from './reference.ts'
import type { Row } from './tenant.ts'

/** What each number of `mix` and `among` decides; two uses never share one. */
const use = {
  name: 101,
  created: 102,
  credential: 103,
  certificate: 104,
  audience: 105,
  redirect: 106,
  owner: 107,
  foreign: 108,
  publisher: 109,
  enabled: 110,
  assignment: 111,
  permission: 112,
  resource: 116,
  managed: 117,
} as const

const permissions = [
  'User.Read.All',
  'Group.Read.All',
  'Mail.Send',
  'Directory.Read.All',
  'Sites.Read.All',
  'Calendars.Read',
  'Mail.ReadWrite',
  'Application.ReadWrite.All',
  'User.ReadWrite.All',
] as const
/** Service principals of the company that offer application permissions of their own. */
const RESOURCES = 35

export interface LargeApplications {
  readonly applications: RowSource
  readonly servicePrincipals: RowSource
  readonly grants: RowSource
  readonly assignments: RowSource
  readonly applicationOwners: RowSource
}

/** Applications, service principals and what they were granted in the tenant *large*. */
export function largeApplications(
  planter: Planter,
  scale: LargeScale,
  ground: { readonly microsoftGraph: Row; readonly others: readonly Row[] },
  users: RowSource,
  day: (days: number) => string,
): LargeApplications {
  const key = (name: string): string => planter.id(`generated/${name}`)
  const { tenant } = planter
  const applicationIds = guids(key('applications'), scale.applications)
  const appIds = guids(key('appIds'), scale.servicePrincipals)
  const principalIds = guids(key('servicePrincipals'), scale.servicePrincipals)
  const keyIds = guids(key('keyIds'), scale.applications * 4)
  const publisherIds = guids(key('publishers'), 400)
  const roleIds = guids(key('appRoles'), RESOURCES)
  const name = (index: number): string => `${chosen(index, use.name, applicationNames)} ${index}`
  const host = (index: number): string => `app-${index}.${tenant.domain}`

  function secret(index: number, number: number, startsInDays: number, endsInDays: number): Record<string, unknown> {
    const keyId = keyIds.id(index * 4 + number)
    return {
      customKeyIdentifier: null,
      displayName: number === 0 ? 'secret' : `secret ${number + 1}`,
      endDateTime: day(endsInDays),
      hint: keyId.slice(0, 3),
      keyId,
      secretText: null,
      startDateTime: day(startsInDays),
    }
  }
  /** A third holds none; of the others some ended long ago, some end soon, some were made for years, some pile up. */
  function secrets(index: number): Record<string, unknown>[] {
    const kind = mix(index, use.credential) % 100
    const shift = mix(index, use.created) % 60
    if (kind < 34) return []
    if (kind < 46) return [secret(index, 0, -500 - shift, -30 - shift)]
    if (kind < 50) return [secret(index, 0, -175, 1 + (shift % 7))]
    if (kind < 56) return [secret(index, 0, -150, 8 + (shift % 22))]
    if (kind < 68) return [secret(index, 0, -300 - shift, 700 + shift * 10)]
    if (kind < 72) return [secret(index, 0, -900, -540), secret(index, 1, -545, -10 - shift), secret(index, 2, -20, 160)]
    return [secret(index, 0, -60 - shift, 40 + shift)]
  }
  function certificates(index: number): Record<string, unknown>[] {
    if (!among(index, use.certificate, 220)) return []
    const keyId = keyIds.id(index * 4 + 3)
    const shift = mix(index, use.certificate) % 300
    return [
      {
        customKeyIdentifier: Buffer.from(keyId).toString('base64'),
        displayName: `CN=${host(index)}`,
        endDateTime: day(-20 + shift),
        key: null,
        keyId,
        startDateTime: day(-385 + shift),
        type: 'AsymmetricX509Cert',
        usage: 'Verify',
      },
    ]
  }
  function redirectUris(index: number): string[] {
    const kind = mix(index, use.redirect) % 100
    if (kind < 3) return [`http://${host(index)}/signed-in`]
    if (kind < 6) return [`https://app-${index}.azurewebsites.net/signed-in`]
    return kind < 40 ? [] : [`https://${host(index)}/signed-in`]
  }
  const isMultiTenant = (index: number): boolean => among(index, use.audience, 40)
  const audience = (index: number): string => (isMultiTenant(index) ? 'AzureADMultipleOrgs' : 'AzureADMyOrg')
  const userRead = graphScopes.find((scope) => scope.value === 'User.Read')?.id ?? ''

  const applications = generated({
    size: scale.applications,
    ids: applicationIds,
    blank: blankApplication,
    properties: {
      appId: appIds.id,
      displayName: name,
      createdDateTime: (index) => day(-20 - (mix(index, use.created) % 2400)),
      publisherDomain: () => tenant.domain,
      signInAudience: audience,
      passwordCredentials: secrets,
      keyCredentials: certificates,
      web: (index) => ({ ...blankApplication.web, homePageUrl: `https://${host(index)}`, redirectUris: redirectUris(index) }),
      requiredResourceAccess: () => [{ resourceAppId: ground.microsoftGraph['appId'], resourceAccess: [{ id: userRead, type: 'Scope' }] }],
    },
    find(property, value) {
      if (property !== 'appId') return undefined
      const index = appIds.indexOf(value)
      return index !== undefined && index < scale.applications ? [index] : []
    },
  })

  const isOurs = (index: number): boolean => index < scale.applications
  const isManaged = (index: number): boolean => !isOurs(index) && among(index, use.managed, 180)
  const principalName = (index: number): string =>
    isOurs(index) ? name(index) : isManaged(index) ? `vm-${index}` : `${chosen(index, use.name, applicationNames)} Cloud ${index}`
  const appRoles = (index: number): unknown[] =>
    index < RESOURCES && isOurs(index)
      ? [
          {
            allowedMemberTypes: ['Application'],
            description: 'Read everything',
            displayName: 'Read everything',
            id: roleIds.id(index),
            isEnabled: true,
            origin: 'Application',
            value: 'Everything.Read',
          },
        ]
      : []
  const servicePrincipals = generated({
    size: scale.servicePrincipals,
    ids: principalIds,
    blank: blankServicePrincipal,
    properties: {
      appId: appIds.id,
      displayName: principalName,
      appDisplayName: (index) => (isManaged(index) ? null : principalName(index)),
      accountEnabled: (index) => !among(index, use.enabled, 40),
      appOwnerOrganizationId: (index) =>
        isManaged(index) ? null : isOurs(index) ? tenant.id : publisherIds.id(mix(index, use.publisher) % 400),
      appRoles,
      servicePrincipalNames: (index) => [appIds.id(index)],
      servicePrincipalType: (index) => (isManaged(index) ? 'ManagedIdentity' : 'Application'),
      signInAudience: (index) => (isManaged(index) ? null : isOurs(index) ? audience(index) : 'AzureADMultipleOrgs'),
      tags: (index) => (isManaged(index) ? [] : ['WindowsAzureActiveDirectoryIntegratedApp']),
      replyUrls: (index) => (isOurs(index) ? redirectUris(index) : []),
      verifiedPublisher: (index) =>
        !isOurs(index) && !isManaged(index) && among(index, use.foreign, 600)
          ? {
              displayName: `Publisher ${mix(index, use.publisher) % 400}`,
              verifiedPublisherId: String(5_000_000 + (mix(index, use.publisher) % 400)),
              addedDateTime: day(-400),
            }
          : blankServicePrincipal.verifiedPublisher,
    },
    find(property, value) {
      if (property !== 'appId') return undefined
      const index = appIds.indexOf(value)
      return index === undefined ? [] : [index]
    },
  })

  const grants = largeGrants(planter, scale, { ...principalIds, size: scale.servicePrincipals }, users, () => [
    ground.microsoftGraph,
    ...ground.others,
  ])

  const ownResources = Math.min(RESOURCES, scale.applications)
  const isOnGraph = (index: number): boolean => ownResources === 0 || among(index, use.resource, 550)
  const resourceIndex = (index: number): number => mix(index, use.assignment) % Math.max(1, ownResources)
  const holder = (index: number): number => (index * 2) % scale.servicePrincipals
  const roleOnGraph = (index: number): string => {
    const value = chosen(index, use.permission, permissions)
    return graphAppRoles.find((role) => role.value === value)?.id ?? ''
  }
  const assignments = generated({
    size: scale.assignments,
    ids: opaqueIds(key('assignments'), scale.assignments),
    blank: { deletedDateTime: null, principalType: 'ServicePrincipal' },
    properties: {
      appRoleId: (index) => (isOnGraph(index) ? roleOnGraph(index) : roleIds.id(resourceIndex(index))),
      createdDateTime: (index) => day(-10 - (mix(index, use.created) % 1500)),
      principalDisplayName: (index) => principalName(holder(index)),
      principalId: (index) => principalIds.id(holder(index)),
      resourceDisplayName: (index) => (isOnGraph(index) ? ground.microsoftGraph['displayName'] : name(resourceIndex(index))),
      resourceId: (index) => (isOnGraph(index) ? ground.microsoftGraph.id : principalIds.id(resourceIndex(index))),
    },
  })

  // Seven applications of ten have an owner, some of them somebody who left.
  const owners = Math.floor(scale.applications * 0.7)
  const applicationOwners = generated({
    size: owners,
    ids: guids(key('owners'), owners),
    blank: {},
    properties: {
      applicationId: applicationIds.id,
      ownerId: (index) => users.id(mix(index, use.owner) % scale.users),
    },
  })
  return { applications, servicePrincipals, grants, assignments, applicationOwners }
}
