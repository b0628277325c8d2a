import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Card } from './chat-cards.ts'
import type { ChatPerson, ChatReady } from './start-chat-client.ts'

const ledgerSchema = z.object({
  entries: z.array(
    z.object({
      seq: z.number(),
      at: z.number(),
      direction: z.enum(['toBot', 'fromBot']),
      method: z.string(),
      path: z.string(),
      token: z.string(),
      activityType: z.string().nullable(),
      activityName: z.string().nullable(),
      activityId: z.string().nullable(),
      conversationId: z.string().nullable(),
      fromId: z.string().nullable(),
      status: z.number(),
      body: z.unknown(),
    }),
  ),
})

/** One activity or connector call that passed the channel; emulator/channel/ledger.ts tells what the fields mean. */
export type LedgerEntry = z.infer<typeof ledgerSchema>['entries'][number]

export type Activity = Readonly<Record<string, unknown>>

/** What every activity of this person in this conversation holds; the channel puts its own service URL in place of the chat client's. */
function activityOf(ready: ChatReady, person: ChatPerson, conversationId: string): Activity {
  const isPersonal = conversationId === ready.personalChat
  return {
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: `${ready.url}/_connector`,
    from: { id: person.id, aadObjectId: person.aadObjectId, name: person.name },
    recipient: ready.bot,
    conversation: {
      id: conversationId,
      tenantId: ready.tenantId,
      ...(isPersonal ? { conversationType: 'personal' } : { conversationType: 'groupChat', isGroup: true }),
    },
    channelData: { tenant: { id: ready.tenantId } },
    locale: 'en-US',
  }
}

export function messageActivity(
  ready: ChatReady,
  person: ChatPerson,
  conversationId: string,
  where: 'personal' | 'group',
  text: string,
): Activity {
  const activity = activityOf(ready, person, conversationId)
  if (where === 'personal') return { ...activity, type: 'message', text, textFormat: 'plain' }
  const mention = `<at>${ready.bot.name}</at>`
  const entities = [{ type: 'mention', mentioned: ready.bot, text: mention }]
  return { ...activity, type: 'message', text: `${mention} ${text}`, textFormat: 'plain', entities }
}

export function invokeActivity(ready: ChatReady, person: ChatPerson, card: Card, action: unknown): Activity {
  return {
    ...activityOf(ready, person, card.conversationId),
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action, trigger: 'manual' },
    replyToId: card.messageId,
  }
}

/** What Teams sends while somebody types into the box of a message extension. */
export function searchActivity(ready: ChatReady, person: ChatPerson, conversationId: string, value: unknown): Activity {
  return { ...activityOf(ready, person, conversationId), type: 'invoke', name: 'composeExtension/query', value }
}

/** Sends an activity through the channel, honestly signed, and gives the bot's answer. */
export async function callAs(chatProxyUrl: string, activity: Activity): Promise<{ status: number; body: string }> {
  const answer = await fetch(`${chatProxyUrl}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  })
  return { status: answer.status, body: await answer.text() }
}

/** Sends an activity through the channel, forged in one of the ways that emulator/channel/forge.ts names. */
export async function forged(chatProxyUrl: string, name: string, activity: Activity): Promise<number> {
  const answer = await fetch(`${chatProxyUrl}/forge/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  })
  if (answer.status === 404) throw new Error(await answer.text())
  return answer.status
}

export async function readLedger(chatProxyUrl: string, since: number): Promise<readonly LedgerEntry[]> {
  const answer = await fetch(`${chatProxyUrl}/ledger?since=${since}`)
  return ledgerSchema.parse(await answer.json()).entries
}
