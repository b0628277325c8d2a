import { z } from 'zod'
import { attachmentsSchema, cardsOf, type Attachment, type Card } from './chat-cards.ts'

/** A message's state between two changes. */
export interface MessageState {
  readonly id: string
  readonly conversationId: string
  readonly text: string
  readonly cards: readonly Card[]
  /** Titles. */
  readonly suggestedActions: readonly string[]
  readonly isAiLabelled: boolean
  /** Grows with every change anywhere in the chat; compare with mark(). */
  readonly changedAt: number
}

/** A message of the bot as it stands now; `history` holds what it was before each update or replacement. */
export interface ChatMessage extends MessageState {
  readonly history: readonly MessageState[]
}

/** Of a wait that says nothing else, in milliseconds. It tells a stand-still, and nothing of a slow machine. */
export const longestWaitMs = 240_000

export interface WaitOptions {
  readonly timeoutMs?: number
  readonly since?: number
}

/** What the bot has written in one chat client, kept as its page would show it. */
export interface Transcript {
  messages(): readonly ChatMessage[]
  message(id: string): ChatMessage | undefined
  /** Adds a message or changes it in place. */
  keep(id: string, conversationId: string, state: Shown): void
  mark(): number
  typingCount(): number
  waitFor(predicate: (message: ChatMessage) => boolean, options?: WaitOptions): Promise<ChatMessage>
  close(): void
}

interface Shown {
  readonly text: string
  readonly attachments: readonly Attachment[]
  readonly suggestedActions: readonly string[]
  readonly isAiLabelled: boolean
}

const streamSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('typing'), actionConversationId: z.string() }),
  z.object({
    action: z.enum(['createMessage', 'updateMessage']),
    actionConversationId: z.string(),
    message: z.looseObject({
      messageId: z.string(),
      text: z.string().nullish(),
      attachments: attachmentsSchema.nullish(),
      aiEntity: z.unknown().optional(),
      suggestedActions: z.looseObject({ actions: z.array(z.looseObject({ title: z.string().nullish() })) }).nullish(),
    }),
  }),
])

/** Listens to what the chat client at this address streams to its page. */
export async function openTranscript(url: string): Promise<Transcript> {
  const messages = new Map<string, ChatMessage>()
  const watchers = new Set<() => void>()
  let changes = 0
  let typing = 0

  function keep(id: string, conversationId: string, { attachments, ...shown }: Shown): void {
    changes += 1
    const before = messages.get(id)
    const state = { id, conversationId, ...shown, cards: cardsOf(id, conversationId, attachments), changedAt: changes }
    messages.set(id, { ...state, history: before === undefined ? [] : [...before.history, before] })
    for (const watcher of watchers) watcher()
  }

  const socket = new WebSocket(`${url.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`)
  socket.addEventListener('message', (event) => {
    const parsed = streamSchema.safeParse(JSON.parse(String(event.data)))
    if (!parsed.success) return
    if (parsed.data.action === 'typing') {
      typing += 1
      return
    }
    const { actionConversationId, message } = parsed.data
    keep(message.messageId, actionConversationId, {
      text: message.text ?? '',
      attachments: message.attachments ?? [],
      suggestedActions: message.suggestedActions?.actions.map((action) => action.title ?? '') ?? [],
      isAiLabelled: message.aiEntity != null,
    })
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error(`The chat client at ${url} does not stream its messages.`)), { once: true })
  })

  return {
    messages: () => [...messages.values()],
    message: (id) => messages.get(id),
    keep,
    mark: () => changes,
    typingCount: () => typing,
    waitFor(predicate, { timeoutMs = longestWaitMs, since = 0 } = {}) {
      return new Promise((resolve, reject) => {
        const recent = () => [...messages.values()].filter((message) => message.changedAt > since)
        const look = () => {
          const found = recent().find(predicate)
          if (found === undefined) return
          clearTimeout(timer)
          watchers.delete(look)
          resolve(found)
        }
        const timer = setTimeout(() => {
          watchers.delete(look)
          const seen = recent().map((message) => message.text || message.cards[0]?.text || '(empty)')
          reject(
            new Error(`No message as expected within ${timeoutMs} ms. Seen since: ${seen.length === 0 ? 'none' : JSON.stringify(seen)}.`),
          )
        }, timeoutMs)
        watchers.add(look)
        look()
      })
    },
    close: () => socket.close(),
  }
}
