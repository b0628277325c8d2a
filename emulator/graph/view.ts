import { blankRows } from '../tenants/blank-rows.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Hidden } from '../tenants/generated-rows.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import type { World } from '../tenants/world.ts'

/** A tenant as reads see it now: without the writes that the read-after-write lag still hides, every property present. */
export interface View {
  readonly world: World
  readonly tenant: Tenant
}

function lagKey(tenant: Tenant, path: string, id: string): string {
  return `${tenant.id}/${path}/${id}`
}

/** The row with every property that Graph answers for its type. */
export function completed(path: string, row: Row): Row {
  const blank = blankRows[path]
  return blank ? { ...blank, ...row } : row
}

/** One object by id, as reads see it. */
export function readRow(view: View, path: string, id: string): Row | undefined {
  const { recentWrites } = view.world
  const recent = recentWrites.size === 0 ? undefined : recentWrites.get(lagKey(view.tenant, path, id))
  const row = recent && recent.until > view.world.clock.now() ? recent.before : collection(view.tenant, path).get(id)
  return row && completed(path, row)
}

/** All objects of a stored collection, in the order in which they were made. */
export function readRows(view: View, path: string): Row[] {
  const rows = [...collection(view.tenant, path).values()]
  if (view.world.recentWrites.size === 0) return rows.map((row) => completed(path, row))
  const seen = new Set(rows.map((row) => row.id))
  const prefix = lagKey(view.tenant, path, '')
  for (const key of view.world.recentWrites.keys()) {
    const id = key.startsWith(prefix) ? key.slice(prefix.length) : undefined
    if (id !== undefined && !seen.has(id)) rows.push({ id })
  }
  return rows.flatMap((row) => readRow(view, path, row.id) ?? [])
}

/** The objects of a collection whose property holds this text, without passing the others. */
export function rowsWith(view: View, path: string, property: string, value: string): Row[] {
  if (hiddenRows(view, path).size > 0) {
    const wanted = value.toLowerCase()
    return readRows(view, path).filter((row) => text(row, property)?.toLowerCase() === wanted)
  }
  return collection(view.tenant, path)
    .with(property, value)
    .map((row) => completed(path, row))
}

/** The objects of a collection that reads still see as they were before a recent write. */
export function hiddenRows(view: View, path: string): Hidden {
  const hidden = new Map<string, Row | undefined>()
  const now = view.world.clock.now()
  const prefix = lagKey(view.tenant, path, '')
  for (const [key, recent] of view.world.recentWrites)
    if (key.startsWith(prefix) && recent.until > now) hidden.set(key.slice(prefix.length), recent.before)
  return hidden
}

/** Stores (or, with undefined, deletes) an object and remembers what reads may still see. */
export function writeRow(view: View, path: string, id: string, row: Row | undefined): void {
  const rows = collection(view.tenant, path)
  const { readLagMs } = view.world.settings
  const key = lagKey(view.tenant, path, id)
  if (readLagMs > 0 && !view.world.recentWrites.has(key)) {
    view.world.recentWrites.set(key, { until: view.world.clock.now() + readLagMs, before: rows.get(id) })
  }
  if (row) rows.set(id, row)
  else rows.delete(id)
}

/** Forgets the old versions whose time is over. */
export function forgetOldVersions(world: World): void {
  for (const [key, recent] of world.recentWrites) if (recent.until <= world.clock.now()) world.recentWrites.delete(key)
}

/** A user, group, service principal or application by id, with its type, for collections of mixed objects. */
export function directoryObject(view: View, id: string): Row | undefined {
  for (const [path, type] of [
    ['users', 'user'],
    ['groups', 'group'],
    ['servicePrincipals', 'servicePrincipal'],
    ['applications', 'application'],
  ] as const) {
    const row = readRow(view, path, id)
    if (row) return { '@odata.type': `#microsoft.graph.${type}`, ...row }
  }
  return undefined
}

/** The directory objects that a stored relation leads to: rows of `path` whose `from` is the id, by their `to`. */
export function linked(view: View, path: string, from: string, id: string, to: string): Row[] {
  return rowsWith(view, path, from, id).flatMap((row) => directoryObject(view, text(row, to) ?? '') ?? [])
}

