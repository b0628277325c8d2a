import type { Role } from '@countersign/core/principal.ts'
import { forgetChat } from '../engine/chats.ts'
import { aidOf, type StoredAid } from '../store/aid.ts'
import { conversations } from '../store/conversations.ts'
import { peopleWithSessions } from '../store/sessions.ts'
import { readTx, type StoredJob } from '../store/transaction.ts'
import type { Channel } from './channel.ts'
import type { ChatDeps } from './chat-deps.ts'

const told: Role = 'owner'

/** Tells every owner whose chat is known that the Aid cannot act any more, and what to do. Says nothing while it can. */
export async function tellOwnersOfAid(deps: ChatDeps, job: StoredJob, send: Channel['send']): Promise<void> {
  const { aid, chats, signedIn } = await readTx(deps.act.store, job, async (tx) => ({
    aid: await aidOf(tx),
    chats: await conversations(tx),
    signedIn: await peopleWithSessions(tx, told, deps.act.now()),
  }))
  if (!aid || aid.state === 'connected') return
  const text = aidNotice(aid, deps.tabUrl)
  for (const { personId, conversationId, reference } of chats) {
    const known = await deps.chatPrincipal(job.tenantId, personId)
    // Without the Aid nobody's roles can be read: then those count who proved to be owners when they signed in or connected it.
    const isOwner =
      known.kind === 'principal' ? known.principal.roles.includes(told) : signedIn.includes(personId) || aid.connectedBy === personId
    if (!isOwner) continue
    const delivery = await send(reference, { text })
    if (delivery.kind === 'gone') await forgetChat(deps.act, { tenantId: job.tenantId, objectId: personId }, conversationId)
    if (delivery.kind !== 'delivered')
      deps.log.warn({ problem: delivery.kind === 'later' ? delivery.problem : delivery.status }, 'An owner could not be told about the Aid')
  }
}

/** What an owner reads. Pure. */
export function aidNotice({ userPrincipalName, state, detail, policy }: StoredAid, tabUrl: string): string {
  const happened = {
    connected: 'can act',
    needsSignIn: 'must sign in again, and nothing can be carried out until then',
    disabled: 'is disabled, and nothing can be carried out until it is enabled',
    roleMissing: 'lacks a directory role that switched-on actions need',
  }[state]
  const exception =
    policy === null
      ? ''
      : ' If the policy is not meant for it, declare the exception with its reason in Settings and leave the Aid out of the policy.'
  return `The Aid (${userPrincipalName}) ${happened}. ${detail ?? ''}${exception} Look at it in Settings: ${tabUrl}/settings`.replace(
    / {2,}/g,
    ' ',
  )
}
