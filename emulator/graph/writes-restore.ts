import { DELETED, asDeleted, collectionOf, revived } from '../tenants/deleted.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { restoreApplicationObject } from './application-deletion.ts'
import { mayOver } from './application-rights.ts'
import type { AuditPlan } from './audit.ts'
import { holdsAction } from './caller.ts'
import { notPlayed } from './respond.ts'
import type { Refusal } from './respond.ts'
import { completed, writeRow } from './view.ts'
import type { View } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

/** Where the relations of deleted people wait: { id, ownerId, path, row }. Never answered by Graph. */
const SET_ASIDE = 'relationsOfDeletedPeople'

/** The stored relations that name a person, by collection and the properties that may hold the id. */
const relations: readonly { readonly path: string; readonly properties: readonly string[]; readonly comesBack: boolean }[] = [
  { path: 'groupMembers', properties: ['memberId'], comesBack: true },
  { path: 'groupOwners', properties: ['ownerId'], comesBack: true },
  { path: 'applicationOwners', properties: ['ownerId'], comesBack: true },
  { path: 'servicePrincipalOwners', properties: ['ownerId'], comesBack: true },
  { path: 'userSponsors', properties: ['userId', 'sponsorId'], comesBack: true },
  { path: 'administrativeUnitMembers', properties: ['memberId'], comesBack: true },
  { path: 'appRoleAssignments', properties: ['principalId'], comesBack: true },
  { path: 'oauth2PermissionGrants', properties: ['principalId'], comesBack: true },
  { path: 'roleManagement/directory/roleAssignments', properties: ['principalId'], comesBack: false },
  { path: 'roleManagement/directory/roleAssignmentScheduleInstances', properties: ['principalId'], comesBack: false },
  { path: 'roleManagement/directory/roleEligibilityScheduleInstances', properties: ['principalId'], comesBack: false },
]

/** Moves a person to the deleted objects; what related to them goes, and waits where it comes back with them. */
export function deletePerson(view: View, row: Row, at: number): void {
  for (const { path: relation, properties, comesBack } of relations) {
    const rows = collection(view.tenant, relation)
    for (const related of properties.flatMap((property) => rows.with(property, row.id))) {
      if (comesBack)
        collection(view.tenant, SET_ASIDE).set(`${relation}/${related.id}`, {
          id: `${relation}/${related.id}`,
          ownerId: row.id,
          path: relation,
          row: related,
        })
      writeRow(view, relation, related.id, undefined)
    }
  }
  const moment = new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z')
  writeRow(view, 'users', row.id, undefined)
  writeRow(view, DELETED, row.id, asDeleted('users', row, moment))
}

function restorePerson(view: View, deleted: Row): Row {
  const row = revived(deleted)
  writeRow(view, DELETED, row.id, undefined)
  writeRow(view, 'users', row.id, row)
  bringBack(view, row.id)
  return row
}

/** Puts back what waited for a person. */
function bringBack(view: View, id: string): void {
  const waiting = collection(view.tenant, SET_ASIDE)
  for (const kept of waiting.with('ownerId', id)) {
    const related = kept['row']
    const path = text(kept, 'path')
    if (isRow(related) && path !== undefined) writeRow(view, path, related.id, related)
    waiting.delete(kept.id)
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}

/** How objects of one collection are restored. */
export interface Restoring {
  readonly actions: readonly string[]
  /** The permissions of the path that are for this type. */
  readonly permissions: readonly string[]
  /** What its owners are called, where they may restore it. */
  readonly owned?: 'application' | 'servicePrincipal'
  /** Why it cannot be restored, if so. */
  readonly obstacle?: (view: View, row: Row) => Refusal | undefined
  /** Takes the object out of the deleted ones and answers it as it is then. */
  readonly restore: (view: View, deleted: Row) => Row
  readonly audit: (row: Row) => readonly AuditPlan[]
}

const restoringApplications = {
  restore: restoreApplicationObject,
  actions: ['microsoft.directory/deletedItems.applications/restore', 'microsoft.directory/deletedItems/restore'],
  permissions: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'],
} as const
const restoredApplication = { category: 'ApplicationManagement', service: 'Core Directory' } as const

const restoring: Readonly<Record<string, Restoring>> = {
  users: {
    actions: [
      'microsoft.directory/users/restore',
      'microsoft.directory/deletedItems.users/restore',
      'microsoft.directory/deletedItems/restore',
    ],
    permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All'],
    obstacle: ({ tenant }, row) =>
      collection(tenant, 'users').with('userPrincipalName', text(row, 'userPrincipalName') ?? '').length > 0
        ? badRequest('Another object with the same value for property userPrincipalName already exists.')
        : undefined,
    restore: restorePerson,
    audit: (row) => [{ activity: 'Restore user', category: 'UserManagement', service: 'Core Directory', targets: [{ type: 'User', row }] }],
  },
  applications: {
    ...restoringApplications,
    owned: 'application',
    audit: (row) => [{ ...restoredApplication, activity: 'Restore application', targets: [{ type: 'Application', row }] }],
  },
  servicePrincipals: {
    ...restoringApplications,
    owned: 'servicePrincipal',
    audit: (row) => [{ ...restoredApplication, activity: 'Restore service principal', targets: [{ type: 'ServicePrincipal', row }] }],
  },
}

function restore({ view, target }: WriteCall): WriteOutcome | Refusal {
  const path = collectionOf(target) ?? ''
  const rules = restoring[path]
  if (!rules) return notPlayed(`restoring ${String(target['@odata.type'])}`)
  const obstacle = rules.obstacle?.(view, revived(target))
  if (obstacle) return obstacle
  const row = rules.restore(view, target)
  return {
    audit: rules.audit(row),
    answer: {
      status: 200,
      context: 'directoryObjects/$entity',
      body: { '@odata.type': target['@odata.type'], ...completed(path, row) },
    },
  }
}

/** What takes deleted objects back. */
export const restoreWrites: readonly WriteEntry[] = [
  {
    method: 'POST',
    path: '/directory/deleteditems/{id}/restore',
    targets: DELETED,
    plays: [],
    bucket: 'write',
    may(call) {
      const { view, caller, target } = call
      const rules = restoring[collectionOf(target) ?? '']
      if (!rules || !rules.permissions.some((permission) => caller.scopes.includes(permission))) return false
      if (rules.owned) return mayOver(rules.owned, call, target.id, rules.actions)
      return holdsAction(view.tenant, caller, rules.actions)
    },
    apply: restore,
  },
]
