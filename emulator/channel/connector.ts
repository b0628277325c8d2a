import { z } from 'zod'
import { json } from '../server/http.ts'
import type { PlainRequest, PlainResponse } from '../server/http.ts'
import type { ChannelState } from './channel-state.ts'

const CONVERSATION_PATH = /^\/v3\/conversations\/([^/]+)(?:\/activities(?:\/([^/]+))?)?/
const SEND_TIMEOUT_MS = 15_000

const bodySchema = z.looseObject({ type: z.string().optional(), id: z.string().optional(), replyToId: z.string().optional() })
const createSchema = z.looseObject({ isGroup: z.boolean().optional(), members: z.array(z.looseObject({ id: z.string() })).optional() })
const answerSchema = z.looseObject({ id: z.string() })

/**
 * The Bot Framework connector: checks the bot's token, then hands the call to the connector of the chat client
 * that owns the conversation. `path` is what follows /connector.
 */
export async function handleConnector(state: ChannelState, request: PlainRequest, path: string): Promise<PlainResponse> {
  const refusal = await refuseToken(state, request.headers['authorization'])
  const response = refusal ?? (await forward(state, request, path))
  record(state, request, path, refusal === undefined ? 'bot' : 'refused', response)
  return response
}

async function refuseToken(state: ChannelState, authorization: string | undefined): Promise<PlainResponse | undefined> {
  const token = await state.verifyBotToken(authorization)
  if (!token.ok) return unauthorized(token.message)
  const bot = state.bot()
  if (bot === undefined) return unauthorized('The channel knows no bot.')
  if (token.appId !== bot.appId) return unauthorized(`The token was issued to ${token.appId}, which is not the bot.`)
  return undefined
}

function unauthorized(reason: string): PlainResponse {
  return json(
    401,
    { message: 'Authorization has been denied for this request.', error: { code: 'Unauthorized', message: reason } },
    { 'www-authenticate': 'Bearer' },
  )
}

async function forward(state: ChannelState, request: PlainRequest, path: string): Promise<PlainResponse> {
  const target =
    request.method === 'POST' && path === '/v3/conversations' ? openPersonalChat(state, request.body) : ownerOf(state, request, path)
  if ('response' in target) return target.response
  try {
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
    const answer = await fetch(`${target.connector}${path}${request.url.search}`, {
      method: request.method,
      redirect: 'error',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      ...(hasBody ? { body: target.body } : {}),
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    })
    const contentType = answer.headers.get('content-type') ?? 'application/json'
    return { status: answer.status, headers: { 'content-type': contentType }, body: await answer.text() }
  } catch {
    return json(502, { error: { code: 'ServiceError', message: `The chat client at ${target.connector} cannot be reached.` } })
  }
}

type Target = { readonly connector: string; readonly body: string } | { readonly response: PlainResponse }

function ownerOf(state: ChannelState, request: PlainRequest, path: string): Target {
  const conversationId = conversationOf(path)
  const connector = conversationId === undefined ? state.origins.any() : state.origins.ofConversation(conversationId)
  if (connector === undefined)
    return { response: json(404, { error: { code: 'ConversationNotFound', message: 'Conversation not found.' } }) }
  return { connector, body: request.body }
}

/** A bot may open a chat only with a person who has the app; Teams takes the object id in place of the channel id. */
function openPersonalChat(state: ChannelState, body: string): Target {
  const parsed = createSchema.safeParse(parseJson(body))
  const asked = parsed.success && parsed.data.isGroup !== true ? parsed.data.members?.[0] : undefined
  if (!parsed.success || asked === undefined) {
    return {
      response: json(400, {
        error: { code: 'BadSyntax', message: 'A personal chat needs members with exactly one person, and no isGroup.' },
      }),
    }
  }
  const person = state.origins.ofPerson(asked.id)
  if (person === undefined) {
    return { response: json(403, { error: { code: 'ForbiddenOperationException', message: 'The bot is not installed for this person.' } }) }
  }
  return { connector: person.connector, body: JSON.stringify({ ...parsed.data, members: [{ ...asked, id: person.id }] }) }
}

function conversationOf(path: string): string | undefined {
  const encoded = CONVERSATION_PATH.exec(path)?.[1]
  return encoded === undefined ? undefined : decodeURIComponent(encoded)
}

function record(state: ChannelState, request: PlainRequest, path: string, token: string, response: PlainResponse): void {
  const sent = parseJson(request.body)
  const activity = bodySchema.safeParse(sent)
  const answer = answerSchema.safeParse(parseJson(response.body))
  const inPath = CONVERSATION_PATH.exec(path)?.[2]
  const isUpdate = request.method === 'PUT' || request.method === 'DELETE'
  state.ledger.append({
    direction: 'fromBot',
    method: request.method,
    path,
    token,
    activityType: (activity.success ? activity.data.type : undefined) ?? null,
    activityName: null,
    activityId:
      isUpdate && inPath !== undefined ? decodeURIComponent(inPath) : answer.success && response.status < 300 ? answer.data.id : null,
    conversationId: conversationOf(path) ?? null,
    fromId: null,
    status: response.status,
    body: sent ?? null,
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
