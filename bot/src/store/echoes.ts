import type { Selectable } from 'kysely'
import type { AuditRow, EchoState } from '@countersign/core/actions/echo.ts'
import type { Tables } from './tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** The search for a step's row in the tenant's own audit log. */
export interface StoredEcho {
  readonly proposalId: string
  readonly stepIndex: number
  readonly state: EchoState
  readonly actorId: string
  readonly sentAt: string
  /** By when a row is usually there. */
  readonly expectedBy: string
  /** When to look again; null once settled. */
  readonly nextLookAt: string | null
  readonly row: AuditRow | null
  /** Further rows that fit. */
  readonly also: readonly AuditRow[]
  readonly lookedAt: string | null
}

export async function putEcho(tx: WriteTx, echo: StoredEcho): Promise<void> {
  const row = {
    state: echo.state,
    actor_id: echo.actorId,
    sent_at: echo.sentAt,
    expected_by: echo.expectedBy,
    next_look_at: echo.nextLookAt,
    row: JSON.stringify(echo.row),
    also: JSON.stringify(echo.also),
    looked_at: echo.lookedAt,
  }
  await tx[inside].db
    .insertInto('echo')
    .values({ proposal_id: echo.proposalId, step_index: echo.stepIndex, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'proposal_id', 'step_index']).doUpdateSet(row))
    .execute()
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

function toEcho(row: Selectable<Tables['echo']>): StoredEcho {
  return {
    proposalId: row.proposal_id,
    stepIndex: row.step_index,
    state: row.state,
    actorId: row.actor_id,
    sentAt: row.sent_at,
    expectedBy: row.expected_by,
    nextLookAt: row.next_look_at,
    row: row.row,
    also: row.also,
    lookedAt: row.looked_at,
  }
}
