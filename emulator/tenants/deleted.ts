import { collection, text } from './tenant.ts'
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

/** A deleted person's user principal name: the id without hyphens stands before it, so that the name is free again. */
export function mangledUpn(id: string, upn: string): string {
  return `${id.replaceAll('-', '')}${upn}`
}

export function isMangled(id: string, upn: string): boolean {
  return upn.startsWith(id.replaceAll('-', ''))
}

/** The collection that a deleted object came from. */
export function collectionOf(deleted: Row): string | undefined {
  return Object.entries(restorable).find(([, type]) => type === deleted['@odata.type'])?.[0]
}

/** A deleted object as it is in the directory. */
export function revived(deleted: Row): Row {
  const { '@odata.type': _type, ...plain } = deleted
  const upn = text(deleted, 'userPrincipalName')
  const name =
    upn !== undefined && isMangled(deleted.id, upn) ? { userPrincipalName: upn.slice(deleted.id.replaceAll('-', '').length) } : {}
  return { ...plain, ...name, deletedDateTime: null, id: deleted.id }
}

/** An object as it waits among the deleted ones. */
export function asDeleted(path: string, row: Row, at: string): Row {
  const upn = path === 'users' ? text(row, 'userPrincipalName') : undefined
  const name = upn === undefined ? {} : { userPrincipalName: mangledUpn(row.id, upn) }
  return { '@odata.type': restorable[path] ?? '', ...row, ...name, deletedDateTime: at }
}

/** Deletes an object; people, applications, service principals and Microsoft 365 groups can be restored. */
export function removeObject(tenant: Tenant, path: string, id: string, at: string): boolean {
  const rows = collection(tenant, path)
  const row = rows.get(id)
  if (!row) return false
  const type = restorable[path]
  // Security groups are gone for good: https://learn.microsoft.com/graph/api/directory-deleteditems-list
  const isKept = type !== undefined && (path !== 'groups' || isUnified(row))
  if (isKept) collection(tenant, DELETED).set(id, asDeleted(path, row, at))
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
  const path = row && collectionOf(row)
  if (!row || path === undefined) return undefined
  deleted.delete(id)
  collection(tenant, path).set(id, revived(row))
  return path
}
