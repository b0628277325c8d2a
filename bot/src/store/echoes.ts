import { sql, type Selectable } from 'kysely'
import type { AuditRow, EchoReason, EchoState } from '@countersign/core/actions/echo.ts'
import type { Tables } from './tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** The search for a step's row in the tenant's own audit log. */
export interface StoredEcho {
  readonly proposalId: string
  readonly stepIndex: number
  readonly state: EchoState
  /** Why it is not readable; null in every other state. */
  readonly reason: EchoReason | null
  readonly actorId: string
  readonly sentAt: string
  /** By when a row is usually there. */
  readonly expectedBy: string
  /** When to look again; null once settled. */
  readonly nextLookAt: string | null
  /** Of the row that was found, what proves it. */
  readonly row: AuditRow | null
  /** Ids of further rows of the same event, or of all that fit where several events do. */
  readonly also: readonly string[]
  readonly lookedAt: string | null
}

/** Notes what is owed; does nothing where that is known already, so that a look that was made is never forgotten. */
export async function addEcho(
  tx: WriteTx,
  echo: Pick<StoredEcho, 'proposalId' | 'stepIndex' | 'actorId' | 'sentAt' | 'expectedBy' | 'nextLookAt'>,
): Promise<void> {
  await tx[inside].db
    .insertInto('echo')
    .values({
      proposal_id: echo.proposalId,
      step_index: echo.stepIndex,
      state: 'pending',
      reason: null,
      actor_id: echo.actorId,
      sent_at: echo.sentAt,
      expected_by: echo.expectedBy,
      next_look_at: echo.nextLookAt,
      row: 'null',
      also: '[]',
      looked_at: null,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'proposal_id', 'step_index']).doNothing())
    .execute()
}

/** Writes what a look showed; false when another process has looked since `before` was read. */
export async function moveEcho(tx: WriteTx, before: StoredEcho, after: StoredEcho): Promise<boolean> {
  const moved = await tx[inside].db
    .updateTable('echo')
    .set({
      state: after.state,
      reason: after.reason,
      next_look_at: after.nextLookAt,
      row: JSON.stringify(after.row),
      also: JSON.stringify(after.also),
      looked_at: after.lookedAt,
    })
    .where('proposal_id', '=', before.proposalId)
    .where('step_index', '=', before.stepIndex)
    .where('looked_at', 'is not distinct from', before.lookedAt)
    .where('state', '=', before.state)
    .executeTakeFirst()
  return moved.numUpdatedRows === 1n
}

export async function echoesOf(tx: ReadTx, proposalId: string): Promise<StoredEcho[]> {
  return (await tx[inside].db.selectFrom('echo').selectAll().where('proposal_id', '=', proposalId).orderBy('step_index').execute()).map(
    toEcho,
  )
}

/** Echoes of all proposals, for the list of receipts. */
export async function listEchoes(tx: ReadTx): Promise<StoredEcho[]> {
  return (await tx[inside].db.selectFrom('echo').selectAll().orderBy('sent_at', 'desc').orderBy('step_index').execute()).map(toEcho)
}

/** Echoes whose next look is due. */
export async function dueEchoes(tx: ReadTx, now: string): Promise<StoredEcho[]> {
  return (await tx[inside].db.selectFrom('echo').selectAll().where('next_look_at', '<=', now).orderBy('next_look_at').execute()).map(toEcho)
}

/** Steps sent between two times, whatever became of their echoes. */
export async function echoesSentBetween(tx: ReadTx, from: string, to: string): Promise<StoredEcho[]> {
  return (await tx[inside].db.selectFrom('echo').selectAll().where('sent_at', '>=', from).where('sent_at', '<=', to).execute()).map(toEcho)
}

/** Steps that went out and for which no row is looked for: the process stopped right after the answer was recorded. */
export async function stepsWithoutEcho(
  tx: ReadTx,
): Promise<{ readonly proposalId: string; readonly stepIndex: number; readonly sentAt: string }[]> {
  const rows = await tx[inside].db
    .selectFrom('proposal_step')
    .leftJoin('echo', (join) =>
      join.onRef('echo.proposal_id', '=', 'proposal_step.proposal_id').onRef('echo.step_index', '=', 'proposal_step.step_index'),
    )
    .select(['proposal_step.proposal_id', 'proposal_step.step_index', 'proposal_step.sent_at'])
    .where('proposal_step.state', '=', 'done')
    .where(sql`proposal_step.outcome->>'kind'`, 'in', ['answered', 'unknown'])
    .where('echo.proposal_id', 'is', null)
    .execute()
  return rows.flatMap(({ proposal_id, step_index, sent_at }) =>
    sent_at === null ? [] : [{ proposalId: proposal_id, stepIndex: step_index, sentAt: sent_at }],
  )
}

function toEcho(row: Selectable<Tables['echo']>): StoredEcho {
  return {
    proposalId: row.proposal_id,
    stepIndex: row.step_index,
    state: row.state,
    reason: row.reason,
    actorId: row.actor_id,
    sentAt: row.sent_at,
    expectedBy: row.expected_by,
    nextLookAt: row.next_look_at,
    row: row.row,
    also: row.also,
    lookedAt: row.looked_at,
  }
}
