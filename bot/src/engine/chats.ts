import { canonicalJson } from '@countersign/core/digest.ts'
import {
  conversationOf,
  deleteConversation,
  isChatTaken,
  personOfConversation,
  putConversation,
  type Conversation,
} from '../store/conversations.ts'
import { moveCursor } from '../store/outbox.ts'
import { ensureTenant } from '../store/tenants.ts'
import { readTx, writeTx, type StoredJob } from '../store/transaction.ts'
import { iso, type ActDeps } from './act/deps.ts'

type Deps = Pick<ActDeps, 'store' | 'now'>

/** `opened`: no chat of the person was known before. `taken`: this 1:1 chat is another person's, and nothing was stored. */
export type ChatKnown = 'known' | 'opened' | 'taken'

/** Keeps where a person's 1:1 chat is. A 1:1 chat belongs to the first person who was seen in it. */
export async function rememberChat(
  deps: Deps,
  person: StoredJob,
  chat: Pick<Conversation, 'conversationId' | 'reference'>,
): Promise<ChatKnown> {
  const { known, holder } = await readTx(deps.store, person, async (tx) => ({
    known: await conversationOf(tx, person.objectId),
    holder: await personOfConversation(tx, chat.conversationId),
  }))
  if (holder !== undefined && holder !== person.objectId) return 'taken'
  if (known?.conversationId === chat.conversationId && canonicalJson(known.reference) === canonicalJson(chat.reference)) return 'known'
  const at = iso(deps.now())
  try {
    await writeTx(deps.store, person, async (tx) => {
      await ensureTenant(tx, { displayName: '', domain: '', at })
      await putConversation(tx, { personId: person.objectId, ...chat }, at)
    })
  } catch (problem) {
    if (isChatTaken(problem)) return 'taken'
    throw problem
  }
  return known === undefined ? 'opened' : 'known'
}

/** Forgets this chat: the app was removed, or the channel no longer takes messages there. One that the person opened since stays. */
export async function forgetChat(deps: Deps, person: StoredJob, conversationId: string): Promise<void> {
  await writeTx(deps.store, person, (tx) => deleteConversation(tx, person.objectId, conversationId))
}

/** Notes how far a reader of the event log has come. */
export async function moveReader(deps: Deps, job: StoredJob, reader: string, seq: number): Promise<void> {
  await writeTx(deps.store, job, (tx) => moveCursor(tx, reader, seq))
}
