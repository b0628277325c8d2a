import { alertRuleOf } from '@countersign/core/alerts/catalogue.ts'
import { permission, roles, type Principal, type Role } from '@countersign/core/principal.ts'
import { settleTaken, takeNextMessage, type Sent, type Taken } from '../engine/alerts/send.ts'
import { forgetChat } from '../engine/chats.ts'
import { conversationOf } from '../store/conversations.ts'
import { peopleWithSessions } from '../store/sessions.ts'
import { readTx } from '../store/transaction.ts'
import { alertCard, testCard } from './cards/alerts.ts'
import type { ChatDeps } from './chat-deps.ts'

/** Sends what is due to the people of one tenant, one after another. What cannot be sent now waits for another call. */
export async function sendDueAlerts(deps: ChatDeps, tenantId: string): Promise<number> {
  const clock = { store: deps.act.store, now: deps.act.now }
  let delivered = 0
  for (;;) {
    const taken = await takeNextMessage(clock, tenantId)
    if (!taken) return delivered
    const sent = await send(deps, tenantId, taken)
    if (sent.kind === 'delivered') delivered += 1
    await settleTaken(clock, tenantId, taken.message, sent)
  }
}

/** Whether the person may still see it is asked now, and not when it was planned. */
async function send(deps: ChatDeps, tenantId: string, { message, alerts, follower }: Taken): Promise<Sent> {
  const isTest = message.kind === 'test'
  if (!isTest && !follower) return { kind: 'dropped', why: 'The person stopped these messages.' }
  if (!isTest && alerts.length === 0)
    return { kind: 'dropped', why: 'The person muted or gave up the rule, or the alert was too old to be kept.' }
  const principal = await principalOf(deps, tenantId, message.personId, message.displayName)
  if (!principal) return { kind: 'later', why: 'Which role the person holds could not be read.' }
  const shown = alerts.filter(({ ruleId }) => permission(principal, alertRuleOf(ruleId)?.needs ?? 'viewFindings').may)
  if (isTest ? !permission(principal, 'viewPosture').may : shown.length === 0)
    return { kind: 'dropped', why: 'The person no longer holds a role that may see it.' }
  const person = { tenantId, objectId: message.personId }
  const chat = await readTx(deps.act.store, person, (tx) => conversationOf(tx, message.personId))
  if (!chat) return { kind: 'failed', why: 'No chat of the person with Countersign is known.' }
  const card = message.kind === 'test' ? testCard(deps.tabUrl) : alertCard(message.kind, shown, deps.tabUrl)
  const delivery = await deps.channel.send(chat.reference, { card })
  switch (delivery.kind) {
    case 'delivered':
      return delivery
    case 'later':
      deps.log.warn({ problem: delivery.problem }, 'An alert could not be sent yet')
      return { kind: 'later', why: 'The channel did not take it.' }
    case 'gone':
      await forgetChat(deps.act, person, chat.conversationId)
      return { kind: 'failed', why: `The channel no longer takes messages to this chat (${delivery.status}).` }
  }
}

/** With roles no older than a minute; while nobody's roles can be read, those of a sign-in that still lasts. */
async function principalOf(deps: ChatDeps, tenantId: string, objectId: string, displayName: string): Promise<Principal | undefined> {
  const known = await deps.chatPrincipal(tenantId, objectId, displayName)
  if (known.kind === 'principal') return known.principal
  const held = await readTx(deps.act.store, { tenantId, objectId }, async (tx) => {
    const found: Role[] = []
    for (const role of roles) if ((await peopleWithSessions(tx, role, deps.act.now())).includes(objectId)) found.push(role)
    return found
  })
  return held.length > 0 ? { tenantId, objectId, displayName, roles: held, door: 'chat' } : undefined
}
