import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const personSchema = z.object({ id: z.string(), aadObjectId: z.string(), userPrincipalName: z.string(), name: z.string() })

/** The line that emulator/playground/start.mjs prints when the chat answers. */
const readySchema = z.object({
  ready: z.literal(true),
  /** Address of the chat page. */
  url: z.string(),
  tenantId: z.string(),
  bot: z.object({ id: z.string(), name: z.string() }),
  me: personSchema,
  people: z.array(personSchema),
  /** Conversation ids. */
  personalChat: z.string(),
  groupChat: z.string(),
  team: z.string(),
})

export type ChatReady = z.infer<typeof readySchema>
export type ChatPerson = z.infer<typeof personSchema>

export interface ChatClientOptions {
  /** Of the channel: `http://127.0.0.1:8446`. */
  readonly chatProxyUrl: string
  readonly tenantId: string
  readonly botAppId: string
  /** Who sits at this client. */
  readonly me: Omit<ChatPerson, 'id'>
  /** Up to five others in the group chat. */
  readonly others?: readonly Omit<ChatPerson, 'id'>[]
  /** 0, the default, takes any free port. */
  readonly port?: number
}

export interface StartedChatClient {
  readonly ready: ChatReady
  stop(): Promise<void>
}

const START_FILE = fileURLToPath(new URL('../../emulator/playground/start.mjs', import.meta.url))

/** Starts the Microsoft 365 Agents Playground for one person. Needs `npm ci` in emulator/playground. */
export async function startChatClient(options: ChatClientOptions): Promise<StartedChatClient> {
  const argument = (person: Omit<ChatPerson, 'id'>) => `${person.aadObjectId};${person.userPrincipalName};${person.name}`
  const child = spawn(
    process.execPath,
    [
      START_FILE,
      '--until-stdin-ends',
      ...['--tenant', options.tenantId, '--bot', options.botAppId, '--port', String(options.port ?? 0)],
      ...['--endpoint', `${options.chatProxyUrl}/api/messages`, '--me', argument(options.me)],
      ...(options.others ?? []).flatMap((person) => ['--person', argument(person)]),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`The chat client did not start. ${complaint}`)))
  })
  return {
    ready: readySchema.parse(JSON.parse(line)),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
