import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { collection, text } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import { findIn, isMicrosoftGraph, mayOver } from './application-rights.ts'
import type { AuditPlan, ModifiedProperty } from './audit.ts'
import { holdsAction, owns } from './caller.ts'
import { notFound } from './respond.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'
import { principalNames } from './writes-applications.ts'
import { clientProperties, invalid } from './writes-grants.ts'

type PrincipalType = 'User' | 'Group' | 'ServicePrincipal'

const places: readonly { readonly path: string; readonly type: PrincipalType }[] = [
  { path: 'users', type: 'User' },
  { path: 'groups', type: 'Group' },
  { path: 'servicePrincipals', type: 'ServicePrincipal' },
]

const assignmentSchema = z.object({ principalId: z.guid(), resourceId: z.guid(), appRoleId: z.guid() })
const rolesSchema = z.array(
  z.object({
    id: z.string(),
    value: z.string().nullish(),
    displayName: z.string().nullish(),
    isEnabled: z.boolean().nullish(),
    allowedMemberTypes: z.array(z.string()).nullish(),
  }),
)
type AppRole = z.infer<typeof rolesSchema>[number]

/** The role that everybody who is assigned without a role holds. */
const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000'

function assign({ view, target, body, at }: WriteCall): WriteOutcome | Refusal {
  const parsed = assignmentSchema.safeParse(body)
  if (!parsed.success) return invalid('AppRoleAssignment', parsed.error, body)
  const { principalId, resourceId, appRoleId } = parsed.data
  if (resourceId !== target.id) return badRequest('Not a valid reference update.')
  const place = places.find(({ path }) => collection(view.tenant, path).has(principalId))
  const principal = place && collection(view.tenant, place.path).get(principalId)
  if (!place || !principal) return notFound(principalId)
  const role = roleOf(target, appRoleId)
  if (!mayHold(target, appRoleId, role, place.type)) return badRequest('Permission being assigned was not found on application')
  const exists = collection(view.tenant, 'appRoleAssignments')
    .with('principalId', principalId)
    .some((row) => row['resourceId'] === resourceId && row['appRoleId'] === appRoleId)
  if (exists) return badRequest('Permission being assigned already exists on the object')
  const row: Row = {
    id: randomBytes(32).toString('base64url'),
    deletedDateTime: null,
    appRoleId,
    createdDateTime: new Date(at).toISOString(),
    principalDisplayName: text(principal, 'displayName') ?? null,
    principalId,
    principalType: place.type,
    resourceDisplayName: text(target, 'displayName') ?? null,
    resourceId,
  }
  writeRow(view, 'appRoleAssignments', row.id, row)
  return {
    audit: [assignmentAudit('Add', { resource: target, row, role, principal, type: place.type })],
    answer: { status: 201, context: `servicePrincipals('${target.id}')/appRoleAssignedTo/$entity`, body: row },
  }
}

function roleOf(resource: Row, appRoleId: string): AppRole | undefined {
  return rolesSchema.parse(resource['appRoles'] ?? []).find((role) => role.id === appRoleId)
}

/** Roles are for people and groups, for applications, or both; default access is for people, and where there are no roles. */
function mayHold(resource: Row, appRoleId: string, role: AppRole | undefined, type: PrincipalType): boolean {
  if (appRoleId === DEFAULT_ACCESS) return type !== 'ServicePrincipal' || rolesSchema.parse(resource['appRoles'] ?? []).length === 0
  if (!role || role.isEnabled === false) return false
  return role.allowedMemberTypes?.includes(type === 'ServicePrincipal' ? 'Application' : 'User') ?? true
}

function unassign({ view, target, keys }: WriteCall): WriteOutcome | Refusal {
  const id = keys[1] ?? ''
  const row = collection(view.tenant, 'appRoleAssignments').get(id)
  if (!row || row['resourceId'] !== target.id) return notFound(id)
  writeRow(view, 'appRoleAssignments', id, undefined)
  const type = places.find((place) => place.type === row['principalType'])?.type ?? 'ServicePrincipal'
  const principalId = text(row, 'principalId') ?? ''
  const principal = findIn(
    view.tenant,
    places.map(({ path }) => path),
    principalId,
  ) ?? { id: principalId }
  const role = roleOf(target, text(row, 'appRoleId') ?? '')
  return { audit: [assignmentAudit('Remove', { resource: target, row, role, principal, type })] }
}

