/** The whole product on this machine: a local Microsoft 365 with a demo tenant, the service with its own database, the tab and a chat client. */
import { mkdirSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { startChatClient, type StartedChatClient } from '../tests/e2e/start-chat-client.ts'
import { connectAid } from './stack/connect-aid.ts'
import { startEmulator } from './stack/emulator.ts'
import { registerInTenants } from './stack/registrations.ts'
import { startService } from './stack/service.ts'

const ports = {
  signIn: 8443,
  signInBrowser: 8442,
  graph: 8444,
  control: 8441,
  channel: 8445,
  chatProxy: 8446,
  service: 3978,
  chat: 56150,
} as const
const tenant = 'contoso-demo'
const root = join(import.meta.dirname, '..')
const dataDir = join(root, '.data')
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
Ctrl-C stops everything. What was scanned and countersigned stays in .data; delete that folder to begin anew.`)

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
  for (const port of Object.values(ports)) if (await answers(port)) taken.push(port)
  if (taken.length === 0) return
  process.stderr.write(
    `Something already listens on port ${taken.join(', ')}. Is the demo running in another window? Stop it and run npm start again.\n`,
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
