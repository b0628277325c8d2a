import type { Selectable } from 'kysely'
import type { Met } from '@countersign/core/actions/expectation.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { Tables } from './tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** One write of a proposal: planned until journal.ts opens it, sending until its outcome is known. */
export interface StoredStep {
  readonly proposalId: string
  readonly stepIndex: number
  readonly state: 'planned' | 'sending' | 'done' | 'notSent'
  /** client-request-id of the one request; null while planned. */
  readonly clientRequestId: string | null
  readonly sentAt: string | null
  /** What the writer answered, or what recovery read back; null until done. */
  readonly outcome: Json | null
  readonly doneAt: string | null
  /** What reading it back showed; null until then. */
  readonly met: Met | null
}

export async function stepsOf(tx: ReadTx, proposalId: string): Promise<StoredStep[]> {
  return (
    await tx[inside].db.selectFrom('proposal_step').selectAll().where('proposal_id', '=', proposalId).orderBy('step_index').execute()
  ).map(toStep)
}

/** Steps whose request was opened and whose outcome is not known: what recovery reads back and never sends. */
export async function stepsSending(tx: ReadTx): Promise<StoredStep[]> {
  return (await tx[inside].db.selectFrom('proposal_step').selectAll().where('state', '=', 'sending').orderBy('sent_at').execute()).map(
    toStep,
  )
}

/** Compare-and-swap sending → done with the outcome; false when the step is not sending. */
export async function finishStep(tx: WriteTx, proposalId: string, stepIndex: number, outcome: Json, at: string): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('proposal_step')
    .set({ state: 'done', outcome: JSON.stringify(outcome), done_at: at })
    .where('proposal_id', '=', proposalId)
    .where('step_index', '=', stepIndex)
    .where('state', '=', 'sending')
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

/** Notes, once, what reading a done step back showed; false when that is known already. */
export async function noteMet(tx: WriteTx, proposalId: string, stepIndex: number, met: Met): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('proposal_step')
    .set({ met })
    .where('proposal_id', '=', proposalId)
    .where('step_index', '=', stepIndex)
    .where('state', '=', 'done')
    .where('met', 'is', null)
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

/** Ends the steps that will never be sent. */
export async function leaveOut(tx: WriteTx, proposalId: string): Promise<void> {
  await tx[inside].db
    .updateTable('proposal_step')
    .set({ state: 'notSent' })
    .where('proposal_id', '=', proposalId)
    .where('state', '=', 'planned')
    .execute()
}

function toStep(row: Selectable<Tables['proposal_step']>): StoredStep {
  return {
    proposalId: row.proposal_id,
    stepIndex: row.step_index,
    state: row.state,
    clientRequestId: row.client_request_id,
    sentAt: row.sent_at,
    outcome: row.outcome,
    doneAt: row.done_at,
    met: row.met,
  }
}
