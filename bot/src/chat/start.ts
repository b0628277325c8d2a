import { z } from 'zod'
import type { Channel, ChannelAnswer, ChannelRequest, ChatTurn, TurnAnswer } from './channel.ts'
import type { ChatDeps } from './chat-deps.ts'
import { makeChatMemory, type ChatMemory } from './memory.ts'
import { startNotifier } from './notify.ts'
import { sendDueAlerts } from './send-alerts.ts'
import { handleTurn } from './turn.ts'

export interface ChatService {
  /** Serves POST /api/messages. */
  readonly registerRoutes: (app: MessageServer) => void
  readonly receive: (request: ChannelRequest) => Promise<ChannelAnswer>
  /** Sends the alert messages of a tenant that are due; how many were delivered. */
  readonly sendAlerts: (tenantId: string) => Promise<number>
  /** Stops the reader of the event log; messages that are being answered end by themselves. */
  readonly close: () => Promise<void>
}

/** The little of an HTTP server that the bot's endpoint needs; a Fastify instance is one. */
export interface MessageServer {
  post(path: '/api/messages', handler: (request: MessageRequest, reply: MessageReply) => Promise<unknown>): unknown
}
interface MessageRequest {
  readonly headers: { readonly authorization?: string | undefined }
  readonly body: unknown
}
interface MessageReply {
  code(status: number): { send(body?: unknown): unknown }
}

/** Starts the chat: answers what people write and keeps their cards true. Give it the channel from botframework.ts. */
export async function startChat(options: Omit<ChatDeps, 'memory'>): Promise<ChatService> {
  const memory = makeChatMemory(options.act.now)
  const deps: ChatDeps = { ...options, memory, channel: remembering(options.channel, memory) }
  const notifier = await startNotifier(deps)
  const receive = (request: ChannelRequest): Promise<ChannelAnswer> => deps.channel.receive(request, (turn) => handleSafely(deps, turn))
  return {
    receive,
    sendAlerts: (tenantId) => sendDueAlerts(deps, tenantId),
    registerRoutes(app) {
      app.post('/api/messages', async (request, reply) => {
        const answer = await receive({ authorization: request.headers.authorization, body: request.body })
        return reply.code(answer.status).send(answer.body)
      })
    },
    close: () => notifier.close(),
  }
}

/** The channel's reference names the conversation. */
const referenceSchema = z.looseObject({ conversation: z.looseObject({ id: z.string() }) })

/** The channel, with a memory of which message is the newest of each conversation: whoever sends, and whatever it is. */
function remembering(channel: Channel, memory: ChatMemory): Channel {
  return {
    receive: (request, handle) =>
      channel.receive(request, (turn) =>
        handle({
          ...turn,
          reply: (message) =>
            memory.sending(
              turn.conversationId,
              () => turn.reply(message),
              (activityId) => activityId,
            ),
        }),
      ),
    send: (reference, message) =>
      memory.sending(
        referenceSchema.safeParse(reference).data?.conversation.id ?? '',
        () => channel.send(reference, message),
        (delivery) => (delivery.kind === 'delivered' ? delivery.activityId : undefined),
      ),
    update: (reference, activityId, message) => channel.update(reference, activityId, message),
  }
}

/** The one place where a broken promise meets a person in chat: an apology with a number, never a stack. */
async function handleSafely(deps: ChatDeps, turn: ChatTurn): Promise<TurnAnswer> {
  try {
    return await handleTurn(deps, turn)
  } catch (problem) {
    const correlationId = deps.act.newId()
    deps.log.error({ correlationId, err: problem }, 'A turn of chat failed')
    const text = `Something broke on my side, and I could not finish this. If it happens again, give this number to whoever runs this service: ${correlationId}`
    if (turn.act.kind === 'search' || (turn.act.kind === 'press' && turn.act.via === 'invoke')) return { kind: 'note', text }
    if (turn.conversationType === 'personal')
      await turn.reply({ text }).catch((error: unknown) => deps.log.error({ correlationId, err: error }, 'An apology could not be sent'))
    return { kind: 'none' }
  }
}
