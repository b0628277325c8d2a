import { z } from 'zod'
import { graphTime } from '../signin/consent.ts'
import { blankRows, blankUser } from '../tenants/blank-rows.ts'
import { removeObject, restoreObject } from '../tenants/deleted.ts'
import { guidFor } from '../tenants/random.ts'
import { activeRoles, assignDirectoryRole, clearDirectoryRoles, findRoleDefinition } from '../tenants/roles.ts'
import { collection, findTenantUser, plantedRows, put, text } from '../tenants/world.ts'
import type { Tenant, World } from '../tenants/world.ts'
import { absent, bad, done, parseBody, unknownProperty } from './outcome.ts'
import type { Outcome } from './outcome.ts'

const userBody = z.looseObject({
  userPrincipalName: z.string().regex(/^[^@\s]+@[^@\s]+$/, 'must be name@domain'),
  displayName: z.string().min(1),
  accountEnabled: z.boolean().default(true),
  /** Display names or template ids. Left out: the person's roles stay; empty: they all go. */
  directoryRoles: z.array(z.string().min(1)).optional(),
})

/** Creates a person, or replaces the one with that user principal name under the same id. */
export function putUser(world: World, tenant: Tenant, bodyText: string): Outcome {
  const parsed = parseBody(bodyText, userBody)
  if (!parsed.ok) return parsed
  const { directoryRoles, ...properties } = parsed.value
  const unknown = unknownProperty(properties, blankUser, { id: '' })
  if (unknown !== undefined) return bad(`${unknown} is not a property of a Graph user.`)
  const upn = properties.userPrincipalName
  const domain = upn.split('@')[1]?.toLowerCase() ?? ''
  if (domain !== tenant.domain && !collection(tenant, 'domains').has(domain)) {
    return bad(`userPrincipalName: ${domain} is no domain of ${tenant.name}; use ${tenant.domain}.`)
  }
  const strange = directoryRoles?.find((role) => !findRoleDefinition(tenant, role))
  if (strange !== undefined) return bad(`directoryRoles: there is no directory role "${strange}".`)

  const existing = findTenantUser(tenant, upn)
  const id = existing?.id ?? (typeof properties['id'] === 'string' ? properties['id'] : guidFor(`${tenant.id}/user/${upn.toLowerCase()}`))
  const created = existing?.['createdDateTime'] ?? graphTime(world.clock.now())
  const defaults = { mail: upn, mailNickname: upn.split('@')[0] ?? upn, createdDateTime: created }
  put(tenant, 'users', { ...blankUser, ...defaults, ...properties, id })
  if (directoryRoles) {
    clearDirectoryRoles(tenant, id)
    for (const role of directoryRoles) assignDirectoryRole(tenant, id, role, guidFor(`${tenant.id}/role/${id}/${role.toLowerCase()}`))
  }
  return done({ id, userPrincipalName: upn })
}

const roleDefinitionBody = z.strictObject({
  displayName: z.string().min(1),
  allowedResourceActions: z.array(z.string().regex(/^microsoft\.[a-zA-Z.]+\/.+$/)).min(1),
})

/** Creates a custom directory role, or replaces the one of that name. */
export function putRoleDefinition(tenant: Tenant, bodyText: string): Outcome {
  const parsed = parseBody(bodyText, roleDefinitionBody)
  if (!parsed.ok) return parsed
  const { displayName, allowedResourceActions } = parsed.value
  const existing = findRoleDefinition(tenant, displayName)
  if (existing?.['isBuiltIn'] === true) return bad(`displayName: "${displayName}" is a built-in role and cannot be replaced.`)
  const id = existing?.id ?? guidFor(`${tenant.id}/role-definition/${displayName.toLowerCase()}`)
  put(tenant, 'roleManagement/directory/roleDefinitions', {
    id,
    templateId: id,
    displayName,
    description: null,
    isBuiltIn: false,
    isEnabled: true,
    resourceScopes: ['/'],
    version: null,
    rolePermissions: [{ allowedResourceActions, condition: null }],
  })
  return done({ id, displayName })
}

