import { randomUUID } from 'node:crypto'
import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import type { GraphCaller } from './graph-types.ts'
import type { Answering } from './respond.ts'
import type { View } from './view.ts'

/** One changed property as the log shows it: both values are text that holds JSON, or null. */
export interface ModifiedProperty {
  readonly displayName: string
  readonly oldValue: string | null
  readonly newValue: string | null
}

/** One row that a write leaves behind. */
export interface AuditPlan {
  /** The exact bytes of the log, en dashes and trailing spaces included. */
  readonly activity: string
  readonly category: 'UserManagement' | 'ApplicationManagement' | 'Policy'
  readonly service: 'Core Directory' | 'Conditional Access'
  readonly target: { readonly type: 'User' | 'Application' | 'Policy'; readonly row: Row }
  readonly modified: readonly ModifiedProperty[]
}

/** `"Included Updated Properties"` closes the list of a Core Directory row. */
export function includedProperties(...names: readonly string[]): ModifiedProperty {
  return { displayName: 'Included Updated Properties', oldValue: null, newValue: JSON.stringify(names.join(', ')) }
}

/**
 * Writes the rows of one change: same correlation id and time for all of them. Core Directory makes its own correlation
 * id; Conditional Access uses the client-request-id. They can be read once the delay is over, or never.
 */
export function writeAudit(
  view: View,
  caller: GraphCaller,
  answering: Answering,
  userAgent: string | undefined,
  plans: readonly AuditPlan[],
): void {
  const rows = collection(view.tenant, 'auditLogs/directoryAudits')
  const ownCorrelation = randomUUID()
  const activityDateTime = new Date(answering.at).toISOString().replace('Z', '0000Z')
  const delay = view.world.settings.auditDelayMs
  plans.forEach((plan, index) => {
    const correlationId = plan.service === 'Core Directory' ? ownCorrelation : answering.clientRequestId
    const prefix = plan.service === 'Core Directory' ? 'Directory' : 'IPCGraph'
    const row: Row = {
      id: `${prefix}_${correlationId}_${randomUUID().slice(0, 5).toUpperCase()}_${String(rows.size + index)}`,
      category: plan.category,
      correlationId,
      result: 'success',
      resultReason: '',
      activityDisplayName: plan.activity,
      activityDateTime,
      loggedByService: plan.service,
      operationType: 'Update',
      initiatedBy: initiator(view, caller),
      targetResources: [
        {
          id: plan.target.row.id,
          displayName: plan.target.type === 'User' ? null : (text(plan.target.row, 'displayName') ?? null),
          type: plan.target.type,
          userPrincipalName: plan.target.type === 'User' ? (text(plan.target.row, 'userPrincipalName') ?? null) : null,
          groupType: null,
          modifiedProperties: plan.modified,
        },
      ],
      additionalDetails: plan.service === 'Core Directory' && userAgent !== undefined ? [{ key: 'User-Agent', value: userAgent }] : [],
    }
    view.world.auditVisibleAt.set(row.id, delay === null ? Number.POSITIVE_INFINITY : answering.at + delay)
    rows.set(row.id, row)
  })
}

/** A person's change names the person and no application; an application's own change names its service principal. */
function initiator(view: View, caller: GraphCaller): Record<string, unknown> {
  if (!caller.isAppOnly) {
    const user = collection(view.tenant, 'users').get(caller.oid)
    return {
      app: null,
      user: { id: caller.oid, displayName: null, userPrincipalName: text(user, 'userPrincipalName') ?? null, ipAddress: '127.0.0.1' },
    }
  }
  const principal = collection(view.tenant, 'servicePrincipals').with('appId', caller.appId)[0]
  return {
    user: null,
    app: {
      appId: null,
      displayName: text(principal, 'displayName') ?? null,
      servicePrincipalId: principal?.id ?? null,
      servicePrincipalName: null,
    },
  }
}
