import { createHash } from 'node:crypto'
import { activeRoles } from '../tenants/roles.ts'
import { collection, put, text } from '../tenants/world.ts'
import type { Row, Tenant } from '../tenants/world.ts'
import type { Person } from './directory.ts'

/** Role template of Global Administrator. */
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
/** Role templates that may consent for everybody: https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent */
const CONSENT_ROLES = new Set([
  GLOBAL_ADMINISTRATOR,
  'e8611ab8-c189-46e8-94e1-60213ab1f814', // Privileged Role Administrator
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', // Application Administrator
  '158c047a-c907-4556-b7ef-446551a6b5f7', // Cloud Application Administrator
])

export function isGlobalAdministrator(tenant: Tenant, person: Person): boolean {
  return activeRoles(tenant, person.id).some((role) => templateId(role) === GLOBAL_ADMINISTRATOR)
}

/** Whether a person may accept delegated permissions for the whole organisation. */
export function mayConsentForOrganisation(tenant: Tenant, person: Person): boolean {
  return activeRoles(tenant, person.id).some((role) => CONSENT_ROLES.has(templateId(role)))
}

/** Whether the tenant lets a person accept, for themselves, permissions that need no administrator. */
export function mayConsentForSelf(tenant: Tenant): boolean {
  const [policy] = collection(tenant, 'policies/authorizationPolicy').values()
  const permissions = policy?.['defaultUserRolePermissions']
  if (typeof permissions !== 'object' || permissions === null || !('permissionGrantPoliciesAssigned' in permissions)) return true
  const assigned = permissions.permissionGrantPoliciesAssigned
  return Array.isArray(assigned) && assigned.some((policyId) => String(policyId).startsWith('ManagePermissionGrantsForSelf.'))
}

/** Adds delegated scopes to a client's grant on a resource: for everybody, or for one person. */
export function grantScopes(
  tenant: Tenant,
  grant: { clientId: string; resourceId: string; principalId: string | null; scopes: readonly string[] },
): Row {
  const { clientId, resourceId, principalId } = grant
  const existing = collection(tenant, 'oauth2PermissionGrants')
    .with('clientId', clientId)
    .find((row) => row['resourceId'] === resourceId && (row['principalId'] ?? null) === principalId)
  const scopes = new Set([...(text(existing, 'scope') ?? '').split(' ').filter(Boolean), ...grant.scopes])
  return put(tenant, 'oauth2PermissionGrants', {
    id: existing?.id ?? stableId(`${clientId} ${resourceId} ${principalId ?? ''}`),
    clientId,
    consentType: principalId === null ? 'AllPrincipals' : 'Principal',
    principalId,
    resourceId,
    scope: [...scopes].join(' '),
  })
}

/** Assigns an app role once. */
export function assignAppRole(
  tenant: Tenant,
  assignment: { principal: Row; principalType: 'User' | 'ServicePrincipal'; resource: Row; appRoleId: string; now: number },
): Row {
  const { principal, resource, appRoleId } = assignment
  const id = stableId(`${principal.id} ${resource.id} ${appRoleId}`)
  const existing = collection(tenant, 'appRoleAssignments')
    .with('principalId', principal.id)
    .find((row) => row['resourceId'] === resource.id && row['appRoleId'] === appRoleId)
  if (existing) return existing
  return put(tenant, 'appRoleAssignments', {
    id,
    deletedDateTime: null,
    appRoleId,
    createdDateTime: graphTime(assignment.now),
    principalDisplayName: text(principal, 'displayName') ?? null,
    principalId: principal.id,
    principalType: assignment.principalType,
    resourceDisplayName: text(resource, 'displayName') ?? null,
    resourceId: resource.id,
  })
}

/** Grants and assignments get ids that follow from what they join, so that doing it again changes nothing. */
function stableId(what: string): string {
  return createHash('sha256').update(what).digest('base64url')
}

function templateId(role: Row): string {
  return text(role, 'templateId') ?? role.id
}

/** A moment in Graph's format, to the second. */
export function graphTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
