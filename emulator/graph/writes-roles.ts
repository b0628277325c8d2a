import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { roleIdByName } from '../tenants/reference.ts'
import { text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { holdsAction } from './caller.ts'
import { requestSchedule } from './role-schedules.ts'
import { ACTIVE, ASSIGNMENTS, holdingRefusal, membershipAudit, rowsOf } from './role-rows.ts'
import type { Holding } from './role-rows.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

const globalAdministrator = roleIdByName('Global Administrator')

function mayAssign({ view, caller }: WriteCall): boolean {
  return holdsAction(view.tenant, caller, 'microsoft.directory/roleAssignments/allProperties/allTasks')
}

/** Privileged Role Administrators and Global Administrators: https://learn.microsoft.com/graph/api/rbacapplication-post-roleassignmentschedulerequests */
function maySchedule(call: WriteCall): boolean {
  const { view, caller, body } = call
  const onlyRemoves = !caller.scopes.some((scope) =>
    /^(RoleManagement|Role(Assignment|Eligibility)Schedule)\.ReadWrite\.Directory$/.test(scope),
  )
  if (onlyRemoves && body['action'] !== 'adminRemove') return false
  return mayAssign(call) || holdsAction(view.tenant, caller, 'microsoft.directory/privilegedIdentityManagement/allProperties/allTasks')
}

function holdingOf(row: Row): Holding {
  return {
    principalId: text(row, 'principalId') ?? '',
    roleDefinitionId: text(row, 'roleDefinitionId') ?? '',
    directoryScopeId: text(row, 'directoryScopeId') ?? '/',
  }
}

function removeAssignment({ view, caller, target }: WriteCall): WriteOutcome | Refusal {
  const holding = holdingOf(target)
  if (holding.roleDefinitionId === globalAdministrator && holding.principalId === caller.oid)
    return badRequest('Removing self from Global Administrator built-in role is not allowed.')
  writeRow(view, ASSIGNMENTS, target.id, undefined)
  for (const instance of rowsOf(view, ACTIVE, holding)) writeRow(view, ACTIVE, instance.id, undefined)
  return { audit: [membershipAudit(view, holding, false)] }
}

const assignmentSchema = z.object({
  principalId: z.guid(),
  roleDefinitionId: z.guid(),
  directoryScopeId: z.string().regex(/^\/(?:administrativeUnits\/)?(?:[0-9a-fA-F-]{36})?$/),
})

function addAssignment({ view, body }: WriteCall): WriteOutcome | Refusal {
  const parsed = assignmentSchema.safeParse(body)
  if (!parsed.success) return badRequest(`One or more property values specified are invalid: '${String(parsed.error.issues[0]?.path[0])}'.`)
  const refusal = holdingRefusal(view, parsed.data)
  if (refusal) return refusal
  if (rowsOf(view, ASSIGNMENTS, parsed.data).length > 0)
    return badRequest('A conflicting object with one or more of the specified property values is present in the directory.')
  const answered = { id: randomBytes(33).toString('base64url'), ...parsed.data }
  writeRow(view, ASSIGNMENTS, answered.id, { ...answered, appScopeId: null, condition: null })
  return {
    audit: [membershipAudit(view, parsed.data, true)],
    answer: { status: 201, context: 'roleManagement/directory/roleAssignments/$entity', body: answered },
  }
}

const scheduled = {
  plays: ['action', 'principalId', 'roleDefinitionId', 'directoryScopeId', 'justification', 'scheduleInfo', 'ticketInfo'],
  bucket: 'write',
  licence: 'p2',
  may: maySchedule,
} as const

/** What gives and takes directory roles. */
export const roleWrites: readonly WriteEntry[] = [
  {
    method: 'DELETE',
    path: '/rolemanagement/directory/roleassignments/{id}',
    targets: ASSIGNMENTS,
    plays: [],
    bucket: 'write',
    may: mayAssign,
    apply: removeAssignment,
  },
  {
    method: 'POST',
    path: '/rolemanagement/directory/roleassignments',
    plays: ['principalId', 'roleDefinitionId', 'directoryScopeId'],
    bodyType: 'unifiedRoleAssignment',
    bucket: 'write',
    may: mayAssign,
    apply: addAssignment,
  },
  {
    ...scheduled,
    method: 'POST',
    path: '/rolemanagement/directory/roleassignmentschedulerequests',
    bodyType: 'unifiedRoleAssignmentScheduleRequest',
    apply: (call) => requestSchedule('active', call),
  },
  {
    ...scheduled,
    method: 'POST',
    path: '/rolemanagement/directory/roleeligibilityschedulerequests',
    bodyType: 'unifiedRoleEligibilityScheduleRequest',
    apply: (call) => requestSchedule('eligible', call),
  },
]
