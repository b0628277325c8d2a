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

export interface AuditTarget {
  readonly type: 'User' | 'Application' | 'ServicePrincipal' | 'Role' | 'Group' | 'Policy' | 'Directory' | 'Request' | 'Other'
  readonly row: Row
  /** Changed properties stand with the object that they belong to. */
  readonly modified?: readonly ModifiedProperty[]
  /** The name in the log, where it is not the object's; people have none there. */
  readonly shownName?: string | null
  /** The user principal name in the log, where it is not the person's own. */
  readonly shownUpn?: string
}

/** One row that a write leaves behind. */
export interface AuditPlan {
  /** The exact bytes of the log, en dashes and trailing spaces included. */
  readonly activity: string
  readonly category:
    | 'UserManagement'
    | 'ApplicationManagement'
    | 'GroupManagement'
    | 'RoleManagement'
    | 'AuthorizationPolicy'
    | 'DirectoryManagement'
    | 'Policy'
    | 'Other'
  readonly service: keyof typeof idPrefixes
  /** `Update` unless stated. */
  readonly operation?: 'Add' | 'Update' | 'Delete' | 'Assign' | 'Unassign' | 'Other' | 'AdminRemove' | 'AdminAssign'
  readonly targets: readonly AuditTarget[]
  /** What the log says beside the result; empty unless stated. */
  readonly reason?: string
  /** Privileged Identity Management carries a request out in its own name. */
  readonly byPim?: true
  /** Beside the user agent, which Core Directory adds itself. */
  readonly details?: readonly { readonly key: string; readonly value: string }[]
}

/** How the ids of each service's rows begin. */
const idPrefixes = {
  'Core Directory': 'Directory',
  'Conditional Access': 'IPCGraph',
  'Authentication Methods': 'Authentication Methods',
  PIM: 'PIM',
  'Identity Protection': 'IPC',
} as const

/** `"Included Updated Properties"` closes the list of a Core Directory row. */
export function includedProperties(...names: readonly string[]): ModifiedProperty {
  return { displayName: 'Included Updated Properties', oldValue: null, newValue: JSON.stringify(names.join(', ')) }
}

/**
 * Writes the rows of one change: same correlation id and time for all of them. Core Directory makes its own correlation
 * id; every other service uses the client-request-id. They can be read once the delay is over, or never.
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
    const prefix = idPrefixes[plan.service]
    const agent = plan.service === 'Core Directory' && userAgent !== undefined ? [{ key: 'User-Agent', value: userAgent }] : []
    const row: Row = {
      id: `${prefix}_${correlationId}_${randomUUID().slice(0, 5).toUpperCase()}_${String(rows.size + index)}`,
      category: plan.category,
      correlationId,
      result: 'success',
      resultReason: plan.reason ?? '',
      activityDisplayName: plan.activity,
      activityDateTime,
      loggedByService: plan.service,
      operationType: plan.operation ?? 'Update',
      initiatedBy: plan.byPim ? pim(view) : initiator(view, caller),
      targetResources: plan.targets.map(shownTarget),
      additionalDetails: [...agent, ...(plan.details ?? [])],
    }
    view.world.auditVisibleAt.set(row.id, delay === null ? Number.POSITIVE_INFINITY : answering.at + delay)
    rows.set(row.id, row)
  })
}

function shownTarget({ type, row, modified = [], shownName, shownUpn }: AuditTarget): Record<string, unknown> {
  const types = row['groupTypes']
  const isUnified = Array.isArray(types) && types.includes('Unified')
  return {
    id: row.id,
    displayName: shownName === undefined ? (type === 'User' ? null : (text(row, 'displayName') ?? null)) : shownName,
    type,
    userPrincipalName: type === 'User' ? (shownUpn ?? text(row, 'userPrincipalName') ?? null) : null,
    groupType: type === 'Group' ? (isUnified ? 'unifiedGroups' : 'azureAD') : null,
    modifiedProperties: modified,
  }
}

/** The application in whose name Privileged Identity Management acts. */
const PIM_APP_ID = '01fc33a7-78ba-4d2f-a4b7-768e336e890e'

function pim(view: View): Record<string, unknown> {
  const principal = collection(view.tenant, 'servicePrincipals').with('appId', PIM_APP_ID)[0]
  return {
    user: null,
    app: { appId: null, displayName: 'MS-PIM', servicePrincipalId: principal?.id ?? null, servicePrincipalName: null },
  }
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
