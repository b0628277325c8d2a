import { z } from 'zod'
import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'

import type { AuditPlan, ModifiedProperty } from './audit.ts'
import { holdsAction } from './caller.ts'
import { notFound, refuse } from './respond.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import type { View } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'
import { principalNames } from './writes-applications.ts'

const grantSchema = z.object({
  clientId: z.guid(),
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: z.guid().nullish(),
  resourceId: z.guid(),
  scope: z.string(),
})

/** What the directory says of a reference that leads nowhere; this service words it with a code of its own. */
function unknownReference(id: string): Refusal {
  return { ...notFound(id), code: 'Directory_ObjectNotFound' }
}

function addGrant({ view, body }: WriteCall): WriteOutcome | Refusal {
  const parsed = grantSchema.safeParse(body)
  if (!parsed.success) return invalid('OAuth2PermissionGrant', parsed.error, body)
  const { clientId, consentType, resourceId, scope } = parsed.data
  const principalId = parsed.data.principalId ?? null
  if (consentType === 'Principal' && principalId === null)
    return badRequest("A value is required for property 'principalId' of resource 'OAuth2PermissionGrant'.")
  if (consentType === 'AllPrincipals' && principalId !== null)
    return badRequest("Invalid value specified for property 'principalId' of resource 'OAuth2PermissionGrant'.")
  const principals = collection(view.tenant, 'servicePrincipals')
  for (const id of [clientId, resourceId]) if (!principals.has(id)) return unknownReference(id)
  if (principalId !== null && !collection(view.tenant, 'users').has(principalId)) return unknownReference(principalId)
  const exists = collection(view.tenant, 'oauth2PermissionGrants')
    .with('clientId', clientId)
    .some((row) => row['resourceId'] === resourceId && (row['principalId'] ?? null) === principalId)
  if (exists) return refuse(409, 'Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.')
  const id = grantId(clientId, resourceId, principalId)
  const row: Row = { id, clientId, consentType, principalId, resourceId, scope }
  writeRow(view, 'oauth2PermissionGrants', id, row)
  return {
    audit: grantAudit(view, 'Add', row, undefined),
    answer: { status: 201, context: 'oauth2PermissionGrants/$entity', body: row },
  }
}

/** A grant's id follows from the two or three objects that it joins, so the same grant has the same id when it is made again. */
function grantId(...ids: readonly (string | null)[]): string {
  const bytes = ids.flatMap((id) => (id === null ? [] : [Buffer.from(id.replaceAll('-', ''), 'hex')]))
  return Buffer.concat(bytes).toString('base64url')
}

function changeGrant({ view, target, body }: WriteCall): WriteOutcome | Refusal {
  const parsed = z.object({ scope: z.string() }).safeParse(body)
  if (!parsed.success) return invalid('OAuth2PermissionGrant', parsed.error, body)
  const changed = { ...target, scope: parsed.data.scope }
  writeRow(view, 'oauth2PermissionGrants', target.id, changed)
  return { audit: grantAudit(view, 'Add', changed, target) }
}

function removeGrant({ view, target }: WriteCall): WriteOutcome {
  writeRow(view, 'oauth2PermissionGrants', target.id, undefined)
  return { audit: grantAudit(view, 'Remove', undefined, target) }
}

/** The resource is the target; the client stands among the changed properties. */
function grantAudit(view: View, kind: 'Add' | 'Remove', after: Row | undefined, before: Row | undefined): AuditPlan[] {
  const grant = after ?? before
  const principals = collection(view.tenant, 'servicePrincipals')
  const resource = principals.get(text(grant, 'resourceId') ?? '')
  const client = principals.get(text(grant, 'clientId') ?? '')
  if (!resource) return []
  const changed = (displayName: string, property: string): ModifiedProperty => ({
    displayName,
    oldValue: before ? JSON.stringify(before[property] ?? '') : null,
    newValue: after ? JSON.stringify(after[property] ?? '') : null,
  })
  const modified = [
    changed('DelegatedPermissionGrant.Scope', 'scope'),
    changed('DelegatedPermissionGrant.ConsentType', 'consentType'),
    ...clientProperties(client, kind),
    principalNames(resource),
  ]
  return [
    {
      activity: `${kind} delegated permission grant`,
      category: 'ApplicationManagement',
      service: 'Core Directory',
      operation: kind === 'Add' ? 'Assign' : 'Unassign',
      targets: [
        { type: 'ServicePrincipal', row: resource, modified },
        ...(client ? [{ type: 'ServicePrincipal', row: client } as const] : []),
      ],
    },
  ]
}

/** Who was given something, as the log says it of a service principal. */
export function clientProperties(client: Row | undefined, kind: 'Add' | 'Remove'): ModifiedProperty[] {
  const property = (displayName: string, value: string): ModifiedProperty => {
    const shown = JSON.stringify(value)
    return kind === 'Add' ? { displayName, oldValue: null, newValue: shown } : { displayName, oldValue: shown, newValue: null }
  }
  return [
    property('ServicePrincipal.ObjectID', client?.id ?? ''),
    property('ServicePrincipal.DisplayName', text(client, 'displayName') ?? ''),
    property('ServicePrincipal.AppId', text(client, 'appId') ?? ''),
    property('ServicePrincipal.Name', text(client, 'appId') ?? ''),
  ]
}

/** The first thing that is wrong with a body, in Graph's words. */
export function invalid(type: string, error: z.ZodError, body: Readonly<Record<string, unknown>>): Refusal {
  const name = String(error.issues[0]?.path[0] ?? '')
  if (body[name] === undefined || body[name] === null)
    return badRequest(`A value is required for property '${name}' of resource '${type}'.`)
  return badRequest(`Invalid value specified for property '${name}' of resource '${type}'.`)
}

const may =
  (...actions: readonly string[]): WriteEntry['may'] =>
  ({ view, caller }) =>
    holdsAction(
      view.tenant,
      caller,
      actions.map((action) => `microsoft.directory/oAuth2PermissionGrants/${action}`),
    )

const common = { bucket: 'write', bodyType: 'oAuth2PermissionGrant' } as const

/** What changes delegated grants. */
export const grantWrites: readonly WriteEntry[] = [
  {
    ...common,
    method: 'POST',
    path: '/oauth2permissiongrants',
    plays: ['clientId', 'consentType', 'principalId', 'resourceId', 'scope'],
    may: may('create', 'allProperties/update'),
    apply: addGrant,
  },
  {
    ...common,
    method: 'PATCH',
    path: '/oauth2permissiongrants/{id}',
    targets: 'oauth2PermissionGrants',
    plays: ['scope'],
    may: may('basic/update', 'allProperties/update'),
    apply: changeGrant,
  },
  {
    ...common,
    method: 'DELETE',
    path: '/oauth2permissiongrants/{id}',
    targets: 'oauth2PermissionGrants',
    plays: [],
    may: may('delete', 'allProperties/update'),
    apply: removeGrant,
  },
]
