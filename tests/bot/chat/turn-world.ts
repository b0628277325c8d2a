import { randomUUID } from 'node:crypto'
import type { Json } from '../../../core/digest.ts'
import type { Role } from '../../../core/principal.ts'
import type { Channel, ChatAct, ChatTurn, Delivery, Message, TurnAnswer } from '../../../bot/src/chat/channel.ts'
import { startChat, type ChatService } from '../../../bot/src/chat/start.ts'
import { readCard, type Card } from '../../e2e/chat-cards.ts'
import { openWorld, type ActWorld } from '../act/act-world.ts'

/** Ada's 1:1 chat with the real chat over a channel in memory. Hooks hold an await, so that a test decides what happens meanwhile. */
export interface TurnWorld {
  readonly world: ActWorld
  readonly service: ChatService
  /** The bot's messages in the order in which the channel took them. */
  readonly said: { readonly id: string; readonly message: Message }[]
  /** Cards as they were changed, in answer to a turn or by the reader of the event log, in the order in which the channel took them. */
  readonly changed: { readonly id: string; readonly card: Json }[]
  readonly hooks: Hooks
  readonly act: (what: ChatAct, more?: Partial<Pick<ChatTurn, 'activityId' | 'writtenAt' | 'reference'>>) => Promise<TurnAnswer>
  readonly say: (text: string, more?: Partial<Pick<ChatTurn, 'activityId' | 'writtenAt' | 'reference'>>) => Promise<TurnAnswer>
  readonly lastCard: () => Card
  readonly lastText: () => string
  readonly close: () => Promise<void>
}

export interface Hooks {
  /** The channel breaks at messages that hold these words. */
  failing?: string | undefined
  roles?: readonly Role[] | undefined
  beforeRoles?: (() => Promise<void>) | undefined
  /** After the message is in the chat, and before the bot is told so. */
  afterReply?: ((message: Message) => Promise<void>) | undefined
  beforeReplace?: (() => Promise<void>) | undefined
}

/** How the channel refers to the chat of a conversation. */
export function referenceTo(conversationId: string): Json {
  return { user: { id: '29:ada' }, conversation: { id: conversationId } }
}

/** A promise to wait for and the way to let it go; `once` runs first when it is reached. */
export function gate(): { readonly reached: Promise<void>; readonly pass: () => Promise<void>; readonly open: () => void } {
  const reached = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  return {
    reached: reached.promise,
    pass() {
      reached.resolve()
      return opened.promise
    },
    open: () => opened.resolve(),
  }
}

export async function openTurnWorld({ isAlone = true } = {}): Promise<TurnWorld> {
  const world = await openWorld()
  const said: TurnWorld['said'] = []
  const changed: TurnWorld['changed'] = []
  const hooks: Hooks = {}
  const put = (message: Message): string => {
    said.push({ id: `m${said.length + 1}`, message })
    return `m${said.length}`
  }
  const channel: Channel = {
    // The body stands for the turn that the real channel makes of it.
    receive: async (request, handle) => ({ status: 200, body: JSON.parse(JSON.stringify(await handle(request.body as ChatTurn))) as Json }),
    send: (_reference, message): Promise<Delivery> => Promise.resolve({ kind: 'delivered', activityId: put(message) }),
    update(_reference, id, message): Promise<Delivery> {
      if ('card' in message) changed.push({ id, card: message.card })
      return Promise.resolve({ kind: 'delivered', activityId: id })
    },
  }
  const service = await startChat({
    channel,
    act: world.deps,
    async chatPrincipal() {
      await hooks.beforeRoles?.()
      return { kind: 'principal', principal: { ...world.ada, roles: hooks.roles ?? world.ada.roles } }
    },
    tenants: [world.ada.tenantId],
    log: world.deps.log,
    tabUrl: 'http://tab',
    chatUrl: 'http://chat',
    auditLogUrl: 'http://log',
    isAlone,
  })
  const act: TurnWorld['act'] = async (what, more = {}) => {
    const turn: ChatTurn = {
      tenantId: world.ada.tenantId,
      person: { objectId: world.ada.objectId, name: 'Ada', channelId: '29:ada' },
      conversationId: world.chat.conversationId,
      conversationType: 'personal',
      activityId: randomUUID(),
      writtenAt: world.clock.now,
      act: what,
      reference: referenceTo(world.chat.conversationId),
      async reply(message) {
        if (hooks.failing !== undefined && JSON.stringify(message).includes(hooks.failing))
          throw new Error('the channel broke at secret/path.ts:1')
        const id = put(message)
        await hooks.afterReply?.(message)
        return id
      },
      async replaceCard(id, card) {
        await hooks.beforeReplace?.()
        changed.push({ id, card })
      },
      showTyping: () => Promise.resolve(),
      ...more,
    }
    const answer = await service.receive({ authorization: undefined, body: turn })
    return answer.body as unknown as TurnAnswer
  }
  return {
    world,
    service,
    said,
    changed,
    hooks,
    act,
    say: (text, more) => act({ kind: 'text', text }, more),
    lastCard() {
      const last = said.at(-1)
      if (!last || !('card' in last.message)) throw new Error(`The last message is no card: ${JSON.stringify(last)}`)
      return readCard(last.id, world.chat.conversationId, Object(last.message.card))
    },
    lastText() {
      const last = said.at(-1)
      if (!last || !('text' in last.message)) throw new Error('The last message is no text.')
      return last.message.text
    },
    async close() {
      await service.close()
      await world.close()
    },
  }
}
