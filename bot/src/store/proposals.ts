import { sql, type Selectable } from 'kysely'
import type { ProposalState } from '@countersign/core/actions/gate.ts'
import { termsOf, type Proposal } from '@countersign/core/actions/proposal.ts'
import type { Tables } from './tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** Stores a proposal with all its steps in state planned. */
export async function insertProposal(tx: WriteTx, proposal: Proposal): Promise<void> {
  if (proposal.tenantId !== tx.tenantId) throw new Error('A proposal can be stored only in its own tenant.')
  const { db } = tx[inside]
  await db
    .insertInto('proposal')
    .values({
      id: proposal.id,
      hash: proposal.hash,
      state: proposal.state,
      terms: JSON.stringify(termsOf(proposal)),
      requested_by: proposal.requestedBy,
      created_at: proposal.createdAt,
      expires_at: proposal.expiresAt,
      end_reason: proposal.endReason,
      receipt_number: proposal.receiptNumber,
    })
    .execute()
  if (proposal.steps.length === 0) return
  await db
    .insertInto('proposal_step')
    .values(
      proposal.steps.map((_step, index) => ({
        proposal_id: proposal.id,
        step_index: index,
        client_request_id: null,
        sent_at: null,
        outcome: null,
        done_at: null,
      })),
    )
    .execute()
}

export async function proposalById(tx: ReadTx, id: string): Promise<Proposal | undefined> {
  const row = await tx[inside].db.selectFrom('proposal').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toProposal(row)
}

/** Like `proposalById`, and nobody else can change the proposal until this transaction ends: for deciding and moving its state. */
export async function lockProposal(tx: WriteTx, id: string): Promise<Proposal | undefined> {
  const row = await tx[inside].db.selectFrom('proposal').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toProposal(row)
}

export interface ProposalFilter {
  readonly states?: readonly ProposalState[]
  readonly requestedBy?: string
  /** Only those whose first step was sent. */
  readonly withReceipt?: boolean
  readonly limit?: number
}

/** Proposals, newest first. */
export async function listProposals(tx: ReadTx, filter: ProposalFilter = {}): Promise<Proposal[]> {
  let query = tx[inside].db
    .selectFrom('proposal')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(filter.limit ?? 500)
  if (filter.states) query = query.where('state', 'in', filter.states)
  if (filter.requestedBy) query = query.where('requested_by', '=', filter.requestedBy)
  if (filter.withReceipt) query = query.where('receipt_number', 'is not', null)
  return (await query.execute()).map(toProposal)
}

/** How many proposals a person has made since a time. */
export async function proposalsSince(tx: ReadTx, requestedBy: string, since: string): Promise<number> {
  const row = await tx[inside].db
    .selectFrom('proposal')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('requested_by', '=', requestedBy)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Makes what one person proposes wait for what the same person proposes elsewhere, until this transaction ends. */
export async function inTurnOf(tx: WriteTx, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('propose:' || ${tx.tenantId} || ${personId}, 0))`.execute(tx[inside].db)
}

/** Compare-and-swap of the state: false, and nothing changed, when the proposal is not in `from`. */
export async function moveState(
  tx: WriteTx,
  id: string,
  from: ProposalState,
  to: ProposalState,
  endReason: string | null = null,
): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('proposal')
    .set({ state: to, end_reason: endReason })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

/** The proposal's receipt number, given now when it has none. Numbers of a tenant rise from 1 without gaps. */
export async function nextReceiptNumber(tx: WriteTx, id: string): Promise<number> {
  const { db } = tx[inside]
  await sql`select pg_advisory_xact_lock(hashtextextended('receipt:' || ${tx.tenantId}, 0))`.execute(db)
  await db
    .updateTable('proposal')
    .set({ receipt_number: sql<number>`(select coalesce(max(receipt_number), 0) + 1 from proposal)` })
    .where('id', '=', id)
    .where('receipt_number', 'is', null)
    .execute()
  const row = await db.selectFrom('proposal').select('receipt_number').where('id', '=', id).executeTakeFirst()
  if (row?.receipt_number == null) throw new Error(`There is no proposal ${id} in this tenant.`)
  return row.receipt_number
}

function toProposal(row: Selectable<Tables['proposal']>): Proposal {
  return { ...row.terms, hash: row.hash, state: row.state, endReason: row.end_reason, receiptNumber: row.receipt_number }
}
