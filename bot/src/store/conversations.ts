import type { Json } from '@countersign/core/digest.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** Where a person's 1:1 chat with the bot is: what a message without a question before it needs. */
export interface Conversation {
  readonly personId: string
  readonly conversationId: string
  /** The channel's conversation reference, as it gave it. */
  readonly reference: Json
}

/** Throws what `isChatTaken` recognises when the chat is kept for somebody else, of whatever tenant. */
export async function putConversation(tx: WriteTx, conversation: Conversation, at: string): Promise<void> {
  const row = { conversation_id: conversation.conversationId, reference: JSON.stringify(conversation.reference), updated_at: at }
  await tx[inside].db
    .insertInto('conversation')
    .values({ person_id: conversation.personId, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id']).doUpdateSet(row))
    .execute()
}

/** Whether a transaction failed because the chat is another person's: the index says so even of a tenant that this one cannot see. */
export function isChatTaken(problem: unknown): boolean {
  return Reflect.get(Object(problem), 'code') === '23505' && Reflect.get(Object(problem), 'constraint') === 'one_person_a_chat'
}

export async function conversationOf(tx: ReadTx, personId: string): Promise<Conversation | undefined> {
  const row = await tx[inside].db.selectFrom('conversation').selectAll().where('person_id', '=', personId).executeTakeFirst()
  return row && { personId: row.person_id, conversationId: row.conversation_id, reference: row.reference }
}

/** Every chat of the tenant, the one that was used last first. */
export async function conversations(tx: ReadTx): Promise<readonly Conversation[]> {
  const rows = await tx[inside].db.selectFrom('conversation').selectAll().orderBy('updated_at', 'desc').orderBy('person_id').execute()
  return rows.map((row) => ({ personId: row.person_id, conversationId: row.conversation_id, reference: row.reference }))
}

/** The person whose 1:1 chat this is, as far as it is stored. */
export async function personOfConversation(tx: ReadTx, conversationId: string): Promise<string | undefined> {
  const row = await tx[inside].db
    .selectFrom('conversation')
    .select('person_id')
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
  return row?.person_id
}

/** Forgets the chat, for example after the app was removed from it; with an id, only while that is still the person's chat. */
export async function deleteConversation(tx: WriteTx, personId: string, conversationId?: string): Promise<void> {
  const query = tx[inside].db.deleteFrom('conversation').where('person_id', '=', personId)
  await (conversationId === undefined ? query : query.where('conversation_id', '=', conversationId)).execute()
}
