import { sql, type Selectable } from 'kysely'
import type { Offer } from '@countersign/core/actions/offer.ts'
import type { Tables } from './tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/**
 * Stores an offer; false, and nothing stored, when the person already has a live offer of the proposal or a live offer
 * with the same code (make another code and try again).
 */
export async function insertOffer(tx: WriteTx, offer: Offer): Promise<boolean> {
  if (offer.tenantId !== tx.tenantId) throw new Error('An offer can be stored only in its own tenant.')
  const answer = await tx[inside].db
    .insertInto('offer')
    .values({
      id: offer.id,
      proposal_id: offer.proposalId,
      proposal_hash: offer.proposalHash,
      person_id: offer.personId,
      conversation_id: offer.conversationId,
      card_activity_id: offer.cardActivityId,
      nonce: offer.nonce,
      code: offer.code,
      bytes_digest: offer.bytesDigest,
      created_at: offer.createdAt,
      expires_at: offer.expiresAt,
      state: offer.state,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return answer.numInsertedOrUpdatedRows === 1n
}

export async function offerById(tx: ReadTx, id: string): Promise<Offer | undefined> {
  const row = await tx[inside].db.selectFrom('offer').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toOffer(row)
}

export interface OfferFilter {
  readonly proposalId?: string
  readonly personId?: string
  readonly nonce?: string
  readonly code?: string
  readonly state?: Offer['state']
}

/** Offers, newest first. */
export async function listOffers(tx: ReadTx, filter: OfferFilter): Promise<Offer[]> {
  // A card that is live was made after those that have ended, also within one millisecond.
  const isLive = sql`state = 'live'`
  let query = tx[inside].db.selectFrom('offer').selectAll().orderBy('created_at', 'desc').orderBy(isLive, 'desc').orderBy('id')
  if (filter.proposalId) query = query.where('proposal_id', '=', filter.proposalId)
  if (filter.personId) query = query.where('person_id', '=', filter.personId)
  if (filter.nonce) query = query.where('nonce', '=', filter.nonce)
  if (filter.code) query = query.where('code', '=', filter.code)
  if (filter.state) query = query.where('state', '=', filter.state)
  return (await query.execute()).map(toOffer)
}

/** Notes the channel's answer to the card; once only, false when it is already noted. */
export async function setCardActivity(tx: WriteTx, id: string, cardActivityId: string): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('offer')
    .set({ card_activity_id: cardActivityId })
    .where('id', '=', id)
    .where('card_activity_id', '=', '')
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

/** Compare-and-swap: live → used (confirmed, at most once) or live → dead. */
export async function moveOffer(tx: WriteTx, id: string, from: 'live', to: 'used' | 'dead'): Promise<boolean> {
  const answer = await tx[inside].db
    .updateTable('offer')
    .set({ state: to })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

/** Ends every live offer of a proposal, or only those to one person, and returns them, so that their cards can be updated. */
export async function endOffers(tx: WriteTx, proposalId: string, personId?: string): Promise<Offer[]> {
  let query = tx[inside].db.updateTable('offer').set({ state: 'dead' }).where('proposal_id', '=', proposalId).where('state', '=', 'live')
  if (personId !== undefined) query = query.where('person_id', '=', personId)
  return (await query.returningAll().execute()).map(toOffer)
}

function toOffer(row: Selectable<Tables['offer']>): Offer {
  return {
    id: row.id,
    proposalId: row.proposal_id,
    proposalHash: row.proposal_hash,
    tenantId: row.tenant_id,
    personId: row.person_id,
    conversationId: row.conversation_id,
    cardActivityId: row.card_activity_id,
    nonce: row.nonce,
    code: row.code,
    bytesDigest: row.bytes_digest,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    state: row.state,
  }
}
