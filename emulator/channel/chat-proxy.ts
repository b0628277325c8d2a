import { z } from 'zod'
import { isLoopbackUrl } from '../server/arguments.ts'
import { json } from '../server/http.ts'
import type { PlainRequest, PlainResponse } from '../server/http.ts'
import { activitySchema, asTeamsSendsIt } from './activity.ts'
import type { Activity } from './activity.ts'
import { postToBot } from './bot-endpoint.ts'
import type { ChannelState } from './channel-state.ts'
import { forge, forgeryNames, honestClaims, isForgeryName } from './forge.ts'
import type { SignedActivity } from './forge.ts'

const botSchema = z.strictObject({
  endpoint: z.string().refine(isLoopbackUrl, 'must be an http or https URL on localhost or 127.0.0.1'),
  appId: z.guid().toLowerCase(),
  tenantId: z.guid().toLowerCase(),
})

/** The plain side of the channel, where chat clients post what a person did and tests look in. */
export async function handleChatProxy(state: ChannelState, request: PlainRequest): Promise<PlainResponse> {
  const { pathname, searchParams } = request.url
  const route = `${request.method} ${pathname}`
  if (route === 'POST /api/messages') return deliver(state, request.body, undefined)
  if (request.method === 'POST' && pathname.startsWith('/forge/')) return deliver(state, request.body, pathname.slice('/forge/'.length))
  if (route === 'GET /bot') return json(200, state.bot() ?? null)
  if (route === 'PUT /bot') return setBot(state, request.body)
  if (route === 'GET /ledger') return json(200, { entries: state.ledger.since(Number(searchParams.get('since') ?? '0') || 0) })
  if (route === 'DELETE /ledger') {
    state.ledger.clear()
    return { status: 204, headers: {}, body: '' }
  }
  // The Playground's page looks whether its endpoint answers at all before it opens the chat.
  if (request.method === 'HEAD' || route === 'GET /api/messages') return { status: 200, headers: {}, body: '' }
  return problem(
    404,
    'NotFound',
    `Nothing is at ${route}. The chat proxy serves POST /api/messages, POST /forge/{name}, GET and PUT /bot, GET and DELETE /ledger.`,
  )
}

/** Sends an activity to the bot, signed as the channel signs or forged in the named way. */
async function deliver(state: ChannelState, body: string, forgery: string | undefined): Promise<PlainResponse> {
  const bot = state.bot()
  if (bot === undefined) return problem(503, 'NoBot', 'The channel knows no bot yet. Set one with PUT /bot { endpoint, appId, tenantId }.')
  if (forgery !== undefined && !isForgeryName(forgery)) {
    return problem(404, 'UnknownForgery', `There is no forgery "${forgery}". Use one of: ${forgeryNames.join(', ')}.`)
  }
  const parsed = activitySchema.safeParse(parseJson(body))
  if (!parsed.success) return problem(400, 'BadSyntax', `The body is not an activity: ${z.prettifyError(parsed.error)}`)

  if (forgery === undefined) {
    const origin = state.origins.remember(parsed.data)
    if (!origin.ok) return problem(400, 'BadArgument', origin.message)
  }
  const activity = asTeamsSendsIt(parsed.data, { serviceUrl: state.serviceUrl, tenantId: bot.tenantId, now: state.now() })
  const context = { keys: state.keys, issuer: state.issuer, botAppId: bot.appId, now: state.now() }
  const signed: SignedActivity =
    forgery === undefined
      ? { activity, authorization: `Bearer ${await state.keys.sign(honestClaims(activity, context))}` }
      : await forge(forgery, activity, context)
  const { status, response } = await postToBot(bot, signed)
  record(state, signed.activity, new URL(bot.endpoint).pathname, forgery ?? 'signed', status)
  return response
}

function record(state: ChannelState, activity: Activity, path: string, token: string, status: number): void {
  state.ledger.append({
    direction: 'toBot',
    method: 'POST',
    path,
    token,
    activityType: activity.type,
    activityName: activity.name ?? null,
    activityId: activity.id ?? null,
    conversationId: activity.conversation?.id ?? null,
    fromId: activity.from?.aadObjectId ?? activity.from?.id ?? null,
    status,
    body: activity,
  })
}

function setBot(state: ChannelState, body: string): PlainResponse {
  const parsed = botSchema.safeParse(parseJson(body))
  if (!parsed.success) return problem(400, 'BadArgument', `PUT /bot needs { endpoint, appId, tenantId }: ${z.prettifyError(parsed.error)}`)
  state.setBot(parsed.data)
  return json(200, parsed.data)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problem(status: number, code: string, message: string): PlainResponse {
  return json(status, { error: { code, message } })
}
