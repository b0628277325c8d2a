/** The whole product on this machine: a local Microsoft 365 with a demo tenant, the service with its own database, the tab and a chat client. */
import { mkdirSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startChatClient, type StartedChatClient } from '../tests/e2e/start-chat-client.ts'
import { connectAid } from './stack/connect-aid.ts'
import { startEmulator } from './stack/emulator.ts'
import { registerInTenants } from './stack/registrations.ts'
import { freePort, startService } from './stack/service.ts'

const { 'free-ports': onFreePorts, data } = readArguments()
const usualPorts = {
  signIn: 8443,
  signInBrowser: 8442,
  graph: 8444,
  control: 8441,
  channel: 8445,
  chatProxy: 8446,
  service: 3978,
  chat: 56150,
}
const ports = onFreePorts
  ? { signIn: 0, signInBrowser: 0, graph: 0, control: 0, channel: 0, chatProxy: 0, service: await freePort(), chat: 0 }
  : usualPorts
const tenant = 'contoso-demo'
const root = join(import.meta.dirname, '..')
const dataDir = data === undefined ? join(root, '.data') : resolve(data)
const origin = `http://localhost:${ports.service}`

await refuseTakenPorts()
mkdirSync(dataDir, { recursive: true })
const running: { readonly stop: () => Promise<void> }[] = []
let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0))

try {
  say('Starting a local Entra, Microsoft Graph and Teams channel …')
  const { signIn, signInBrowser, graph, control, channel, chatProxy } = ports
  const emulator = await startEmulator({
    dataDir: join(dataDir, 'emulator'),
    ports: [signIn, signInBrowser, graph, control, channel, chatProxy],
  })
  running.push(emulator)
  const registrations = await registerInTenants(emulator, origin, [tenant])

  say('Starting the chat client …')
  const chat = await startChat(
    emulator.ready.chatProxy,
    emulator.ready.tenants[tenant]?.id ?? '',
    registrations.ids.chat,
    await personOf('ada'),
  )
  running.push(chat)

  say('Starting Countersign with its own PostgreSQL …')
  const service = await startService({
    emulator,
    registrations,
    origin,
    tenantNames: [tenant],
    dataDir: join(dataDir, 'service'),
    chatUrl: chat.ready.url,
  })
  running.push(service)
  service.process.once('exit', () => void stop(1, `Countersign has stopped.\n${service.complaints().slice(-2000)}`))
  await emulator.control('PUT', '/bot', { endpoint: `${origin}/api/messages`, appId: registrations.ids.chat, tenant })
  await connectAid(emulator, origin, tenant)

  say(`
Countersign is running.

  The tab          ${origin}
  The chat         ${chat.ready.url}
  Sign in as       Ada Lindqvist (owner; pick her in the list, there are no passwords)

Scan, open a finding, press "Fix with the Aid", and countersign in the chat.
The chat client forgets what it showed when its page is closed: write "show" in it for the cards that still wait.
Ctrl-C stops everything. The demo tenant starts afresh each time; scans and receipts stay in ${dataDir}.
Delete that folder to begin anew.`)

  async function personOf(name: string): Promise<{ aadObjectId: string; userPrincipalName: string; name: string }> {
    const schema = z.object({ people: z.array(z.object({ id: z.string(), displayName: z.string(), userPrincipalName: z.string() })) })
    const { people } = schema.parse(await emulator.control('GET', `/tenants/${tenant}/people`))
    const person = people.find(({ userPrincipalName }) => userPrincipalName.startsWith(`${name}@`))
    if (!person) throw new Error(`The demo tenant has no account ${name}.`)
    return { aadObjectId: person.id, userPrincipalName: person.userPrincipalName, name: person.displayName }
  }
} catch (error) {
  await stop(1, error instanceof Error ? error.message : String(error))
}

async function startChat(
  chatProxyUrl: string,
  tenantId: string,
  botAppId: string,
  me: { aadObjectId: string; userPrincipalName: string; name: string },
): Promise<StartedChatClient> {
  return startChatClient({ chatProxyUrl, tenantId, botAppId, me, port: ports.chat })
}

function readArguments(): { readonly 'free-ports': boolean; readonly data?: string } {
  try {
    return parseArgs({ options: { 'free-ports': { type: 'boolean', default: false }, data: { type: 'string' } } }).values
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\nnpm start takes: -- --free-ports (any ports that are free), -- --data FOLDER (instead of .data)\n`,
    )
    process.exit(2)
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

async function stop(code: number, because?: string): Promise<void> {
  if (isStopping) return
  isStopping = true
  if (because !== undefined) process.stderr.write(`${because}\n`)
  for (const program of running.reverse()) await program.stop()
  process.exit(code)
}

/** Says at once which ports are taken, instead of failing half-way. */
async function refuseTakenPorts(): Promise<void> {
  const taken: number[] = []
  for (const port of Object.values(ports).filter((wanted) => wanted > 0)) if (await answers(port)) taken.push(port)
  if (taken.length === 0) return
  process.stderr.write(
    `Something already listens on port ${taken.join(', ')}. Is the demo running in another window? Stop it and run npm start again, or run npm start -- --free-ports.\n`,
  )
  process.exit(1)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
