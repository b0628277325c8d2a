import { createHash, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { assignAppRole, grantScopes, graphTime } from '../signin/consent.ts'
import { findApi, findApplication } from '../signin/directory.ts'
import { GRAPH_APP_ID } from '../signin/first-party.ts'
import { putServicePrincipal } from '../signin/service-principal.ts'
import type { SignInState } from '../signin/state.ts'
import { blankApplication } from '../tenants/blank-rows.ts'
import { guidFor } from '../tenants/random.ts'
import { collection, findRegistration, findTenantUser, put } from '../tenants/world.ts'
import type { Row, Tenant } from '../tenants/world.ts'
import { bad, done, parseBody, unknownProperty } from './outcome.ts'
import type { Outcome } from './outcome.ts'

const guid = z.guid().transform((value) => value.toLowerCase())
const redirectUris = z.looseObject({ redirectUris: z.array(z.url()).optional() })
const scope = z.looseObject({ id: guid, value: z.string().min(1), type: z.enum(['User', 'Admin']) })
const appRole = z.looseObject({
  id: guid,
  value: z.string().min(1),
  displayName: z.string().min(1),
  allowedMemberTypes: z.array(z.enum(['User', 'Application'])).min(1),
})

const registration = z.strictObject({
  application: z.looseObject({
    appId: guid,
    displayName: z.string().min(1),
    identifierUris: z.array(z.url()).optional(),
    signInAudience: z.enum(['AzureADMyOrg', 'AzureADMultipleOrgs']).optional(),
    api: z
      .looseObject({
        requestedAccessTokenVersion: z.union([z.literal(1), z.literal(2), z.null()]).optional(),
        oauth2PermissionScopes: z.array(scope).optional(),
        preAuthorizedApplications: z.array(z.looseObject({ appId: guid, delegatedPermissionIds: z.array(guid) })).optional(),
      })
      .optional(),
    appRoles: z.array(appRole).optional(),
    web: redirectUris.optional(),
    spa: redirectUris.optional(),
    publicClient: redirectUris.optional(),
    requiredResourceAccess: z
      .array(z.looseObject({ resourceAppId: guid, resourceAccess: z.array(z.looseObject({ id: guid, type: z.enum(['Scope', 'Role']) })) }))
      .optional(),
    keyCredentials: z.array(z.looseObject({ key: z.base64().optional() })).optional(),
    passwordCredentials: z.array(z.looseObject({ keyId: guid })).optional(),
  }),
  /** The application belongs to another organisation; this tenant gets its service principal only. */
  servicePrincipalOnly: z.boolean().default(false),
  /** Plaintext client secrets that work. */
  secrets: z.array(z.string().min(1)).default([]),
  /** Resource appId → delegated scopes granted for everybody. */
  consent: z.record(z.string(), z.array(z.string().min(1))).default({}),
  /** App roles of this application given to people. */
  assignments: z.array(z.strictObject({ user: z.string().min(1), role: z.string().min(1) })).default([]),
})
type Registration = z.infer<typeof registration>

const SECRET_DAYS = 180
const DAY_MS = 86_400_000

/** Creates or replaces an application, its service principal, its tenant-wide grants and its people's roles. Judges all before it changes anything. */
export function putRegistration(state: SignInState, tenant: Tenant, bodyText: string): Outcome {
  const parsed = parseBody(bodyText, registration)
  if (!parsed.ok) return parsed
  const body = parsed.value
  const { application } = body
  if (application.appId === GRAPH_APP_ID) return bad('Microsoft Graph itself cannot be registered anew.')
  const unknown = unknownProperty(application, blankApplication, { id: '' })
  if (unknown !== undefined) return bad(`application.${unknown} is not a property of a Graph application.`)
  const certificates = readCertificates(body)
  if (!certificates) return bad('application.keyCredentials: a key is not a certificate in base64 DER.')
  const people = readAssignments(tenant, body)
  if (!Array.isArray(people)) return people
  const fault = consentFault(state, tenant, body)
  if (fault !== undefined) return bad(fault)

  const stored = body.servicePrincipalOnly ? undefined : putApplication(state, tenant, body)
  const owner = stored ? tenant : findApplication(state.world, application.appId)?.tenant
  const existing = findRegistration(tenant, application.appId)?.servicePrincipal
  const servicePrincipal = putServicePrincipal(tenant, application, owner?.id ?? String(existing?.['appOwnerOrganizationId'] ?? tenant.id))
  if (body.secrets.length > 0) tenant.secrets.set(application.appId, body.secrets)
  else tenant.secrets.delete(application.appId)
  if (certificates.length > 0) state.certificates.set(`${tenant.id}/${application.appId}`, certificates)
  else state.certificates.delete(`${tenant.id}/${application.appId}`)

  replaceGrants(state, tenant, servicePrincipal, body.consent)
  const roles = new Map((application.appRoles ?? []).map((role) => [role.value, role.id]))
  const assigned = collection(tenant, 'appRoleAssignments')
  for (const row of assigned.with('resourceId', servicePrincipal.id)) if (row['principalType'] === 'User') assigned.delete(row.id)
  for (const { principal, role } of people) {
    assignAppRole(tenant, {
      principal,
      principalType: 'User',
      resource: servicePrincipal,
      appRoleId: roles.get(role) ?? '',
      now: state.world.clock.now(),
    })
  }
  return done({ appId: application.appId, applicationId: stored?.id ?? null, servicePrincipalId: servicePrincipal.id })
}

/** Takes consent away from a client: all of it, or one scope wherever it was granted. */
export function removeConsent(tenant: Tenant, clientAppId: string, scopeName: string | null): Outcome {
  const client = findRegistration(tenant, clientAppId.toLowerCase())?.servicePrincipal
  if (!client)
    return { ok: false, status: 404, message: `The tenant ${tenant.name} has no service principal with the appId ${clientAppId}.` }
  let removed = 0
  for (const grant of collection(tenant, 'oauth2PermissionGrants').with('clientId', client.id)) {
    const scopes = String(grant['scope'] ?? '')
      .split(' ')
      .filter(Boolean)
    const kept = scopeName === null ? [] : scopes.filter((name) => name !== scopeName)
    removed += scopes.length - kept.length
    if (kept.length === 0) collection(tenant, 'oauth2PermissionGrants').delete(grant.id)
    else put(tenant, 'oauth2PermissionGrants', { ...grant, scope: kept.join(' ') })
  }
  return done({ removedScopes: removed })
}

function putApplication(state: SignInState, tenant: Tenant, body: Registration): Row {
  const { application } = body
  const existing = findRegistration(tenant, application.appId)?.application
  const now = state.world.clock.now()
  const { api, web, spa, publicClient } = application
  return put(tenant, 'applications', {
    ...blankApplication,
    publisherDomain: tenant.domain,
    createdDateTime: existing?.['createdDateTime'] ?? graphTime(now),
    ...application,
    api: { ...blankApplication.api, ...api },
    web: { ...blankApplication.web, ...web },
    spa: { ...blankApplication.spa, ...spa },
    publicClient: { ...blankApplication.publicClient, ...publicClient },
    keyCredentials: (application.keyCredentials ?? []).map((credential) => ({ ...credential, key: null })),
    passwordCredentials:
      application.passwordCredentials ?? body.secrets.map((secret, index) => passwordCredential(application.appId, secret, index, now)),
    id:
      existing?.id ??
      (typeof application['id'] === 'string' ? application['id'] : guidFor(`${tenant.id}/application/${application.appId}`)),
  })
}

/** A secret as Graph shows it: never its text. */
function passwordCredential(appId: string, secret: string, index: number, now: number): Record<string, unknown> {
  return {
    customKeyIdentifier: null,
    displayName: `secret ${index + 1}`,
    endDateTime: graphTime(now + SECRET_DAYS * DAY_MS),
    hint: secret.slice(0, 3),
    keyId: guidFor(`${appId}/${createHash('sha256').update(secret).digest('hex')}`),
    secretText: null,
    startDateTime: graphTime(now),
  }
}

function readCertificates(body: Registration): string[] | undefined {
  const certificates: string[] = []
  for (const { key } of body.application.keyCredentials ?? []) {
    if (key === undefined) continue
    try {
      certificates.push(new X509Certificate(Buffer.from(key, 'base64')).toString())
    } catch {
      return undefined
    }
  }
  return certificates
}

function readAssignments(tenant: Tenant, body: Registration): { principal: Row; role: string }[] | (Outcome & { readonly ok: false }) {
  const people: { principal: Row; role: string }[] = []
  const roles = (body.application.appRoles ?? []).map((role) => role.value)
  for (const { user, role } of body.assignments) {
    const principal = findTenantUser(tenant, user)
    if (!principal) return bad(`assignments: ${tenant.name} has no user "${user}".`)
    if (!roles.includes(role))
      return bad(`assignments: the application has no app role with the value "${role}". It has ${roles.join(', ') || 'none'}.`)
    people.push({ principal, role })
  }
  return people
}

/** Why the consent cannot be granted, or undefined. A grant on the application itself is judged by the scopes it brings. */
function consentFault(state: SignInState, tenant: Tenant, body: Registration): string | undefined {
  for (const [resource, scopes] of Object.entries(body.consent)) {
    const isItself = resource.toLowerCase() === body.application.appId
    const found = isItself ? undefined : findApi(state.world, tenant, resource)
    if (found && !found.ok) return `consent: ${tenant.name} has no resource "${resource}". Register it first.`
    const known = found?.ok
      ? found.api.servicePrincipal.oauth2PermissionScopes.map((entry) => entry.value)
      : (body.application.api?.oauth2PermissionScopes ?? []).map((entry) => entry.value)
    const missing = scopes.find((name) => !known.includes(name))
    if (missing !== undefined) return `consent: the resource "${resource}" has no delegated scope "${missing}".`
  }
  return undefined
}

function replaceGrants(state: SignInState, tenant: Tenant, client: Row, consent: Registration['consent']): void {
  const grants = collection(tenant, 'oauth2PermissionGrants')
  for (const row of grants.with('clientId', client.id)) if (row['consentType'] === 'AllPrincipals') grants.delete(row.id)
  for (const [resource, scopes] of Object.entries(consent)) {
    const found = findApi(state.world, tenant, resource)
    if (!found.ok) throw new Error(`The resource ${resource} was found a moment ago and must still be there.`)
    if (scopes.length > 0)
      grantScopes(tenant, { clientId: client.id, resourceId: found.api.servicePrincipal.id, principalId: null, scopes })
  }
}
