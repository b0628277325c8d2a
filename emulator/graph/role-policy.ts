import { z } from 'zod'
import { collection, text } from '../tenants/tenant.ts'
import { refuse } from './respond.ts'
import type { Refusal } from './respond.ts'
import type { Level, ScheduleRequest } from './role-schedules.ts'
import type { View } from './view.ts'
import { badRequest } from './write-entry.ts'

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** The milliseconds of an ISO 8601 duration in days and smaller units; undefined where it is none. */
function milliseconds(duration: string): number | undefined {
  const match = DURATION.exec(duration)
  if (!match || duration.endsWith('P') || duration.endsWith('T')) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}

/** When a role ends: milliseconds since the epoch, null for never, a refusal where the request does not say it rightly. */
export function expirationFault(
  expiration: NonNullable<NonNullable<ScheduleRequest['scheduleInfo']>['expiration']>,
  from: number,
): number | null | Refusal {
  const malformed = badRequest('The expiration of scheduleInfo does not fit its type.')
  if (expiration.type === 'noExpiration') return null
  if (expiration.type === 'afterDateTime') {
    const end = Date.parse(expiration.endDateTime ?? '')
    return Number.isNaN(end) || end <= from ? malformed : end
  }
  const length = milliseconds(expiration.duration ?? '')
  return length === undefined || length === 0 ? malformed : from + length
}

const rulesSchema = z.array(
  z.looseObject({
    id: z.string(),
    isExpirationRequired: z.boolean().optional(),
    maximumDuration: z.string().optional(),
    enabledRules: z.array(z.string()).optional(),
  }),
)

/** What the role's own rules say to administrators who give it (https://learn.microsoft.com/graph/identity-governance-pim-rules-overview). */
export function policyRefusal(view: View, level: Level, request: ScheduleRequest, lengthMs: number | null): Refusal | undefined {
  const assignment = collection(view.tenant, 'policies/roleManagementPolicyAssignments')
    .with('roleDefinitionId', request.roleDefinitionId)
    .find((row) => row['scopeId'] === '/')
  const policy = collection(view.tenant, 'policies/roleManagementPolicies').get(text(assignment, 'policyId') ?? '')
  const rules = rulesSchema.parse(policy?.['rules'] ?? [])
  const suffix = level === 'active' ? 'Admin_Assignment' : 'Admin_Eligibility'
  const expiration = rules.find((rule) => rule.id === `Expiration_${suffix}`)
  const needsJustification = rules.find((rule) => rule.id === `Enablement_${suffix}`)?.enabledRules?.includes('Justification') === true
  const longest = milliseconds(expiration?.maximumDuration ?? '') ?? Number.POSITIVE_INFINITY
  const failed = [
    ...(expiration?.isExpirationRequired === true && (lengthMs === null || lengthMs > longest) ? ['ExpirationRule'] : []),
    ...(needsJustification && (request.justification ?? '').trim() === '' ? ['JustificationRule'] : []),
  ]
  if (failed.length === 0) return undefined
  return refuse(400, 'RoleAssignmentRequestPolicyValidationFailed', `The following policy rules failed: ${JSON.stringify(failed)}`)
}
