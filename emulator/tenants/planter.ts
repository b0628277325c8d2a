import {
  blankApplication,
  blankConditionalAccessPolicy,
  blankGroup,
  blankServicePrincipal,
  blankUser,
  openConditions,
  openSession,
} from './blank-rows.ts'
import { guidFor, opaqueIdFor, randomStream } from './random.ts'
import { collection, put } from './tenant.ts'
import type { Row, Tenant } from './tenant.ts'

const DAY_MS = 86_400_000

export interface Credential {
  /** What the secret is for, shown in the portal. */
  readonly name: string
  /** Days before (negative) or after the start of the world. */
  readonly startsInDays: number
  readonly endsInDays: number
}

/** Everything a tenant is planted with; ids depend on seed, tenant and key only, dates on the start only. */
export interface Planter {
  readonly tenant: Tenant
  readonly random: () => number
  readonly initialDomain: string
  id(key: string): string
  /** A moment so many days after the start, in Graph's format. */
  inDays(days: number): string
  user(key: string, properties: Readonly<Record<string, unknown>>): Row
  group(key: string, properties: Readonly<Record<string, unknown>>, memberIds: readonly { id: string; type: string }[]): Row
  application(
    key: string,
    properties: Readonly<Record<string, unknown>>,
    credentials?: { secrets?: readonly Credential[]; certificates?: readonly Credential[] },
  ): { application: Row; servicePrincipal: Row }
  servicePrincipal(key: string, properties: Readonly<Record<string, unknown>>): Row
  grant(clientId: string, resourceId: string, scopes: string, principalId?: string): Row
  appRole(principalId: string, principalType: string, principalName: string, resource: Row, appRoleId: string): Row
  role(principalId: string, roleDefinitionId: string): Row
  eligible(principalId: string, roleDefinitionId: string): Row
  policy(
    key: string,
    displayName: string,
    state: string,
    conditions: Readonly<Record<string, unknown>>,
    users: Readonly<Record<string, unknown>>,
    grantControls: Readonly<Record<string, unknown>>,
    ageDays: number,
    sessionControls?: Readonly<Record<string, unknown>>,
  ): Row
  /** Stores a row of any collection. */
  put(path: string, row: Row): Row
  /** Changes some properties of a row that was planted before. */
  amend(path: string, id: string, properties: Readonly<Record<string, unknown>>): Row
  /** Secrets or certificates as Graph answers them, for objects other than applications too. */
  credentials(key: string, kind: 'secret' | 'certificate', list: readonly Credential[]): Record<string, unknown>[]
  /** Makes somebody an owner of an application, service principal or group. */
  owner(of: 'application' | 'servicePrincipal' | 'group', id: string, ownerId: string): Row
}

