import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { findButton, readCard, refreshActionOf, type Card } from './chat-cards.ts'
import { callAs, forged, invokeActivity, messageActivity, readLedger, searchActivity, type LedgerEntry } from './chat-people.ts'
import { longestWaitMs, openTranscript, type ChatMessage, type WaitOptions } from './chat-transcript.ts'
import type { ChatReady } from './start-chat-client.ts'

/** What pressing a button led to. `card`: replaced in place. `message`: a note under the card. `refused`: the bot's endpoint said no. */
export type PressOutcome =
  | { readonly kind: 'card'; readonly card: Card }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  | { readonly kind: 'refused'; readonly status: number; readonly body: string }
  /** An Action.Submit, whose answer is a message of its own. */
  | { readonly kind: 'submitted' }

export interface Person {
  /** Sends a message as this person. In a group the bot only hears what mentions it, which `say` adds. */
  say(text: string, where?: 'personal' | 'group'): Promise<void>
  /** Presses the one enabled button with this verb or title, with the values of the card's inputs. */
  press(card: Card, verbOrTitle: string, inputs?: Readonly<Record<string, unknown>>): Promise<PressOutcome>
}

export interface ChatClient extends Person {
  readonly ready: ChatReady
  /** Somebody else who acts on what this chat shows: their clicks and messages carry their own ids, in either conversation. */
  asUser(aadObjectId: string): Person
  /** Adds the bot to a conversation, as when the app is installed. */
  install(where?: 'personal' | 'group'): Promise<void>
  /** Does what a client does on its own when it shows a card with `refresh`. */
  refresh(card: Card): Promise<PressOutcome>
  messages(where?: 'personal' | 'group'): readonly ChatMessage[]
  cards(where?: 'personal' | 'group'): readonly Card[]
  /** The present moment, to wait for what comes after it. */
  mark(): number
  /** The first message for which the predicate holds, changed after `since` (default: any). */
  waitFor(predicate: (message: ChatMessage) => boolean, options?: WaitOptions): Promise<ChatMessage>
  /** Says the text and waits for the first message changed after it, for which the predicate holds. */
  ask(text: string, predicate?: (message: ChatMessage) => boolean, options?: { readonly timeoutMs?: number }): Promise<ChatMessage>
  /** What the bot answers to words in the box of its message extension, in a group unless told; the Playground has no such box. */
  search(value: unknown, where?: 'personal' | 'group'): Promise<{ readonly status: number; readonly body: unknown }>
  /** How often the bot showed that it is typing. */
  typingCount(): number
  /** Sends the person's message through the channel with a forged token or activity; gives the bot's HTTP status. */
  forge(name: string, text: string): Promise<number>
  /** What passed the channel, both ways. */
  ledger(since?: number): Promise<readonly LedgerEntry[]>
  /**
   * Waits until the ledger holds every message that this chat shows and grows no more. The channel notes a message when the client has
   * answered for it, on a busy machine seconds after the client shows it.
   */
  settled(timeoutMs?: number): Promise<void>
  close(): void
}

const wrappedAnswerSchema = z.looseObject({ innerHttpError: z.looseObject({ body: z.unknown() }) })

const invokeAnswerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('application/vnd.microsoft.card.adaptive'), value: z.record(z.string(), z.unknown()) }),
  z.object({ type: z.literal('application/vnd.microsoft.activity.message'), value: z.string() }),
  z.object({
    type: z.literal('application/vnd.microsoft.error'),
    value: z.looseObject({ code: z.string(), message: z.string().default('') }),
  }),
])

