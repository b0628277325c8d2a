import { inside, type ReadTx, type WriteTx } from './transaction.ts'
import type { AttributionState, AuditNote, NotReadableReason } from './time-tables.ts'

export type { AttributionState, AuditNote, NotReadableReason } from './time-tables.ts'

/** Who or what changed one object, as far as the tenant's audit log told after a scan. */
export interface Attribution {
  readonly scanId: string
  readonly objectId: string
  readonly state: AttributionState
  /** Why the log could not be read; null in every other state. */
  readonly reason: NotReadableReason | null
  /** What would mend it, for example a scope. */
  readonly detail: string
  /** Newest first. */
  readonly rows: readonly AuditNote[]
  readonly lookedAt: string
}

export async function putAttributions(tx: WriteTx, attributions: readonly Attribution[]): Promise<void> {
  for (const { scanId, objectId, state, reason, detail, rows, lookedAt } of attributions) {
    const row = { state, reason, detail, rows: JSON.stringify(rows), looked_at: lookedAt }
    await tx[inside].db
      .insertInto('attribution')
      .values({ scan_id: scanId, object_id: objectId, ...row })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'scan_id', 'object_id']).doUpdateSet(row))
      .execute()
  }
}

export async function attributionsOf(tx: ReadTx, scanId: string): Promise<Attribution[]> {
  const rows = await tx[inside].db.selectFrom('attribution').selectAll().where('scan_id', '=', scanId).orderBy('object_id').execute()
  return rows.map(toAttribution)
}

/** What was found out about these objects after the scans with ordinals above `after` and up to `upTo`, newest scan first. */
export async function attributionsBetween(tx: ReadTx, objectIds: readonly string[], after: number, upTo: number): Promise<Attribution[]> {
  if (objectIds.length === 0) return []
  const rows = await tx[inside].db
    .selectFrom('attribution')
    .innerJoin('scan', (join) => join.onRef('scan.id', '=', 'attribution.scan_id').onRef('scan.tenant_id', '=', 'attribution.tenant_id'))
    .selectAll('attribution')
    .where('attribution.object_id', 'in', objectIds)
    .where('scan.ordinal', '>', after)
    .where('scan.ordinal', '<=', upTo)
    .orderBy('scan.ordinal', 'desc')
    .orderBy('attribution.object_id')
    .execute()
  return rows.map(toAttribution)
}

function toAttribution(row: {
  scan_id: string
  object_id: string
  state: AttributionState
  reason: NotReadableReason | null
  detail: string
  rows: readonly AuditNote[]
  looked_at: string
}): Attribution {
  return {
    scanId: row.scan_id,
    objectId: row.object_id,
    state: row.state,
    reason: row.reason,
    detail: row.detail,
    rows: row.rows,
    lookedAt: row.looked_at,
  }
}