/** The members of a group, direct or through nested groups. */
export function members(view: View, groupId: string, transitive: boolean): Row[] {
  const found = new Map<string, Row>()
  const waiting = [groupId]
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    for (const membership of rowsWith(view, 'groupMembers', 'groupId', group)) {
      const memberId = text(membership, 'memberId') ?? ''
      const row = found.has(memberId) ? undefined : directoryObject(view, memberId)
      if (!row) continue
      found.set(memberId, row)
      if (transitive && row['@odata.type'] === '#microsoft.graph.group') waiting.push(memberId)
    }
  }
  return [...found.values()]
}

/** Active assignments as PIM answers them: those made outside PIM have no start and no end. */
export function activeScheduleInstances(view: View): Row[] {
  const path = 'roleManagement/directory/roleAssignmentScheduleInstances'
  const timed = readRows(view, path)
  const covered = new Set(
    timed.map((row) => `${text(row, 'principalId')}/${text(row, 'roleDefinitionId')}/${text(row, 'directoryScopeId')}`),
  )
  const permanent = readRows(view, 'roleManagement/directory/roleAssignments')
    .filter((row) => !covered.has(`${text(row, 'principalId')}/${text(row, 'roleDefinitionId')}/${text(row, 'directoryScopeId')}`))
    .map((row): Row => ({
      id: row.id,
      principalId: row['principalId'],
      roleDefinitionId: row['roleDefinitionId'],
      directoryScopeId: row['directoryScopeId'],
      appScopeId: null,
      startDateTime: null,
      endDateTime: null,
      assignmentType: 'Assigned',
      memberType: 'Direct',
      roleAssignmentOriginId: row.id,
      roleAssignmentScheduleId: row.id,
    }))
  return [...timed, ...permanent]
}

/** The schedules behind the instances that PIM answers, active or eligible: each instance stands for one schedule here. */
export function schedules(view: View, kind: 'active' | 'eligible'): Row[] {
  const instances =
    kind === 'active' ? activeScheduleInstances(view) : readRows(view, 'roleManagement/directory/roleEligibilityScheduleInstances')
  return instances.map((row): Row => {
    const startDateTime = text(row, 'startDateTime') ?? null
    const endDateTime = text(row, 'endDateTime') ?? null
    const scheduleId = text(row, kind === 'active' ? 'roleAssignmentScheduleId' : 'roleEligibilityScheduleId') ?? row.id
    return {
      id: scheduleId,
      principalId: row['principalId'],
      roleDefinitionId: row['roleDefinitionId'],
      directoryScopeId: row['directoryScopeId'],
      appScopeId: null,
      createdUsing: scheduleId,
      createdDateTime: startDateTime,
      modifiedDateTime: null,
      status: 'Provisioned',
      memberType: row['memberType'],
      ...(kind === 'active' ? { assignmentType: row['assignmentType'] } : {}),
      scheduleInfo: {
        startDateTime,
        recurrence: null,
        expiration: { type: endDateTime === null ? 'noExpiration' : 'afterDateTime', endDateTime, duration: null },
      },
    }
  })
}

/** The built-in roles that were ever activated: those with an active assignment. */
export function activatedRoles(view: View): Row[] {
  const used = new Set(readRows(view, 'roleManagement/directory/roleAssignments').map((row) => text(row, 'roleDefinitionId')))
  return readRows(view, 'roleManagement/directory/roleDefinitions')
    .filter((row) => used.has(row.id) && row['isBuiltIn'] === true)
    .map((row): Row => ({
      id: row.id,
      deletedDateTime: null,
      description: row['description'],
      displayName: row['displayName'],
      roleTemplateId: row['templateId'],
    }))
}

/** Who holds an activated role, users and groups alike. */
export function roleMembers(view: View, roleId: string): Row[] {
  return readRows(view, 'roleManagement/directory/roleAssignments')
    .filter((row) => row['roleDefinitionId'] === roleId && row['directoryScopeId'] === '/')
    .flatMap((row) => directoryObject(view, text(row, 'principalId') ?? '') ?? [])
}

/** Audit rows whose moment has come, newest first. */
export function visibleAudits(view: View): Row[] {
  const now = view.world.clock.now()
  return readRows(view, 'auditLogs/directoryAudits')
    .filter((row) => (view.world.auditVisibleAt.get(row.id) ?? 0) <= now)
    .reverse()
}