export function makePlanter(tenant: Tenant, seed: number, startMs: number): Planter {
  const scope = `${seed}/${tenant.name}`
  const initialDomain = `${tenant.name}.onmicrosoft.com`
  const id = (key: string): string => guidFor(`${scope}/${key}`)
  const opaque = (key: string): string => opaqueIdFor(`${scope}/${key}`)
  const inDays = (days: number): string =>
    new Date(Math.floor(startMs / 1000) * 1000 + Math.round(days * DAY_MS)).toISOString().replace('.000Z', 'Z')

  function user(key: string, properties: Readonly<Record<string, unknown>>): Row {
    const upn = typeof properties['userPrincipalName'] === 'string' ? properties['userPrincipalName'] : `${key}@${tenant.domain}`
    return put(tenant, 'users', {
      ...blankUser,
      userPrincipalName: upn,
      mail: upn.includes('#EXT#') ? null : upn,
      mailNickname: upn.split('@')[0] ?? key,
      proxyAddresses: upn.includes('#EXT#') ? [] : [`SMTP:${upn}`],
      identities: [{ signInType: 'userPrincipalName', issuer: initialDomain, issuerAssignedId: upn }],
      ...properties,
      id: id(`user/${key}`),
    })
  }

  function credentials(key: string, kind: 'secret' | 'certificate', list: readonly Credential[]): Record<string, unknown>[] {
    return list.map((credential, index) => {
      const keyId = id(`${kind}/${key}/${index}`)
      const common = {
        customKeyIdentifier: null,
        displayName: credential.name,
        endDateTime: inDays(credential.endsInDays),
        keyId,
        startDateTime: inDays(credential.startsInDays),
      }
      if (kind === 'secret') return { ...common, hint: opaque(`hint/${keyId}`).slice(0, 3), secretText: null }
      return {
        ...common,
        customKeyIdentifier: Buffer.from(keyId).toString('base64'),
        key: null,
        type: 'AsymmetricX509Cert',
        usage: 'Verify',
        displayName: `CN=${credential.name}`,
      }
    })
  }

  function servicePrincipal(key: string, properties: Readonly<Record<string, unknown>>): Row {
    return put(tenant, 'servicePrincipals', { ...blankServicePrincipal, ...properties, id: id(`servicePrincipal/${key}`) })
  }

  return {
    tenant,
    initialDomain,
    id,
    inDays,
    user,
    servicePrincipal,
    random: randomStream(scope),
    group(key, properties, members) {
      const group = put(tenant, 'groups', {
        ...blankGroup,
        mailNickname: key,
        createdDateTime: inDays(-400),
        securityIdentifier: null,
        ...properties,
        id: id(`group/${key}`),
      })
      for (const member of members) {
        put(tenant, 'groupMembers', { id: `${group.id}_${member.id}`, groupId: group.id, memberId: member.id, memberType: member.type })
      }
      return group
    },
    application(key, properties, lists = {}) {
      const appId = id(`appId/${key}`)
      const created = { appId, createdDateTime: inDays(-500 + Math.floor(randomStream(`${scope}/created/${key}`)() * 400)) }
      const application = put(tenant, 'applications', {
        ...blankApplication,
        ...created,
        publisherDomain: tenant.domain,
        ...properties,
        id: id(`application/${key}`),
        passwordCredentials: credentials(key, 'secret', lists.secrets ?? []),
        keyCredentials: credentials(key, 'certificate', lists.certificates ?? []),
      })
      const principal = servicePrincipal(key, {
        appId,
        appDisplayName: application['displayName'],
        displayName: application['displayName'],
        appOwnerOrganizationId: tenant.id,
        servicePrincipalNames: [appId],
        signInAudience: application['signInAudience'],
        tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
      })
      return { application, servicePrincipal: principal }
    },
    grant(clientId, resourceId, scopes, principalId) {
      const consentType = principalId === undefined ? 'AllPrincipals' : 'Principal'
      // Graph answers the scopes with a leading space when the portal made the grant.
      return put(tenant, 'oauth2PermissionGrants', {
        id: opaque(`grant/${clientId}/${resourceId}/${principalId ?? ''}`),
        clientId,
        consentType,
        principalId: principalId ?? null,
        resourceId,
        scope: ` ${scopes}`,
      })
    },
    appRole(principalId, principalType, principalName, resource, appRoleId) {
      return put(tenant, 'appRoleAssignments', {
        id: opaque(`appRole/${principalId}/${resource.id}/${appRoleId}`),
        deletedDateTime: null,
        appRoleId,
        createdDateTime: inDays(-200),
        principalDisplayName: principalName,
        principalId,
        principalType,
        resourceDisplayName: resource['displayName'],
        resourceId: resource.id,
      })
    },
    role(principalId, roleDefinitionId) {
      return put(tenant, 'roleManagement/directory/roleAssignments', {
        id: opaque(`role/${principalId}/${roleDefinitionId}`),
        principalId,
        roleDefinitionId,
        directoryScopeId: '/',
        appScopeId: null,
        condition: null,
      })
    },
    eligible(principalId, roleDefinitionId) {
      const key = `eligible/${principalId}/${roleDefinitionId}`
      return put(tenant, 'roleManagement/directory/roleEligibilityScheduleInstances', {
        id: opaque(key),
        principalId,
        roleDefinitionId,
        directoryScopeId: '/',
        appScopeId: null,
        startDateTime: inDays(-90),
        endDateTime: inDays(275),
        memberType: 'Direct',
        roleEligibilityScheduleId: id(key),
      })
    },
    credentials,
    put(path, row) {
      return put(tenant, path, row)
    },
    amend(path, rowId, properties) {
      const row = collection(tenant, path).get(rowId)
      if (!row) throw new Error(`There is nothing to amend: ${path} holds no "${rowId}".`)
      return put(tenant, path, { ...row, ...properties, id: rowId })
    },
    owner(of, ownedId, ownerId) {
      return put(tenant, `${of}Owners`, { id: `${ownedId}_${ownerId}`, [`${of}Id`]: ownedId, ownerId })
    },
    policy(key, displayName, state, conditions, users, grantControls, ageDays, sessionControls) {
      return put(tenant, 'identity/conditionalAccess/policies', {
        ...blankConditionalAccessPolicy,
        id: id(`policy/${key}`),
        displayName,
        state,
        createdDateTime: inDays(-ageDays),
        modifiedDateTime: inDays(-ageDays / 2),
        conditions: { ...openConditions, ...conditions, users: { ...openConditions.users, ...users } },
        grantControls: {
          operator: 'OR',
          builtInControls: [],
          customAuthenticationFactors: [],
          termsOfUse: [],
          authenticationStrength: null,
          ...grantControls,
        },
        sessionControls: sessionControls ? { ...openSession, ...sessionControls } : null,
      })
    },
  }
}
