import { countOf, inDays, isThere, required, rowOf, somebody } from './trip-case.ts'
import type { Row, TripCase, TripTenant } from './trip-case.ts'

const firstKey = '99999999-2222-4333-8444-000000000001'
const secondKey = '99999999-2222-4333-8444-000000000002'
const graphAppId = '00000003-0000-0000-c000-000000000000'

/** An application of the tenant's own with a service principal, another one for each number. */
async function someApplication(tenant: TripTenant, number: number): Promise<{ readonly application: Row; readonly principal: Row }> {
  const principals = new Map((await tenant.rows('servicePrincipals')).map((row) => [row['appId'], row]))
  const pairs = (await tenant.rows('applications')).flatMap((application) => {
    const principal = principals.get(application['appId'])
    return principal && !/^Countersign/.test(String(application['displayName'])) ? [{ application, principal }] : []
  })
  return required(pairs[number], `application number ${number}`)
}

function secret(keyId: string, endsInDays: number) {
  return {
    keyId,
    displayName: 'planted',
    hint: 'abc',
    secretText: null,
    customKeyIdentifier: null,
    startDateTime: inDays(endsInDays - 365),
    endDateTime: inDays(endsInDays),
  }
}

function certificate(keyId: string, endsInDays: number) {
  return {
    keyId,
    displayName: 'CN=planted',
    customKeyIdentifier: Buffer.from(keyId.slice(-20)).toString('base64'),
    key: null,
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    startDateTime: inDays(endsInDays - 365),
    endDateTime: inDays(endsInDays),
  }
}

/** Takes the first of two credentials away: the object keeps the second. */
function removeCredential(
  actionId: string,
  number: number,
  holder: 'applications' | 'servicePrincipals',
  credentials: { readonly property: string; readonly first: object; readonly second: object },
  inputOf: (id: string) => Planted['input'],
): TripCase {
  return {
    actionId,
    about: 'the first of two',
    async plant(tenant) {
      const { application, principal } = await someApplication(tenant, number)
      const { id } = holder === 'applications' ? application : principal
      await tenant.amend(holder, id, { [credentials.property]: [credentials.first, credentials.second] })
      const look = async () => [(await rowOf(tenant, holder, id))[credentials.property]].flat().map(keyIdOf)
      return { input: inputOf(id), objects: [id], look }
    },
    shows: [[firstKey, secondKey], [secondKey]],
    changes: [holder],
    undo: 'none',
  }
}
type Planted = Awaited<ReturnType<TripCase['plant']>>

function keyIdOf(credential: unknown): unknown {
  return credential !== null && typeof credential === 'object' && 'keyId' in credential ? credential.keyId : undefined
}

const secrets = { property: 'passwordCredentials', first: secret(firstKey, -10), second: secret(secondKey, 100) }
const certificates = { property: 'keyCredentials', first: certificate(firstKey, -10), second: certificate(secondKey, 100) }

function setEnabled(actionId: string, number: number, before: boolean): TripCase {
  return {
    actionId,
    about: 'an enterprise application',
    async plant(tenant) {
      const { id } = (await someApplication(tenant, number)).principal
      await tenant.amend('servicePrincipals', id, { accountEnabled: before })
      return {
        input: { servicePrincipalId: id },
        objects: [id],
        look: async () => (await rowOf(tenant, 'servicePrincipals', id))['accountEnabled'],
      }
    },
    shows: [before, !before],
    changes: ['servicePrincipals'],
    undo: 'asBefore',
  }
}

function removeGrant(about: 'everybody' | 'one person', number: number): TripCase {
  const path = 'oauth2PermissionGrants'
  return {
    actionId: 'remove-delegated-grant',
    about: `for ${about}`,
    async plant(tenant) {
      const { id: clientId } = (await someApplication(tenant, number)).principal
      const resource = (await tenant.rows('servicePrincipals')).find(({ appId }) => appId === graphAppId)
      const grant = {
        clientId,
        resourceId: required(resource, 'Microsoft Graph').id,
        consentType: about === 'everybody' ? 'AllPrincipals' : 'Principal',
        principalId: about === 'everybody' ? null : (await somebody(tenant, 40)).id,
      }
      // One row there already would be another grant of the same permissions.
      const existing = (await tenant.rows(path)).find((row) => Object.entries(grant).every(([name, value]) => row[name] === value))
      const id = existing?.id ?? `trip-grant-${number}`
      await tenant.put(path, { id, ...grant, scope: 'User.Read Mail.Read' })
      const look = () => countOf(tenant, path, { ...grant, scope: 'User.Read Mail.Read' })
      return { input: { grantId: id }, objects: [clientId], look }
    },
    shows: [1, 0],
    changes: [path],
    undo: 'asBefore',
    renewed: ['id'],
  }
}

const appRoleId = '99999999-2222-4333-8444-0000000000aa'
const assignments = 'appRoleAssignments'

