import { DELETED } from '../tenants/deleted.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { writeRow } from './view.ts'
import type { View } from './view.ts'

/** Where the relations of a deleted service principal wait for its return; no path answers them. */
const WAITING = 'relationsOfDeleted'

/** The relations that end with a service principal: collection → the properties that may name it. */
const relations: Readonly<Record<string, readonly string[]>> = {
  oauth2PermissionGrants: ['clientId', 'resourceId'],
  appRoleAssignments: ['principalId', 'resourceId'],
  groupMembers: ['memberId'],
  'roleManagement/directory/roleAssignments': ['principalId'],
  'roleManagement/directory/roleAssignmentScheduleInstances': ['principalId'],
  'roleManagement/directory/roleEligibilityScheduleInstances': ['principalId'],
}

/** Directory roles have to be given anew. */
const isForGood = (path: string): boolean => path.startsWith('roleManagement/')

const kept = { applications: '#microsoft.graph.application', servicePrincipals: '#microsoft.graph.servicePrincipal' } as const

/** Moves an application and its service principal to the deleted items; answers what went, the application first. */
export function deleteApplication(view: View, application: Row, at: number): { application: Row; servicePrincipal: Row | undefined } {
  const [servicePrincipal] = collection(view.tenant, 'servicePrincipals').with('appId', text(application, 'appId') ?? '')
  moveAway(view, 'applications', application, secondOf(at))
  if (servicePrincipal) deleteServicePrincipal(view, servicePrincipal, at)
  return { application, servicePrincipal }
}

/** Moves a service principal alone to the deleted items; its application stays. */
export function deleteServicePrincipal(view: View, servicePrincipal: Row, at: number): void {
  putRelationsAside(view, servicePrincipal.id)
  moveAway(view, 'servicePrincipals', servicePrincipal, secondOf(at))
}

function secondOf(at: number): string {
  return new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

function moveAway(view: View, path: keyof typeof kept, row: Row, moment: string): void {
  writeRow(view, DELETED, row.id, { '@odata.type': kept[path], ...row, deletedDateTime: moment })
  writeRow(view, path, row.id, undefined)
}

function putRelationsAside(view: View, servicePrincipalId: string): void {
  for (const [path, properties] of Object.entries(relations)) {
    const rows = properties.flatMap((property) => collection(view.tenant, path).with(property, servicePrincipalId))
    for (const row of new Map(rows.map((found) => [found.id, found])).values()) {
      writeRow(view, path, row.id, undefined)
      if (!isForGood(path))
        collection(view.tenant, WAITING).set(`${path}/${row.id}`, { id: `${path}/${row.id}`, of: servicePrincipalId, path, row })
    }
  }
}

/**
 * Takes an application or a service principal back out of the deleted items. An application comes without its service
 * principal, which has to be restored by itself: https://learn.microsoft.com/graph/api/directory-deleteditems-restore
 */
export function restoreApplicationObject(view: View, deleted: Row): Row {
  const path = deleted['@odata.type'] === kept.applications ? 'applications' : 'servicePrincipals'
  const row: Row = {
    ...Object.fromEntries(Object.entries(deleted).filter(([name]) => name !== '@odata.type')),
    id: deleted.id,
    deletedDateTime: null,
  }
  writeRow(view, DELETED, deleted.id, undefined)
  writeRow(view, path, deleted.id, row)
  if (path === 'servicePrincipals') bringRelationsBack(view, deleted.id)
  return row
}

function bringRelationsBack(view: View, servicePrincipalId: string): void {
  const waiting = collection(view.tenant, WAITING)
  for (const entry of waiting.with('of', servicePrincipalId)) {
    const row = asRow(entry['row'])
    const path = text(entry, 'path')
    if (row && path !== undefined && endsExist(view, path, row)) writeRow(view, path, row.id, row)
    waiting.delete(entry.id)
  }
}

function asRow(value: unknown): Row | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return undefined
  return { ...value, id: value.id }
}

/** A relation comes back only where what it leads to is still there. */
function endsExist(view: View, path: string, row: Row): boolean {
  return (relations[path] ?? []).every((property) => {
    const id = text(row, property) ?? ''
    return ['servicePrincipals', 'users', 'groups'].some((ends) => collection(view.tenant, ends).has(id))
  })
}