/** The exact names of the log: adding one to a person is called a grant. */
const activities: Readonly<Record<'Add' | 'Remove', Readonly<Record<PrincipalType, string>>>> = {
  Add: {
    User: 'Add app role assignment grant to user',
    Group: 'Add app role assignment to group',
    ServicePrincipal: 'Add app role assignment to service principal',
  },
  Remove: {
    User: 'Remove app role assignment from user',
    Group: 'Remove app role assignment from group',
    ServicePrincipal: 'Remove app role assignment from service principal',
  },
}

interface Assignment {
  readonly resource: Row
  readonly row: Row
  readonly role: AppRole | undefined
  readonly principal: Row
  readonly type: PrincipalType
}

/** The resource is the target, whoever the role belongs to stands among the changed properties. */
function assignmentAudit(kind: 'Add' | 'Remove', { resource, row, role, principal, type }: Assignment): AuditPlan {
  const property = (displayName: string, value: string): ModifiedProperty => {
    const shown = JSON.stringify(value)
    return kind === 'Add' ? { displayName, oldValue: null, newValue: shown } : { displayName, oldValue: shown, newValue: null }
  }
  const holder =
    type === 'ServicePrincipal'
      ? clientProperties(principal, kind)
      : [
          property(`${type}.ObjectID`, principal.id),
          type === 'User'
            ? property('User.UPN', text(principal, 'userPrincipalName') ?? '')
            : property('Group.DisplayName', text(principal, 'displayName') ?? ''),
        ]
  const modified = [
    property('AppRole.Id', text(row, 'appRoleId') ?? ''),
    property('AppRole.Value', role?.value ?? ''),
    property('AppRole.DisplayName', role?.displayName ?? ''),
    property('AppRoleAssignment.CreatedDateTime', text(row, 'createdDateTime') ?? ''),
    property('AppRoleAssignment.LastModifiedDateTime', text(row, 'createdDateTime') ?? ''),
    ...holder,
    principalNames(resource),
  ]
  return {
    activity: activities[kind][type],
    category: type === 'User' ? 'UserManagement' : type === 'Group' ? 'GroupManagement' : 'ApplicationManagement',
    service: 'Core Directory',
    operation: kind === 'Add' ? 'Assign' : 'Unassign',
    targets: [
      { type: 'ServicePrincipal', row: resource, modified },
      { type, row: principal },
    ],
  }
}

const UPDATE = 'microsoft.directory/servicePrincipals/appRoleAssignedTo/update'
const GRANT_ANYTHING = 'microsoft.directory/servicePrincipals/managePermissionGrantsForAll.microsoft-company-admin'

/**
 * Granting application permissions of Microsoft Graph is for Privileged Role Administrators and Global Administrators:
 * https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent. An owner of the resource assigns people and groups.
 */
function mayAssign(call: WriteCall): boolean {
  const { view, caller, target, body } = call
  if (!isServicePrincipal(view.tenant, body['principalId'])) return mayOver('servicePrincipal', call, target.id, UPDATE)
  if (isMicrosoftGraph(target)) return holdsAction(view.tenant, caller, GRANT_ANYTHING)
  if (!caller.isAppOnly && owns(view.tenant, caller, 'servicePrincipalOwners', target.id))
    return holdsAction(view.tenant, caller, UPDATE, target.id)
  return mayOver('servicePrincipal', call, target.id, UPDATE)
}

function isServicePrincipal(tenant: Tenant, id: unknown): boolean {
  return typeof id === 'string' && collection(tenant, 'servicePrincipals').has(id)
}

const common = { targets: 'servicePrincipals', bucket: 'write', bodyType: 'appRoleAssignment' } as const

/** What changes who holds the app roles of a resource. */
export const appRoleWrites: readonly WriteEntry[] = [
  {
    ...common,
    method: 'POST',
    path: '/serviceprincipals/{id}/approleassignedto',
    plays: ['principalId', 'resourceId', 'appRoleId'],
    may: mayAssign,
    apply: assign,
  },
  {
    ...common,
    method: 'DELETE',
    path: '/serviceprincipals/{id}/approleassignedto/{id}',
    plays: [],
    may: (call) => mayOver('servicePrincipal', call, call.target.id, UPDATE),
    apply: unassign,
  },
]
