import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { connectAid } from '../../tools/stack/connect-aid.ts'
import { startEmulator, type Emulator } from '../../tools/stack/emulator.ts'
import { registerInTenants } from '../../tools/stack/registrations.ts'
import { freePort, startService } from '../../tools/stack/service.ts'
import { prepareDataDir } from '../bot/prepared-data.ts'
import { startChatClient, type ChatPerson, type StartedChatClient } from './start-chat-client.ts'

export const tenant = 'contoso-demo'
/** Short, so that a test sees the audit row arrive; longer than the read-back, so that it sees it missing first. */
const auditDelayMs = 1500

/** What `npm start` starts, on free ports and with a data folder of its own: local Microsoft 365, chat client, service, PostgreSQL, connected Aid. */
export interface LoopStack {
  readonly emulator: Emulator
  readonly origin: string
  readonly domain: string
  /** Resource of the service's API, for tokens. */
  readonly resource: string
  readonly chatClient: StartedChatClient
  /** Changes that reached the tenant over Graph since the stack was ready, oldest first, in the words of its own request log. */
  readonly writes: () => Promise<readonly Write[]>
  readonly person: (name: string) => Promise<DemoPerson>
  readonly stop: () => Promise<void>
}
export type Write = z.infer<typeof requestsSchema>['requests'][number]
export type DemoPerson = Omit<ChatPerson, 'id'> & { readonly isEnabled: boolean }

const requestsSchema = z.object({
  requests: z.array(
    z.object({
      seq: z.number(),
      method: z.string(),
      path: z.string(),
      appId: z.string(),
      oid: z.string(),
      status: z.number(),
      body: z.unknown().optional(),
      effect: z.boolean(),
    }),
  ),
})
const peopleSchema = z.object({
  people: z.array(
    z.object({ id: z.string(), displayName: z.string().nullable(), userPrincipalName: z.string().nullable(), accountEnabled: z.boolean() }),
  ),
})

export async function startLoopStack(): Promise<LoopStack> {
  const folder = await mkdtemp(join(tmpdir(), 'cs-loop-'))
  // The built-in database runs as another account when the tests run as root, and has to get through.
  await chmod(folder, 0o755)
  const ends: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    return { ...(await open(folder, ends)), stop }
  } catch (problem) {
    await stop()
    throw problem
  }
}

async function open(folder: string, ends: (() => Promise<void>)[]): Promise<Omit<LoopStack, 'stop'>> {
  const emulator = await startEmulator({ dataDir: join(folder, 'emulator'), auditDelayMs })
  ends.push(() => emulator.stop())
  const origin = `http://localhost:${await freePort()}`
  const { id: tenantId, domain } = emulator.ready.tenants[tenant] ?? { id: '', domain: '' }
  const registrations = await registerInTenants(emulator, origin, [tenant])

  const person = async (name: string): Promise<DemoPerson> => {
    const { people } = peopleSchema.parse(await emulator.control('GET', `/tenants/${tenant}/people`))
    const found = people.find(({ userPrincipalName }) => userPrincipalName === `${name}@${domain}`)
    if (!found) throw new Error(`The demo tenant has nobody called ${name}.`)
    return {
      aadObjectId: found.id,
      userPrincipalName: found.userPrincipalName ?? '',
      name: found.displayName ?? name,
      isEnabled: found.accountEnabled,
    }
  }
  const chatClient = await startChatClient({
    chatProxyUrl: emulator.ready.chatProxy,
    tenantId,
    botAppId: registrations.ids.chat,
    me: await person('ada'),
    others: [await person('bo')],
  })
  ends.push(() => chatClient.stop())
  const service = await startService({
    emulator,
    registrations,
    origin,
    tenantNames: [tenant],
    dataDir: await prepareDataDir(join(folder, 'data')),
    chatUrl: chatClient.ready.url,
  })
  ends.push(() => service.stop())
  await emulator.control('PUT', '/bot', { endpoint: `${origin}/api/messages`, appId: registrations.ids.chat, tenant })
  await connectAid(emulator, origin, tenant)
  await emulator.control('DELETE', '/requests')
  return {
    emulator,
    origin,
    domain,
    resource: registrations.resource,
    chatClient,
    person,
    // A batch is a POST to look at; each request in it is logged by itself.
    writes: async () =>
      requestsSchema
        .parse(await emulator.control('GET', '/requests'))
        .requests.filter(({ method, path, effect }) => effect || (method !== 'GET' && path !== '/v1.0/$batch')),
  }
}
