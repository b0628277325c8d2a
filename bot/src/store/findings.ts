import { sql, type Selectable } from 'kysely'
import type { ObjectType, Severity, Values } from '@countersign/core/posture/check.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import type { FindingState } from '@countersign/core/posture/finding.ts'
import { madeWhole } from '@countersign/core/text/whole-text.ts'
import { mapInSlices, slice } from '../in-slices.ts'
import type { Tables } from './tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface StoredFinding {
  /** core/posture/finding.ts `findingKey`: check plus object. */
  readonly key: string
  readonly checkId: string
  readonly object: { readonly type: ObjectType; readonly id: string; readonly part: string; readonly name: string }
  readonly severity: Severity
  readonly state: FindingState
  /** Values of the check's `objectReason`. */
  readonly values: Values
  readonly basis: readonly string[]
  readonly firstSeen: string
  /** When the state last changed. */
  readonly changedAt: string
  /** Set while the newest scan could not read what the check needs. */
  readonly notReadSince: string | null
  /** Scan that last saw it; null when none has. */
  readonly scanId: string | null
}

/** `what` is a message id or event kind, never tenant data. */
export interface FindingHistoryEntry {
  readonly findingKey: string
  readonly checkId: string
  readonly at: string
  readonly what: string
  readonly receiptNumber: number | null
  /** The suppression that began or ended. */
  readonly suppressionId?: string | null
}

/** Inserts or replaces findings by their key, a slice to a statement. */
export async function putFindings(tx: WriteTx, findings: readonly StoredFinding[]): Promise<void> {
  for (let start = 0; start < findings.length; start += slice) {
    await tx[inside].db
      .insertInto('finding')
      .values(findings.slice(start, start + slice).map(toRow))
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'key']).doUpdateSet((excluded) => ({
          name: excluded.ref('excluded.name'),
          severity: excluded.ref('excluded.severity'),
          state: excluded.ref('excluded.state'),
          values: sql<string>`excluded.values`,
          basis: sql<string>`excluded.basis`,
          changed_at: excluded.ref('excluded.changed_at'),
          not_read_since: excluded.ref('excluded.not_read_since'),
          scan_id: excluded.ref('excluded.scan_id'),
          fixable: excluded.ref('excluded.fixable'),
        })),
      )
      .execute()
  }
}

/** All findings, or those in the given states, by key. */
export async function listFindings(tx: ReadTx, states?: readonly FindingState[]): Promise<StoredFinding[]> {
  const query = tx[inside].db.selectFrom('finding').selectAll().orderBy('key')
  return (await (states ? query.where('state', 'in', states) : query).execute()).map(toFinding)
}

export function findingsOfCheck(tx: ReadTx, checkId: string): Promise<StoredFinding[]> {
  return findingsOfChecks(tx, [checkId])
}

/** Findings of several checks, by key. */
export async function findingsOfChecks(tx: ReadTx, checkIds: readonly string[]): Promise<StoredFinding[]> {
  const rows = await tx[inside].db.selectFrom('finding').selectAll().where('check_id', 'in', checkIds).orderBy('key').execute()
  return mapInSlices(rows, toFinding)
}

/** How many findings each check has, in whichever state; checks without any are left out. */
export async function findingCounts(tx: ReadTx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx[inside].db
    .selectFrom('finding')
    .select(['check_id', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('check_id')
    .execute()
  return new Map(rows.map(({ check_id: checkId, count }) => [checkId, Number(count)]))
}

export async function findingByKey(tx: ReadTx, key: string): Promise<StoredFinding | undefined> {
  const row = await tx[inside].db.selectFrom('finding').selectAll().where('key', '=', key).executeTakeFirst()
  return row && toFinding(row)
}

/** Compare-and-swap of one finding's state, for example open → fixedAwaitingScan after a verified receipt. */
export async function moveFinding(tx: WriteTx, key: string, from: readonly FindingState[], to: FindingState, at: string): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('finding')
    .set({ state: to, changed_at: at })
    .where('key', '=', key)
    .where('state', 'in', from)
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

export async function addFindingHistory(tx: WriteTx, entries: readonly FindingHistoryEntry[]): Promise<void> {
  for (let start = 0; start < entries.length; start += slice) {
    await tx[inside].db
      .insertInto('finding_history')
      .values(
        entries.slice(start, start + slice).map((entry) => ({
          finding_key: entry.findingKey,
          check_id: entry.checkId,
          at: entry.at,
          what: entry.what,
          receipt_number: entry.receiptNumber,
          suppression_id: entry.suppressionId ?? null,
        })),
      )
      .execute()
  }
}

/** History of all findings of one check, newest first. */
export async function findingHistory(tx: ReadTx, checkId: string, limit = 200): Promise<FindingHistoryEntry[]> {
  const rows = await tx[inside].db
    .selectFrom('finding_history')
    .selectAll()
    .where('check_id', '=', checkId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    findingKey: row.finding_key,
    checkId: row.check_id,
    at: row.at,
    what: row.what,
    receiptNumber: row.receipt_number,
  }))
}

/** History of one check, newest first, with what happened at one moment to several objects counted as one. */
export async function findingChanges(
  tx: ReadTx,
  checkId: string,
  limit: number,
): Promise<(Omit<FindingHistoryEntry, 'findingKey'> & { readonly suppressionId: string | null; readonly objects: number })[]> {
  const rows = await tx[inside].db
    .selectFrom('finding_history')
    .select(['at', 'what', 'receipt_number', 'suppression_id', ({ fn }) => fn.countAll<number>().as('objects')])
    .where('check_id', '=', checkId)
    .groupBy(['at', 'what', 'receipt_number', 'suppression_id'])
    .orderBy(({ fn }) => fn.max('id'), 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ at, what, receipt_number: receiptNumber, suppression_id: suppressionId, objects }) => ({
    checkId,
    at,
    what,
    receiptNumber,
    suppressionId,
    objects: Number(objects),
  }))
}

function toRow(finding: StoredFinding) {
  return {
    key: finding.key,
    check_id: finding.checkId,
    object_type: finding.object.type,
    object_id: finding.object.id,
    part: finding.object.part,
    name: madeWhole(finding.object.name),
    severity: finding.severity,
    state: finding.state,
    values: JSON.stringify(finding.values),
    basis: JSON.stringify(finding.basis),
    first_seen: finding.firstSeen,
    changed_at: finding.changedAt,
    not_read_since: finding.notReadSince,
    scan_id: finding.scanId,
    fixable: isFixable(finding),
  }
}

/** Whether the check's action has an input for this object. */
function isFixable({ checkId, object, values }: StoredFinding): boolean {
  return checkOf(checkId)?.fix?.input({ ...object, values, basis: [] }) !== undefined
}

/** For files of bot/src/store only. */
export function toFinding(row: Selectable<Tables['finding']>): StoredFinding {
  return {
    key: row.key,
    checkId: row.check_id,
    object: { type: row.object_type, id: row.object_id, part: row.part, name: row.name },
    severity: row.severity,
    state: row.state,
    values: row.values,
    basis: row.basis,
    firstSeen: row.first_seen,
    changedAt: row.changed_at,
    notReadSince: row.not_read_since,
    scanId: row.scan_id,
  }
}
