import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { JWTPayload } from 'jose'
import { z } from 'zod'
import { startChannel } from '../channel/channel.ts'
import type { Channel } from '../channel/channel.ts'
import { createChannelKeys } from '../channel/keys.ts'
import { loadOrMakeCertificates } from '../server/certificates.ts'
import { listen } from '../server/listen.ts'
import type { Listener } from '../server/listen.ts'

export const APP_ID = '7d0c3b1e-52a4-4d6f-9e17-0b8f1c2d3e4f'
export const TENANT = 'b1f7a2d4-93c5-4e60-8a7b-6c5d4e3f2a10'
export const OTHER_TENANT = 'c2a8b3e5-04d6-4f71-9b8c-7d6e5f403b21'
export const PERSON = '0f1e2d3c-4b5a-4968-8776-655443322110'
export const BOT_TOKEN = 'Bearer token-of-the-bot'

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.string() })
const keysSchema = z.object({ keys: z.array(z.object({ kid: z.string(), endorsements: z.array(z.string()) })) })

export interface Arrived {
  readonly path: string
  readonly method: string
  readonly authorization: string | undefined
  readonly body: Record<string, unknown>
}

/** A channel between a bot and a chat client that only keep what reaches them. */
export interface ChannelFixture {
  readonly folder: string
  readonly channel: Channel
  readonly atBot: Arrived[]
  readonly atChat: Arrived[]
  /** What reached the bot last. */
  lastAtBot(): Arrived
  /** A message of one person in their own chat, as a chat client posts it. */
  message(change?: object): Record<string, unknown>
  /** Posts to the chat proxy. */
  post(path: string, body: unknown): Promise<Response>
  /** Calls the connector as the bot; an empty authorization sends none. */
  connector(method: string, path: string, body: unknown, authorization?: string): Promise<Response>
  /** Makes the checks that a bot makes of a token; throws on a bad one. */
  verifyAsBot(arrived: Arrived): Promise<JWTPayload>
  forget(): void
  close(): Promise<void>
}

/** A loopback server that keeps what arrives and gives one answer. */
async function recorder(arrived: Arrived[], answer: object): Promise<Listener> {
  const outcome = await listen(0, undefined, (request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
    request.on('end', () => {
      const body: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
      arrived.push({ path: request.url ?? '', method: request.method ?? '', authorization: request.headers.authorization, body })
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.listener
}

export async function openChannelFixture(): Promise<ChannelFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'channel-test-'))
  const tls = await loadOrMakeCertificates(folder)
  setDefaultCACertificates([...getCACertificates('default'), tls.ca])
  const atBot: Arrived[] = []
  const atChat: Arrived[] = []
  const bot = await recorder(atBot, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } })
  const chat = await recorder(atChat, { id: 'activity-9' })
  const channel = await startChannel({
    port: 0,
    chatProxyPort: 0,
    tls,
    keys: await createChannelKeys(),
    bot: { endpoint: `http://127.0.0.1:${bot.port}/api/messages`, appId: APP_ID, tenantId: TENANT },
    verifyBotToken: (authorization) => {
      if (authorization === BOT_TOKEN) return Promise.resolve({ ok: true, appId: APP_ID })
      if (authorization === 'Bearer token-of-another-bot') return Promise.resolve({ ok: true, appId: OTHER_TENANT })
      return Promise.resolve({ ok: false, message: 'no token' })
    },
    now: Date.now,
  })
  return {
    folder,
    channel,
    atBot,
    atChat,
    lastAtBot() {
      const last = atBot.at(-1)
      assert.ok(last, 'nothing arrived at the bot')
      return last
    },
    message: (change = {}) => ({
      type: 'message',
      id: 'activity-1',
      text: 'help',
      channelId: 'msteams',
      serviceUrl: `http://127.0.0.1:${chat.port}/_connector`,
      from: { id: `29:${PERSON}`, aadObjectId: PERSON, name: 'Ada' },
      recipient: { id: `28:${APP_ID}` },
      conversation: { id: 'a:ada', conversationType: 'personal', tenantId: '00000000-0000-0000-0000-0000000000001' },
      channelData: { tenant: { id: '00000000-0000-0000-0000-0000000000001' }, source: { name: 'message' } },
      ...change,
    }),
    post: (path, body) =>
      fetch(channel.chatProxyUrl + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    connector(method, path, body, authorization = BOT_TOKEN) {
      const headers = { 'content-type': 'application/json', ...(authorization === '' ? {} : { authorization }) }
      return fetch(`${channel.url}/connector${path}`, { method, headers, body: JSON.stringify(body) })
    },
    verifyAsBot: (arrived) => verifyAsBot(channel.url, arrived),
    forget() {
      atBot.length = 0
      atChat.length = 0
    },
    async close() {
      await Promise.all([channel.close(), bot.close(), chat.close()])
      await rm(folder, { recursive: true })
    },
  }
}

async function verifyAsBot(url: string, arrived: Arrived): Promise<JWTPayload> {
  const metadata = await fetch(`${url}/v1/.well-known/openidconfiguration`)
  const { issuer, jwks_uri: jwksUri } = metadataSchema.parse(await metadata.json())
  const { payload, protectedHeader } = await jwtVerify(
    (arrived.authorization ?? '').replace('Bearer ', ''),
    createRemoteJWKSet(new URL(jwksUri)),
    {
      issuer,
      audience: APP_ID,
      algorithms: ['RS256'],
      clockTolerance: 300,
      requiredClaims: ['exp', 'nbf', 'serviceurl'],
    },
  )
  const { keys } = keysSchema.parse(await (await fetch(jwksUri)).json())
  const endorsements = keys.find((key) => key.kid === protectedHeader.kid)?.endorsements ?? []
  if (!endorsements.includes('msteams')) throw new Error('not endorsed for msteams')
  if (payload['serviceurl'] !== arrived.body['serviceUrl']) throw new Error('serviceUrl differs from the claim')
  return payload
}
