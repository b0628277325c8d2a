import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { findRoleDefinition } from '../tenants/roles.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import type { AuditPlan, AuditTarget } from './audit.ts'
import { isRefusal, notPlayed, refuse } from './respond.ts'
import type { Refusal } from './respond.ts'
import { expirationFault, policyRefusal } from './role-policy.ts'
import { ACTIVE, ASSIGNMENTS, ELIGIBLE, holdingRefusal, membershipAudit, principalTarget, rowsOf } from './role-rows.ts'
import type { Holding } from './role-rows.ts'
import { writeRow } from './view.ts'
import type { View } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteOutcome } from './write-entry.ts'

export type Level = 'active' | 'eligible'

/** As published in PIM's own list of errors: https://learn.microsoft.com/graph/api/governanceroleassignmentrequest-post#error-codes */
const doesNotExist = refuse(400, 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.')
const exists = refuse(400, 'RoleAssignmentExists', 'The Role assignment already exists.')
/** What PIM gave cannot be taken back at once. */
const tooShort = refuse(400, 'ActiveDurationTooShort', 'Active duration is too short. Minimum required is 5 minutes.')
const MINIMUM_MS = 5 * 60_000

const scheduleSchema = z.strictObject({
  startDateTime: z.iso.datetime({ offset: true }).nullish(),
  expiration: z
    .strictObject({
      type: z.enum(['noExpiration', 'afterDateTime', 'afterDuration']),
      endDateTime: z.iso.datetime({ offset: true }).nullish(),
      duration: z.string().nullish(),
    })
    .nullish(),
  recurrence: z.null().optional(),
})

const requestSchema = z.object({
  action: z.string(),
  principalId: z.guid(),
  roleDefinitionId: z.guid(),
  directoryScopeId: z.string().startsWith('/'),
  justification: z.string().nullish(),
  scheduleInfo: scheduleSchema.nullish(),
  ticketInfo: z.object({ ticketNumber: z.string().nullish(), ticketSystem: z.string().nullish() }).nullish(),
})
export type ScheduleRequest = z.infer<typeof requestSchema>

const knownActions = [
  'adminAssign',
  'adminUpdate',
  'adminRemove',
  'selfActivate',
  'selfDeactivate',
  'adminExtend',
  'adminRenew',
  'selfExtend',
  'selfRenew',
]

/** A request to PIM: an administrator gives or takes an active or eligible role. */
export function requestSchedule(level: Level, call: WriteCall): WriteOutcome | Refusal {
  const parsed = requestSchema.safeParse(call.body)
  if (!parsed.success) return badRequest(`The request is not valid: ${parsed.error.issues[0]?.path.join('/') ?? 'its body'}.`)
  const request = parsed.data
  if (!knownActions.includes(request.action)) return badRequest(`The action '${request.action}' is not valid.`)
  if (request.action === 'adminRemove') return remove(level, call, request)
  if (request.action === 'adminAssign') return assign(level, call, request)
  return notPlayed(`the action ${request.action} of PIM requests`)
}

/** What administrators gave: activations end by themselves or by those who made them. */
function assigned(view: View, level: Level, holding: Holding): { rows: Row[]; instances: Row[] } | undefined {
  if (level === 'eligible') {
    const instances = rowsOf(view, ELIGIBLE, holding).filter((row) => row['memberType'] !== 'Group')
    return instances.length > 0 ? { rows: [], instances } : undefined
  }
  const instances = rowsOf(view, ACTIVE, holding)
  const rows = rowsOf(view, ASSIGNMENTS, holding)
  const isOnlyActivated = instances.length > 0 && instances.every((row) => row['assignmentType'] === 'Activated')
  return rows.length + instances.length > 0 && !isOnlyActivated ? { rows, instances } : undefined
}

function remove(level: Level, call: WriteCall, request: ScheduleRequest): WriteOutcome | Refusal {
  const { view, at } = call
  const found = assigned(view, level, request)
  if (!found) return doesNotExist
  const [instance] = found.instances
  const since = Date.parse(text(instance, 'startDateTime') ?? '')
  if (level === 'active' && at - since < MINIMUM_MS) return tooShort
  for (const row of found.rows) writeRow(view, ASSIGNMENTS, row.id, undefined)
  for (const row of found.instances) writeRow(view, level === 'active' ? ACTIVE : ELIGIBLE, row.id, undefined)
  const isPermanent = text(instance, 'endDateTime') === undefined
  const core = level === 'active' ? [{ ...membershipAudit(view, request, false), byPim: true as const }] : []
  const answer = answered(level, call, request, { status: 'Revoked', targetScheduleId: null, scheduleInfo: null })
  return { audit: [...pimAudit(level, call, request, isPermanent), ...core], answer }
}

function assign(level: Level, call: WriteCall, request: ScheduleRequest): WriteOutcome | Refusal {
  const { view, at } = call
  const refusal = holdingRefusal(view, request)
  if (refusal) return refusal
  const schedule = request.scheduleInfo
  if (!schedule?.expiration) return badRequest('The request must state scheduleInfo with its expiration.')
  const from = schedule.startDateTime ? Date.parse(schedule.startDateTime) : at
  if (from > at + 60_000) return notPlayed('roles that begin later')
  const until = expirationFault(schedule.expiration, from)
  if (until !== null && typeof until === 'object') return until
  const policy = policyRefusal(view, level, request, until === null ? null : until - from)
  if (policy && isRefusal(policy)) return policy
  const path = level === 'active' ? ACTIVE : ELIGIBLE
  const there =
    level === 'active' ? [...rowsOf(view, ASSIGNMENTS, request), ...rowsOf(view, ACTIVE, request)] : rowsOf(view, ELIGIBLE, request)
  if (there.length > 0) return exists
  const scheduleId = randomUUID()
  const assignmentId = randomBytes(33).toString('base64url')
  const holding = {
    principalId: request.principalId,
    roleDefinitionId: request.roleDefinitionId,
    directoryScopeId: request.directoryScopeId,
    appScopeId: null,
  }
  const times = {
    startDateTime: moment(Math.max(from, at)),
    endDateTime: until === null ? null : moment(until),
    memberType: 'Direct',
  }
  const instanceId = `${assignmentId}-1`
  if (level === 'active') {
    writeRow(view, ASSIGNMENTS, assignmentId, { id: assignmentId, ...holding, condition: null })
    writeRow(view, path, instanceId, {
      id: instanceId,
      ...holding,
      ...times,
      assignmentType: 'Assigned',
      roleAssignmentOriginId: assignmentId,
      roleAssignmentScheduleId: scheduleId,
    })
  } else {
    writeRow(view, path, instanceId, { id: instanceId, ...holding, ...times, roleEligibilityScheduleId: scheduleId })
  }
  const core = level === 'active' ? [{ ...membershipAudit(view, request, true), byPim: true as const }] : []
  const scheduleInfo = {
    startDateTime: times.startDateTime,
    recurrence: null,
    expiration: {
      type: schedule.expiration.type,
      endDateTime: schedule.expiration.endDateTime ?? null,
      duration: schedule.expiration.duration ?? null,
    },
  }
  const answer = answered(level, call, request, { status: 'Provisioned', targetScheduleId: scheduleId, scheduleInfo })
  return { audit: [...pimAudit(level, call, request, until === null), ...core], answer }
}

/** Whole seconds are written without a fraction. */
function moment(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z')
}

/** The request as PIM keeps it. */
function answered(
  level: Level,
  { caller, at }: WriteCall,
  request: ScheduleRequest,
  result: { readonly status: string; readonly targetScheduleId: string | null; readonly scheduleInfo: unknown },
): NonNullable<WriteOutcome['answer']> {
  const collectionName = level === 'active' ? 'roleAssignmentScheduleRequests' : 'roleEligibilityScheduleRequests'
  return {
    status: 201,
    context: `roleManagement/directory/${collectionName}/$entity`,
    body: {
      id: result.targetScheduleId ?? randomUUID(),
      status: result.status,
      createdDateTime: new Date(at).toISOString(),
      completedDateTime: new Date(at).toISOString(),
      approvalId: null,
      customData: null,
      action: request.action,
      principalId: request.principalId,
      roleDefinitionId: request.roleDefinitionId,
      directoryScopeId: request.directoryScopeId,
      appScopeId: null,
      isValidationOnly: false,
      targetScheduleId: result.targetScheduleId,
      justification: request.justification ?? null,
      createdBy: { application: null, device: null, user: { displayName: null, id: caller.oid } },
      scheduleInfo: result.scheduleInfo,
      ticketInfo: { ticketNumber: request.ticketInfo?.ticketNumber ?? null, ticketSystem: request.ticketInfo?.ticketSystem ?? null },
    },
  }
}

/** PIM's own two rows: the request, and that it was carried out. */
function pimAudit(level: Level, { view }: WriteCall, request: ScheduleRequest, isPermanent: boolean): AuditPlan[] {
  const isRemoval = request.action === 'adminRemove'
  const what = level === 'eligible' ? 'eligible member' : 'member'
  const verb = isRemoval ? `Remove ${what} from role in PIM` : `Add ${what} to role in PIM`
  const role = findRoleDefinition(view.tenant, request.roleDefinitionId) ?? { id: request.roleDefinitionId }
  const principal = principalTarget(view, request.principalId)
  const targets: AuditTarget[] = [
    { type: 'Role', row: role },
    { type: 'Request', row: { id: randomUUID() }, shownName: null },
    { ...principal, shownName: text(principal.row, 'displayName') ?? null },
    { type: 'Directory', row: { id: view.tenant.id }, shownName: view.tenant.displayName },
  ]
  return ['requested', 'completed'].map((stage) => ({
    activity: `${verb} ${stage} (${isPermanent ? 'permanent' : 'timebound'})`,
    category: 'RoleManagement',
    service: 'PIM',
    operation: isRemoval ? 'AdminRemove' : 'AdminAssign',
    targets,
    reason: request.justification ?? '',
    details: [
      {
        key: 'RoleDefinitionOriginId',
        value: collection(view.tenant, 'roleManagement/directory/roleDefinitions').get(role.id)?.id ?? role.id,
      },
    ],
  }))
}
