import type { RequestListener } from 'node:http'
import type { Certificates } from '../server/certificates.ts'
import { json, readRequest, sendResponse } from '../server/http.ts'
import type { PlainRequest, PlainResponse } from '../server/http.ts'
import { listen } from '../server/listen.ts'
import type { Listener } from '../server/listen.ts'
import type { BotSettings } from './bot-endpoint.ts'
import type { ChannelState, VerifyBotToken } from './channel-state.ts'
import { handleChatProxy } from './chat-proxy.ts'
import { handleConnector } from './connector.ts'
import type { ChannelKeys } from './keys.ts'
import { createLedger } from './ledger.ts'
import type { LedgerEntry } from './ledger.ts'
import { createOrigins } from './origins.ts'

/** The issuer of every token that the channel signs, as in the public Azure cloud. */
export const CHANNEL_ISSUER = 'https://api.botframework.com'

export interface ChannelOptions {
  /** HTTPS: metadata, keys and the connector. 0 takes any free port. */
  readonly port: number
  /** Plain HTTP: where chat clients post. 0 takes any free port. */
  readonly chatProxyPort: number
  readonly tls: Certificates
  readonly keys: ChannelKeys
  /** May come later, with setBot or PUT /bot on the chat proxy. */
  readonly bot?: BotSettings | undefined
  /** Accepts tokens of the emulator's sign-in with audience https://api.botframework.com. */
  readonly verifyBotToken: VerifyBotToken
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export interface Channel {
  /** `https://localhost:PORT` */
  readonly url: string
  /** `http://127.0.0.1:PORT`; chat clients post to /api/messages below it. */
  readonly chatProxyUrl: string
  setBot(bot: BotSettings): void
  /** What was forwarded or refused, both ways, oldest first. */
  ledger(since?: number): readonly LedgerEntry[]
  close(): Promise<void>
}

/** Plays the Bot Framework channel of Teams between a chat client and a bot, with real tokens both ways. */
export async function startChannel(options: ChannelOptions): Promise<Channel> {
  let bot = options.bot
  const started: { state?: ChannelState } = {}
  const secure = await listenOrThrow(options.port, options.tls, 'channel', (request) => {
    if (!started.state) return Promise.resolve(json(503, { error: { code: 'Starting', message: 'The channel is still starting.' } }))
    return handleSecure(started.state, request)
  })
  const url = `https://localhost:${secure.port}`
  const ready: ChannelState = {
    keys: options.keys,
    issuer: CHANNEL_ISSUER,
    serviceUrl: `${url}/connector/`,
    ledger: createLedger(options.now),
    origins: createOrigins(),
    verifyBotToken: options.verifyBotToken,
    now: options.now,
    bot: () => bot,
    setBot(settings) {
      bot = settings
    },
  }
  started.state = ready
  let plain: Listener
  try {
    plain = await listenOrThrow(options.chatProxyPort, undefined, 'chat proxy', (request) => handleChatProxy(ready, request))
  } catch (error) {
    await secure.close()
    throw error
  }
  return {
    url,
    chatProxyUrl: `http://127.0.0.1:${plain.port}`,
    setBot: ready.setBot,
    ledger: (since = 0) => ready.ledger.since(since),
    async close() {
      await Promise.all([plain.close(), secure.close()])
    },
  }
}

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
async function handleSecure(state: ChannelState, request: PlainRequest): Promise<PlainResponse> {
  const { pathname, origin } = request.url
  if (request.method === 'GET' && pathname === '/v1/.well-known/openidconfiguration') {
    return json(200, {
      issuer: state.issuer,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${origin}/v1/.well-known/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    })
  }
  if (request.method === 'GET' && pathname === '/v1/.well-known/keys') return json(200, { keys: state.keys.published })
  if (pathname.startsWith('/connector/')) return handleConnector(state, request, pathname.slice('/connector'.length).replace(/^\/+/, '/'))
  return json(404, { error: { code: 'NotFound', message: `Nothing is at ${request.method} ${pathname} of the channel.` } })
}

async function listenOrThrow(
  port: number,
  tls: Certificates | undefined,
  name: string,
  handle: (request: PlainRequest) => Promise<PlainResponse>,
): Promise<Listener> {
  let origin = ''
  const listener: RequestListener = (request, response) => {
    readRequest(request, origin)
      .then((plain) =>
        plain === undefined ? json(413, { error: { code: 'MessageSizeTooBig', message: 'The body is too large.' } }) : handle(plain),
      )
      .catch((error: unknown) =>
        json(500, { error: { code: 'ServiceError', message: error instanceof Error ? error.message : 'The channel failed.' } }),
      )
      .then((answer) => sendResponse(response, answer))
  }
  const outcome = await listen(port, tls, listener)
  if (!outcome.ok) throw new Error(`The ${name} cannot listen: ${outcome.reason}. Give it another port, or 0 for any free one.`)
  origin = tls === undefined ? `http://127.0.0.1:${outcome.listener.port}` : `https://localhost:${outcome.listener.port}`
  return outcome.listener
}
