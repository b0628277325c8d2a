import { join } from 'node:path'
import { startChannel } from '../channel/channel.ts'
import type { Channel } from '../channel/channel.ts'
import { loadChannelKeys } from '../channel/keys.ts'
import type { ClockOffset } from '../control/behaviour.ts'
import { handleControl } from '../control/handle.ts'
import type { Controlled } from '../control/handle.ts'
import type { VerifyGraphToken } from '../graph/graph-types.ts'
import { handleGraph } from '../graph/handle.ts'
import { handleSignIn } from '../signin/handle.ts'
import { createSigningKeys } from '../signin/keys.ts'
import { defaultSettings } from '../signin/settings.ts'
import { createSignInState } from '../signin/state.ts'
import { createVerifyChannelToken } from '../signin/verify-channel-token.ts'
import { createVerifyGraphToken } from '../signin/verify-graph-token.ts'
import { createWorld } from '../tenants/world.ts'
import type { World } from '../tenants/world.ts'
import type { EmulatorOptions, ListenerName } from './arguments.ts'
import { loadOrMakeCertificates } from './certificates.ts'
import type { Certificates } from './certificates.ts'
import type { PlainRequest } from './http.ts'
import { serve } from './serve.ts'
import type { Answer } from './serve.ts'

/** Where a running emulator is found; printed as one JSON line by main.ts. */
export interface ReadyLine {
  readonly ready: true
  readonly signIn: string
  readonly signInBrowser: string
  readonly graph: string
  readonly control: string
  readonly channel: string
  readonly chatProxy: string
  /** Absolute path of the certificate that clients must trust. */
  readonly ca: string
  readonly tenants: Readonly<Record<string, { readonly id: string; readonly domain: string }>>
}

export interface Emulator {
  readonly ready: ReadyLine
  /** Stops every listener. */
  close(): Promise<void>
}

export type StartOutcome = { readonly ok: true; readonly emulator: Emulator } | { readonly ok: false; readonly message: string }

/** Starts every listener of the emulator in this process; none stays open when one fails. */
export async function startEmulator(options: EmulatorOptions): Promise<StartOutcome> {
  const started: { close(): Promise<void> }[] = []
  async function close(): Promise<void> {
    await Promise.all(started.map((listener) => listener.close()))
  }
  try {
    const ready = await open(options, started)
    return { ok: true, emulator: { ready, close } }
  } catch (error) {
    await close()
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

async function open(options: EmulatorOptions, started: { close(): Promise<void> }[]): Promise<ReadyLine> {
  const clock: ClockOffset = { offsetMs: 0 }
  const world = createWorld({
    seed: options.seed,
    tenants: options.tenants,
    largeUsers: options.largeUsers,
    now: () => Date.now() + clock.offsetMs,
  })
  world.settings.auditDelayMs = options.auditDelayMs
  const [tls, keys] = await Promise.all([loadOrMakeCertificates(options.data), createSigningKeys()])
  const channelKeys = await loadChannelKeys(join(options.data, 'channel-keys.json'))
  const signIn = createSignInState(world, keys, defaultSettings())
  const verifyGraphToken = createVerifyGraphToken(signIn)

  const channel: Channel = await startChannel({
    port: options.ports.channel,
    chatProxyPort: options.ports.chatProxy,
    tls,
    keys: channelKeys,
    verifyBotToken: createVerifyChannelToken(signIn),
    now: world.clock.now,
  })
  started.push(channel)
  const controlled: Controlled = { world, signIn, clock, botEndpoint: options.botEndpoint, setBot: (bot) => channel.setBot(bot) }

  async function listenAs(
    name: ListenerName,
    certificates: Certificates | undefined,
    handle: (request: PlainRequest) => Promise<Answer>,
  ): Promise<number> {
    const listener = await serve({ name, port: options.ports[name], tls: certificates, accessLog: options.accessLog, handle })
    started.push(listener)
    return listener.port
  }
  signIn.origins.signIn = `https://localhost:${await listenAs('signIn', tls, (request) => handleSignIn(signIn, request))}`
  signIn.origins.browser = `http://localhost:${await listenAs('signInBrowser', undefined, (request) => handleSignIn(signIn, request))}`
  const graph = await listenAs('graph', tls, (request) => answerGraph(world, verifyGraphToken, request))
  const control = await listenAs('control', undefined, (request) => handleControl(controlled, request))

  return {
    ready: true,
    signIn: signIn.origins.signIn,
    signInBrowser: signIn.origins.browser,
    graph: `https://localhost:${graph}`,
    control: `http://127.0.0.1:${control}`,
    channel: channel.url,
    chatProxy: channel.chatProxyUrl,
    ca: tls.caPath,
    tenants: Object.fromEntries([...world.tenants.values()].map(({ name, id, domain }) => [name, { id, domain }])),
  }
}

async function answerGraph(world: World, verify: VerifyGraphToken, request: PlainRequest): Promise<Answer> {
  const { method, url, headers, body } = request
  const response = await handleGraph(world, verify, { method, url: url.pathname + url.search, headers, bodyText: body })
  const { status, headers: answered, body: text, trickleMs, cutBody } = response
  return response.cut ? 'cut' : { status, headers: answered, body: text, trickleMs, cutBody }
}