/** Of an application of the tenant's own, whose role can be given again. */
const removeAppRole: TripCase = {
  actionId: 'remove-app-role',
  about: 'of an application of the tenant',
  async plant(tenant) {
    const { id: resourceId, displayName } = (await someApplication(tenant, 8)).principal
    const { id: principalId, displayName: principalDisplayName } = (await someApplication(tenant, 9)).principal
    const role = { id: appRoleId, value: 'Orders.Read', displayName: 'Read orders', isEnabled: true, allowedMemberTypes: ['Application'] }
    await tenant.amend('servicePrincipals', resourceId, { appRoles: [{ ...role, description: 'Read orders', origin: 'Application' }] })
    const holding = { resourceId, principalId, appRoleId }
    await tenant.put(assignments, {
      id: 'trip-app-role',
      ...holding,
      deletedDateTime: null,
      createdDateTime: inDays(-10),
      principalDisplayName,
      principalType: 'ServicePrincipal',
      resourceDisplayName: displayName,
    })
    return {
      input: { resourceId, assignmentId: 'trip-app-role' },
      objects: [resourceId],
      look: () => countOf(tenant, assignments, holding),
    }
  },
  shows: [1, 0],
  changes: [assignments],
  undo: 'asBefore',
  renewed: ['id', 'createdDateTime'],
}

/** Only a Privileged Role Administrator could give it again. */
const removeGraphRole: TripCase = {
  actionId: 'remove-app-role',
  about: 'of Microsoft Graph',
  async plant(tenant) {
    const found = (await tenant.rows(assignments)).find(({ resourceDisplayName }) => resourceDisplayName === 'Microsoft Graph')
    const { id, resourceId } = required(found, 'application permission of Microsoft Graph')
    return {
      input: { resourceId, assignmentId: id },
      objects: [String(resourceId)],
      look: () => isThere(tenant, assignments, id),
    }
  },
  shows: [true, false],
  changes: [assignments],
  undo: 'none',
}

const addOwner: TripCase = {
  actionId: 'add-app-owner',
  about: 'a member',
  async plant(tenant) {
    const { id: applicationId } = (await someApplication(tenant, 10)).application
    const { id: ownerId } = await somebody(tenant, 41)
    return {
      input: { applicationId, ownerId },
      objects: [applicationId],
      look: () => countOf(tenant, 'applicationOwners', { applicationId, ownerId }),
    }
  },
  shows: [0, 1],
  changes: ['applicationOwners'],
  undo: 'asBefore',
}

function deleteApplication(about: 'with its enterprise application' | 'without one', number: number): TripCase {
  const hasPrincipal = about === 'with its enterprise application'
  return {
    actionId: 'delete-application',
    about,
    async plant(tenant) {
      const { application, principal } = await someApplication(tenant, number)
      // Of an appId that no service principal has, none goes with it.
      const appId = hasPrincipal ? application['appId'] : `99999999-2222-4333-8444-0000000000${number}`
      await tenant.amend('applications', application.id, { appId })
      const look = async () => ({
        application: await isThere(tenant, 'applications', application.id),
        principal: await isThere(tenant, 'servicePrincipals', principal.id),
        grants: (await countOf(tenant, 'oauth2PermissionGrants', { clientId: principal.id })) > 0,
      })
      await tenant.put('oauth2PermissionGrants', {
        id: 'trip-grant-of-deleted',
        clientId: principal.id,
        consentType: 'AllPrincipals',
        principalId: null,
        resourceId: required(
          (await tenant.rows('servicePrincipals')).find((row) => row['appId'] === graphAppId),
          'Microsoft Graph',
        ).id,
        scope: 'User.Read',
      })
      return { input: { applicationId: application.id }, objects: [application.id], look }
    },
    shows: hasPrincipal
      ? [
          { application: true, principal: true, grants: true },
          { application: false, principal: false, grants: false },
        ]
      : [
          { application: true, principal: true, grants: true },
          { application: false, principal: true, grants: true },
        ],
    changes: [
      'applications',
      'servicePrincipals',
      'directory/deletedItems',
      'relationsOfDeleted',
      'oauth2PermissionGrants',
      'appRoleAssignments',
      'groupMembers',
    ],
    undo: 'asBefore',
  }
}

export const casesOfApplications: readonly TripCase[] = [
  removeCredential('remove-app-secret', 0, 'applications', secrets, (applicationId) => ({ applicationId, keyId: firstKey })),
  removeCredential('remove-oldest-secret', 1, 'applications', secrets, (applicationId) => ({ applicationId })),
  removeCredential('remove-app-certificate', 2, 'applications', certificates, (applicationId) => ({ applicationId, keyId: firstKey })),
  removeCredential('remove-service-principal-secret', 3, 'servicePrincipals', secrets, (servicePrincipalId) => ({
    servicePrincipalId,
    keyId: firstKey,
  })),
  setEnabled('block-service-principal', 4, true),
  setEnabled('unblock-service-principal', 5, false),
  removeGrant('everybody', 6),
  removeGrant('one person', 7),
  removeAppRole,
  removeGraphRole,
  addOwner,
  deleteApplication('with its enterprise application', 11),
  deleteApplication('without one', 12),
]