/** The people of a tenant (of a generated one, those whom it knows by name) with their active directory roles. */
export function listPeople(tenant: Tenant): Outcome {
  const people = plantedRows(collection(tenant, 'users')).map((user) => ({
    id: user.id,
    displayName: text(user, 'displayName') ?? null,
    userPrincipalName: text(user, 'userPrincipalName') ?? null,
    accountEnabled: user['accountEnabled'] === true,
    roles: activeRoles(tenant, user.id).map((role) => text(role, 'displayName') ?? role.id),
  }))
  return done({ people })
}

/** An edit by somebody else: merged into the object, seen by the next read, without an audit row. */
export function patchObject(tenant: Tenant, path: string, id: string, bodyText: string): Outcome {
  const rows = tenant.collections.get(path)
  if (!rows) return absent(`${tenant.name} has no collection "${path}".`)
  const row = rows.get(id)
  if (!row) return absent(`${tenant.name} has no object "${id}" in ${path}.`)
  const parsed = parseBody(bodyText, z.record(z.string(), z.unknown()))
  if (!parsed.ok) return parsed
  if (Object.keys(parsed.value).length === 0) return bad('The body names no property to change.')
  if ('id' in parsed.value) return bad('An object keeps its id; leave id out.')
  const unknown = unknownProperty(parsed.value, row, blankRows[path] ?? {})
  if (unknown !== undefined) return bad(`${unknown} is not a property of the objects in ${path}.`)
  put(tenant, path, { ...row, ...parsed.value })
  return done({ id, changed: Object.keys(parsed.value) })
}

/** Every object of a collection, as it is kept. */
export function listObjects(tenant: Tenant, path: string): Outcome {
  const rows = tenant.collections.get(path)
  return rows ? done({ objects: [...rows.values()] }) : absent(`${tenant.name} has no collection "${path}".`)
}

/** An object made by somebody else, or one put in the place of another: what is left out is blank. */
export function putObject(tenant: Tenant, path: string, id: string, bodyText: string): Outcome {
  if (!tenant.collections.has(path)) return absent(`${tenant.name} has no collection "${path}".`)
  const parsed = parseBody(bodyText, z.record(z.string(), z.unknown()))
  if (!parsed.ok) return parsed
  if ('id' in parsed.value && parsed.value['id'] !== id) return bad('The id in the body is not that of the path.')
  put(tenant, path, { ...(blankRows[path] ?? {}), ...parsed.value, id })
  return done({ id })
}

/** A deletion by somebody else; what can be restored goes to `directory/deletedItems`, and from there for good. */
export function deleteObject(world: World, tenant: Tenant, path: string, id: string): Outcome {
  const wasThere = tenant.collections.has(path) && removeObject(tenant, path, id, graphTime(world.clock.now()))
  return wasThere ? done() : absent(`${tenant.name} has no object "${id}" in ${path}.`)
}

/** A restoration by somebody else. */
export function undeleteObject(tenant: Tenant, id: string): Outcome {
  const collectionPath = restoreObject(tenant, id)
  return collectionPath === undefined ? absent(`${tenant.name} has no deleted object "${id}".`) : done({ id, collection: collectionPath })
}

/** Ends every session of a person: refresh tokens, on-behalf-of and browser sessions from before now. */
export function revokeSessions(world: World, tenant: Tenant, userId: string): Outcome {
  const user = findTenantUser(tenant, userId)
  if (!user) return absent(`${tenant.name} has no user "${userId}".`)
  const now = world.clock.now()
  world.revokedSince.set(user.id, now)
  put(tenant, 'users', { ...user, signInSessionsValidFromDateTime: graphTime(now) })
  return done({ id: user.id, revokedSince: now })
}