/** Sits down at a started chat client, without a browser. `chatProxyUrl` is needed for asUser, forge and ledger. */
export async function connectChat(ready: ChatReady, chatProxyUrl: string): Promise<ChatClient> {
  const transcript = await openTranscript(ready.url)

  /**
   * The page replaces a card on its own when an invoke is answered with one; the Playground does not stream that. A state that was
   * streamed after the press (`since`) is as new or newer, and stays, in whatever order this process comes to read the two.
   */
  function settle(card: Card, since: number, { status, body }: { readonly status: number; readonly body: string }): PressOutcome {
    const answer = invokeAnswerSchema.safeParse(botAnswer(parseJson(body)))
    if (!answer.success) return { kind: 'refused', status, body }
    switch (answer.data.type) {
      case 'application/vnd.microsoft.card.adaptive': {
        const before = transcript.message(card.messageId)
        const attachments = [{ contentType: answer.data.type, content: answer.data.value }]
        if (before === undefined || before.changedAt <= since)
          transcript.keep(card.messageId, card.conversationId, {
            text: before?.text ?? '',
            attachments,
            suggestedActions: before?.suggestedActions ?? [],
            isAiLabelled: before?.isAiLabelled ?? false,
          })
        return { kind: 'card', card: readCard(card.messageId, card.conversationId, answer.data.value) }
      }
      case 'application/vnd.microsoft.activity.message':
        return { kind: 'message', text: answer.data.value }
      case 'application/vnd.microsoft.error':
        return { kind: 'error', code: answer.data.value.code, message: answer.data.value.message }
    }
  }

  async function post(path: string, body: unknown): Promise<{ status: number; body: string }> {
    const answer = await fetch(ready.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: await answer.text() }
  }

  async function mustPost(path: string, body: unknown): Promise<string> {
    const answer = await post(path, body)
    if (answer.status >= 300) throw new Error(`The chat client refused ${path} with ${answer.status}: ${answer.body}`)
    return answer.body
  }

  function idOf(where: 'personal' | 'group'): string {
    return where === 'personal' ? ready.personalChat : ready.groupChat
  }

  async function execute(card: Card, action: unknown, trigger: 'manual' | 'automatic'): Promise<PressOutcome> {
    const invoke = {
      name: 'adaptiveCard/action',
      value: { action, trigger },
      from: { id: ready.me.id },
      conversation: { id: card.conversationId },
      replyToId: card.messageId,
    }
    const since = transcript.mark()
    return settle(card, since, await post('/_conversation/v1/invoke', invoke))
  }

  const client: ChatClient = {
    ready,
    async say(text, where = 'personal') {
      const mention = `<at>${ready.bot.name}</at>`
      const inGroup = { text: `${mention} ${text}`, mentions: [{ mentioned: { id: ready.bot.id }, text: mention }] }
      await mustPost(`/_conversation/v1/conversations/${encodeURIComponent(idOf(where))}/messages`, {
        from: { id: ready.me.id },
        textFormat: 'plain',
        ...(where === 'personal' ? { text } : inGroup),
      })
    },
    async press(card, verbOrTitle, inputs = {}) {
      const { type, title, verb, id, data } = findButton(card, verbOrTitle)
      const values = { ...(typeof data === 'object' ? data : {}), ...inputs }
      if (type === 'Action.Submit') {
        await mustPost('/_conversation/v1/submit', {
          conversation: { id: card.conversationId },
          from: { id: ready.me.id },
          replyToId: card.messageId,
          value: values,
        })
        return { kind: 'submitted' }
      }
      if (type !== 'Action.Execute')
        throw new Error(`The button ${JSON.stringify(verbOrTitle)} is an ${type}; only Action.Execute and Action.Submit reach the bot.`)
      return execute(card, { type, id, title, verb, data: values }, 'manual')
    },
    asUser(aadObjectId) {
      const person = [ready.me, ...ready.people].find((one) => one.aadObjectId === aadObjectId)
      if (person === undefined) throw new Error(`Nobody in this chat has the object id ${aadObjectId}.`)
      return {
        async say(text, where = 'personal') {
          await callAs(chatProxyUrl, messageActivity(ready, person, idOf(where), where, text))
        },
        async press(card, verbOrTitle, inputs = {}) {
          const { type, title, verb, id, data } = findButton(card, verbOrTitle)
          const action = { type, id, title, verb, data: { ...(typeof data === 'object' ? data : {}), ...inputs } }
          const since = transcript.mark()
          return settle(card, since, await callAs(chatProxyUrl, invokeActivity(ready, person, card, action)))
        },
      }
    },
    async install(where = 'personal') {
      for (const type of ['botAdded', 'install']) {
        const template = await fetch(
          `${ready.url}/_internal/v1/customActivities/template?type=${type}&conversationId=${encodeURIComponent(idOf(where))}`,
        )
        await mustPost('/_internal/v1/customActivities', await template.json())
      }
    },
    async refresh(card) {
      const action = refreshActionOf(card)
      if (action === undefined) throw new Error('The card has no refresh action.')
      return execute(card, action, 'automatic')
    },
    messages: (where) => transcript.messages().filter((message) => where === undefined || message.conversationId === idOf(where)),
    cards: (where) => client.messages(where).flatMap((message) => message.cards),
    mark: transcript.mark,
    waitFor: transcript.waitFor,
    async ask(text, predicate = () => true, waiting = {}) {
      const since = transcript.mark()
      await client.say(text)
      return transcript.waitFor(predicate, { ...waiting, since })
    },
    async search(value, where = 'group') {
      const { status, body } = await callAs(chatProxyUrl, searchActivity(ready, ready.me, idOf(where), value))
      return { status, body: parseJson(body) }
    },
    typingCount: transcript.typingCount,
    forge: (name, text) => forged(chatProxyUrl, name, messageActivity(ready, ready.me, ready.personalChat, 'personal', text)),
    ledger: (since = 0) => readLedger(chatProxyUrl, since),
    async settled(timeoutMs = longestWaitMs) {
      const end = Date.now() + timeoutMs
      for (let before = -1; ;) {
        const entries = await readLedger(chatProxyUrl, 0)
        const noted = new Set(entries.map(({ activityId }) => activityId))
        const missing = transcript.messages().filter(({ id }) => !noted.has(id))
        if (missing.length === 0 && entries.length === before) return
        if (Date.now() > end) throw new Error(`The channel has not noted ${missing.length} of the messages within ${timeoutMs} ms.`)
        before = entries.length
        await wait(1000)
      }
    },
    close: transcript.close,
  }
  return client
}

/** The Playground wraps an answer whose HTTP status says error, as the Bot Framework SDK gives with an error body. */
function botAnswer(body: unknown): unknown {
  const wrapped = wrappedAnswerSchema.safeParse(body)
  return wrapped.success ? wrapped.data.innerHttpError.body : body
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
