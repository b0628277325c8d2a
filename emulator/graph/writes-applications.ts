import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { deleteApplication } from './application-deletion.ts'
import { findIn, mayOver } from './application-rights.ts'
import type { AuditPlan, AuditTarget, ModifiedProperty } from './audit.ts'
import { holdsAction } from './caller.ts'
import { notFound, notPlayed } from './respond.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import { addApplicationPassword, removeApplicationPassword, replaceCertificates } from './write-credentials.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

function deleteIt({ view, target, at }: WriteCall): WriteOutcome {
  const { application, servicePrincipal } = deleteApplication(view, target, at)
  const common = { category: 'ApplicationManagement', service: 'Core Directory', operation: 'Delete' } as const
  const names: ModifiedProperty = { displayName: 'AppId', oldValue: null, newValue: JSON.stringify(text(application, 'appId') ?? '') }
  const audit: AuditPlan[] = [
    { ...common, activity: 'Delete application', targets: [{ type: 'Application', row: application, modified: [names] }] },
  ]
  if (servicePrincipal) audit.push(principalRemoved(servicePrincipal))
  return { audit }
}

/** The row about a service principal that goes, by itself or with its application. */
export function principalRemoved(servicePrincipal: Row): AuditPlan {
  return {
    category: 'ApplicationManagement',
    service: 'Core Directory',
    operation: 'Delete',
    activity: 'Remove service principal',
    targets: [{ type: 'ServicePrincipal', row: servicePrincipal, modified: [principalNames(servicePrincipal)] }],
  }
}

/** `"TargetId.ServicePrincipalNames"` closes the list of a service principal's row. */
export function principalNames(servicePrincipal: Row): ModifiedProperty {
  const names = servicePrincipal['servicePrincipalNames']
  return {
    displayName: 'TargetId.ServicePrincipalNames',
    oldValue: null,
    newValue: JSON.stringify(Array.isArray(names) ? names.join(';') : (text(servicePrincipal, 'appId') ?? '')),
  }
}

const reference = /^https?:\/\/[^/]+\/v1\.0\/(?:directoryObjects|users|servicePrincipals)\/([0-9a-f-]{36})$/i

function addOwner({ view, target, body }: WriteCall): WriteOutcome | Refusal {
  const address = body['@odata.id']
  if (typeof address !== 'string') return badRequest("A value is required for property '@odata.id' of resource 'DirectoryObject'.")
  const ownerId = reference.exec(address)?.[1]?.toLowerCase()
  if (ownerId === undefined) return badRequest(`Invalid URL format specified in request: ${address}`)
  for (const [path, type] of [
    ['groups', 'Group'],
    ['applications', 'Application'],
  ] as const)
    if (collection(view.tenant, path).has(ownerId))
      return badRequest(`The reference target '${type}_${ownerId}' of type '${type}' is invalid for the 'owners' reference.`)
  const owner = findIn(view.tenant, ['users', 'servicePrincipals'], ownerId)
  if (!owner) return notFound(ownerId)
  const id = `${target.id}_${ownerId}`
  if (ownership(view, target, ownerId))
    return badRequest("One or more added object references already exist for the following modified properties: 'owners'.")
  writeRow(view, 'applicationOwners', id, { id, applicationId: target.id, ownerId })
  return { audit: [ownerAudit('Add', target, owner)] }
}

/** The last owner may go too. */
function removeOwner({ view, target, keys }: WriteCall): WriteOutcome | Refusal {
  const ownerId = keys[1] ?? ''
  const row = ownership(view, target, ownerId)
  const owner = row && findIn(view.tenant, ['users', 'servicePrincipals'], ownerId)
  if (!row || !owner) return notFound(ownerId)
  writeRow(view, 'applicationOwners', row.id, undefined)
  return { audit: [ownerAudit('Remove', target, owner)] }
}

function ownership(view: WriteCall['view'], target: Row, ownerId: string): Row | undefined {
  return collection(view.tenant, 'applicationOwners')
    .with('applicationId', target.id)
    .find((row) => row['ownerId'] === ownerId)
}

/** The owner stands first, with the application among the changed properties. */
function ownerAudit(kind: 'Add' | 'Remove', application: Row, owner: Row): AuditPlan {
  const property = (displayName: string, value: string): ModifiedProperty =>
    kind === 'Add'
      ? { displayName, oldValue: null, newValue: JSON.stringify(value) }
      : { displayName, oldValue: JSON.stringify(value), newValue: null }
  const modified = [
    property('Application.ObjectID', application.id),
    property('Application.DisplayName', text(application, 'displayName') ?? ''),
    property('Application.AppId', text(application, 'appId') ?? ''),
  ]
  const first: AuditTarget = { type: owner['userPrincipalName'] === undefined ? 'ServicePrincipal' : 'User', row: owner, modified }
  return {
    activity: kind === 'Add' ? 'Add owner to application' : 'Remove owner from application',
    category: 'ApplicationManagement',
    service: 'Core Directory',
    operation: kind === 'Add' ? 'Assign' : 'Unassign',
    targets: [first, { type: 'Application', row: application }],
  }
}

const may =
  (action: string): WriteEntry['may'] =>
  (call) =>
    mayOver('application', call, call.target.id, `microsoft.directory/applications/${action}`)

const common = { targets: 'applications', bucket: 'write' } as const

/** What changes applications. */
export const applicationWrites: readonly WriteEntry[] = [
  {
    ...common,
    method: 'POST',
    path: '/applications/{id}/removepassword',
    plays: ['keyId'],
    may: may('credentials/update'),
    apply: removeApplicationPassword,
  },
  {
    ...common,
    method: 'POST',
    path: '/applications/{id}/addpassword',
    plays: ['passwordCredential'],
    may: may('credentials/update'),
    apply: addApplicationPassword,
  },
  {
    ...common,
    method: 'PATCH',
    path: '/applications/{id}',
    plays: ['keyCredentials'],
    bodyType: 'application',
    may: (call) => may('keyCredentials' in call.body ? 'credentials/update' : 'basic/update')(call),
    apply: replaceCertificates,
  },
  { ...common, method: 'DELETE', path: '/applications/{id}', plays: [], may: may('delete'), apply: deleteIt },
  { ...common, method: 'POST', path: '/applications/{id}/owners/$ref', plays: ['@odata.id'], may: may('owners/update'), apply: addOwner },
  { ...common, method: 'DELETE', path: '/applications/{id}/owners/{id}/$ref', plays: [], may: may('owners/update'), apply: removeOwner },
  {
    // Application Proxy is for Application Administrators and not for Cloud Application Administrators; neither owners nor anybody else.
    ...common,
    method: 'PATCH',
    path: '/applications/{id}/onpremisespublishing',
    plays: ['externalUrl', 'internalUrl', 'externalAuthenticationType', 'isStateSessionEnabled'],
    may: ({ view, caller, target }) =>
      holdsAction(view.tenant, caller, 'microsoft.directory/applications/applicationProxy/update', target.id),
    apply: () => notPlayed('Application Proxy'),
  },
]
