import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Emulator } from '../../tools/stack/emulator.ts'
import { callAs, forged, readLedger, type Activity, type LedgerEntry } from '../e2e/chat-people.ts'

/** Who writes, from where: every part can be set on its own, so that a test can mix what does not belong together. */
export interface Writer {
  readonly tenantId: string
  readonly objectId: string
  readonly name: string
  readonly conversationId: string
}
export interface Said {
  readonly conversationId: string
  readonly text: string
  /** False where it is an older message that changed. */
  readonly isNew: boolean
}

export interface ChatLine {
  /** Sends an honestly signed message and answers what new the bot said in that conversation until its turn was over. */
  readonly say: (writer: Writer, text: string) => Promise<{ readonly status: number; readonly said: readonly string[] }>
  /** Presses a card's button. */
  readonly press: (
    writer: Writer,
    verb: string,
    data: unknown,
    cardActivityId?: string,
  ) => Promise<{ readonly status: number; readonly body: string }>
  /** Sends one of the channel's forgeries; gives the bot's status. */
  readonly forge: (name: string, activity: Activity) => Promise<number>
  readonly message: (writer: Writer, text: string) => Activity
  readonly pressing: (writer: Writer, verb: string, data: unknown, cardActivityId?: string) => Activity
  /** Everything that the bot has said, cards as their JSON. */
  readonly said: () => readonly Said[]
  readonly waitFor: (conversationId: string, words: RegExp) => Promise<string>
  readonly ledger: (since?: number) => Promise<readonly LedgerEntry[]>
  readonly close: () => Promise<void>
}

const activitySchema = z.looseObject({
  type: z.string(),
  text: z.string().nullish(),
  attachments: z.array(z.looseObject({ content: z.unknown() })).nullish(),
})
const place = /^\/v3\/conversations\/([^/]+)\/activities/

/** The smallest chat client: a connector that keeps what the bot says, one for all who write. */
export async function openChatLine(emulator: Emulator): Promise<ChatLine> {
  const kept: Said[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
    request.on('end', () => {
      const conversation = place.exec(request.url ?? '')?.[1]
      const activity = activitySchema.safeParse(parse(text))
      if (conversation !== undefined && activity.success && activity.data.type !== 'typing')
        kept.push({
          conversationId: decodeURIComponent(conversation),
          isNew: request.method === 'POST',
          text: [activity.data.text ?? '', ...(activity.data.attachments ?? []).map(({ content }) => JSON.stringify(content))].join(' '),
        })
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: randomUUID() }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const serviceUrl = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  const proxy = emulator.ready.chatProxy

  function activityOf({ tenantId, objectId, name, conversationId }: Writer): Activity {
    return {
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl,
      from: { id: `29:${objectId}`, aadObjectId: objectId, name },
      recipient: { id: '28:bot', name: 'Countersign' },
      conversation: { id: conversationId, tenantId, conversationType: 'personal' },
      channelData: { tenant: { id: tenantId } },
      locale: 'en-US',
    }
  }
  const message: ChatLine['message'] = (writer, text) => ({ ...activityOf(writer), type: 'message', text, textFormat: 'plain' })
  const pressing: ChatLine['pressing'] = (writer, verb, data, cardActivityId = '') => ({
    ...activityOf(writer),
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: cardActivityId,
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
  })
  return {
    message,
    pressing,
    async say(writer, text) {
      const before = kept.length
      const { status } = await callAs(proxy, message(writer, text))
      const isAnswer = ({ isNew, conversationId }: Said): boolean => isNew && conversationId === writer.conversationId
      return { status, said: kept.slice(before).flatMap((one) => (isAnswer(one) ? [one.text] : [])) }
    },
    press: (writer, verb, data, cardActivityId) => callAs(proxy, pressing(writer, verb, data, cardActivityId)),
    forge: (name, activity) => forged(proxy, name, activity),
    said: () => kept,
    async waitFor(conversationId, words) {
      for (;;) {
        const found = kept.find((one) => one.conversationId === conversationId && words.test(one.text))
        if (found) return found.text
        await wait(50)
      }
    },
    ledger: (since = 0) => readLedger(proxy, since),
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
