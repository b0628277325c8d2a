import { collection } from './tenant.ts'
import type { Row, Tenant } from './tenant.ts'

/** Where deleted objects wait; each carries its type, so that it can go back to where it was. */
export const DELETED = 'directory/deletedItems'

/** Objects that can be restored, by the collection they belong to. */
const restorable: Readonly<Record<string, string>> = {
  users: '#microsoft.graph.user',
  groups: '#microsoft.graph.group',
  applications: '#microsoft.graph.application',
  servicePrincipals: '#microsoft.graph.servicePrincipal',
}

/** Deletes an object; people, applications, service principals and Microsoft 365 groups can be restored. */
export function removeObject(tenant: Tenant, path: string, id: string, at: string): boolean {
  const rows = collection(tenant, path)
  const row = rows.get(id)
  if (!row) return false
  const type = restorable[path]
  // Security groups are gone for good: https://learn.microsoft.com/graph/api/directory-deleteditems-list
  const isKept = type !== undefined && (path !== 'groups' || isUnified(row))
  if (isKept) collection(tenant, DELETED).set(id, { '@odata.type': type, ...row, deletedDateTime: at })
  return rows.delete(id)
}

function isUnified(group: Row): boolean {
  const types = group['groupTypes']
  return Array.isArray(types) && types.includes('Unified')
}

/** Takes a deleted object back; answers the collection it went to, or undefined when it is not there. */
export function restoreObject(tenant: Tenant, id: string): string | undefined {
  const deleted = collection(tenant, DELETED)
  const row = deleted.get(id)
  const path = Object.entries(restorable).find(([, type]) => type === row?.['@odata.type'])?.[0]
  if (!row || path === undefined) return undefined
  const { '@odata.type': _type, ...plain } = row
  deleted.delete(id)
  collection(tenant, path).set(id, { ...plain, deletedDateTime: null, id })
  return path
}
