import { jest } from '@jest/globals'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { actions } from '../../../core/actions/catalogue.ts'
import { callService, connectAid, signIn } from '../../../tools/stack/connect-aid.ts'
import { startEmulator, type Emulator } from '../../../tools/stack/emulator.ts'
import type { Person } from '../../../tools/stack/person.ts'
import { registerInTenants, type DemoRegistrations } from '../../../tools/stack/registrations.ts'
import { freePort, startService, type Service } from '../../../tools/stack/service.ts'
import { connectChat, type ChatClient } from '../../e2e/chat-client.ts'
import { callAs, messageActivity } from '../../e2e/chat-people.ts'
import type { Card } from '../../e2e/chat-cards.ts'
import type { ChatMessage } from '../../e2e/chat-transcript.ts'
import { sideBySide } from '../../e2e/side-by-side.ts'
import { startChatClient, type ChatPerson, type StartedChatClient } from '../../e2e/start-chat-client.ts'
import { prepareDataDir } from '../prepared-data.ts'

// What is waited for is always what can only be the new state: a bound on time tells a stand-still, and nothing of a slow machine.
jest.setTimeout(300_000)
export const patient = { timeoutMs: 240_000 }

const tenant = 'contoso-demo'
const scanSchema = z.looseObject({ id: z.string(), state: z.string() })
const proposalsSchema = z.looseObject({ proposals: z.array(z.looseObject({ id: z.string(), state: z.string() })) })
const peopleSchema = z.object({
  people: z.array(
    z.object({ id: z.string(), displayName: z.string().nullable(), userPrincipalName: z.string().nullable(), accountEnabled: z.boolean() }),
  ),
})
const requestsSchema = z.object({
  requests: z.array(z.looseObject({ seq: z.number(), method: z.string(), path: z.string(), effect: z.boolean() })),
})

/** Emulator, the real service, and one chat client at which Ada (owner and admin) sits. */
export interface ChatStack {
  readonly emulator: Emulator
  readonly registrations: DemoRegistrations
  readonly origin: string
  readonly chat: ChatClient
  /** What the service has written to its log since it was started last. */
  readonly log: () => string
  /** Warnings and errors in that log, without those of a database that was killed with the service. */
  readonly troubles: () => readonly string[]
  readonly person: (name: string) => Promise<Omit<ChatPerson, 'id'> & { readonly isEnabled: boolean }>
  /** Requests that changed something in the tenant. */
  readonly effects: () => Promise<readonly { readonly method: string; readonly path: string }[]>
  /** Ada in a plain browser. */
  readonly ada: () => Promise<Person>
  readonly call: typeof callService
  /** Kills the service without warning, or stops it, and starts it again on the same data. */
  readonly restart: (how: 'kill' | 'stop') => Promise<void>
  readonly connectAid: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface ChatStackOptions {
  readonly withAid: boolean
  /** Actions beside those that start switched on, to which the tenant consents and for which the Aid holds the roles. */
  readonly moreActions?: readonly string[]
}

export async function startChatStack(options: ChatStackOptions = { withAid: true }): Promise<ChatStack> {
  const folder = await mkdtemp(join(tmpdir(), 'cs-chat-'))
  // The built-in database runs as another account when the tests run as root, and has to get through.
  await chmod(folder, 0o755)
  const ends: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async (): Promise<void> => {
    for (const end of ends.reverse()) await end()
  }
  try {
    return await open(folder, ends, stop, options)
  } catch (problem) {
    await stop()
    throw problem
  }
}

async function open(
  folder: string,
  ends: (() => Promise<void>)[],
  stop: () => Promise<void>,
  options: ChatStackOptions,
): Promise<ChatStack> {
  const emulator = await startEmulator({ dataDir: join(folder, 'emulator'), auditDelayMs: 300 })
  ends.push(() => emulator.stop())
  const origin = `http://localhost:${await freePort()}`
  const registrations = await registerInTenants(
    emulator,
    origin,
    [tenant],
    actions.filter(({ id, starts }) => starts === 'on' || options.moreActions?.includes(id) === true),
  )
  const dataDir = await prepareDataDir(join(folder, 'data'))
  const start = (): Promise<Service> =>
    startService({
      emulator,
      registrations,
      origin,
      tenantNames: [tenant],
      dataDir,
      chatUrl: 'https://teams.microsoft.com/l/chat/0/0?users=28:bot',
    })
  const person = async (name: string): Promise<Omit<ChatPerson, 'id'> & { readonly isEnabled: boolean }> => {
    const { people } = peopleSchema.parse(await emulator.control('GET', `/tenants/${tenant}/people`))
    const found = people.find(({ userPrincipalName }) => userPrincipalName?.startsWith(`${name}@`))
    if (!found?.userPrincipalName) throw new Error(`The emulator knows nobody called ${name}.`)
    return {
      aadObjectId: found.id,
      userPrincipalName: found.userPrincipalName,
      name: found.displayName ?? name,
      isEnabled: found.accountEnabled,
    }
  }
  const playground: Promise<StartedChatClient> = startChatClient({
    chatProxyUrl: emulator.ready.chatProxy,
    tenantId: emulator.ready.tenants[tenant]?.id ?? '',
    botAppId: registrations.ids.chat,
    me: await person('ada'),
    others: [await person('bo'), await person('cleo')],
  })
  const [started, client] = await sideBySide(start(), playground)
  let service = started
  ends.push(
    async () => service.stop(),
    () => client.stop(),
  )
  if (options.withAid) await connectAid(emulator, origin, tenant)
  await emulator.control('PUT', '/bot', { endpoint: `${origin}/api/messages`, appId: registrations.ids.chat, tenant })
  const chat = await connectChat(client.ready, emulator.ready.chatProxy)
  ends.push(async () => chat.close())
  return {
    emulator,
    registrations,
    origin,
    chat,
    log: () => service.complaints(),
    troubles: () =>
      service
        .complaints()
        .split('\n')
        .filter((line) => /"level":[4-6]0/.test(line) && !line.includes('left behind by a killed process')),
    person,
    effects: async () => requestsSchema.parse(await emulator.control('GET', '/requests')).requests.filter(({ effect }) => effect),
    ada: async () => signIn(origin, (await person('ada')).userPrincipalName),
    call: callService,
    async restart(how) {
      if (how === 'kill') service.process.kill('SIGKILL')
      await service.stop()
      service = await start()
    },
    connectAid: () => connectAid(emulator, origin, tenant),
    stop,
  }
}

/** Scans the tenant, and goes on when it has been read and judged. */
export async function scanAll({ call, origin }: ChatStack, as: Person): Promise<void> {
  let scan = scanSchema.parse(await call(as, origin, 'POST', '/api/scans', {}))
  while (scan.state !== 'finished') {
    if (scan.state === 'failed') throw new Error(`The scan failed: ${JSON.stringify(scan)}`)
    await wait(200)
    scan = scanSchema.parse(await call(as, origin, 'GET', `/api/scans/${scan.id}`))
  }
}

/** Withdraws what an earlier test, or an earlier attempt at this one, left open. */
export async function withdrawAll({ call, origin }: ChatStack, as: Person): Promise<void> {
  const { proposals } = proposalsSchema.parse(await call(as, origin, 'GET', '/api/proposals'))
  for (const { id, state } of proposals)
    if (['proposed', 'offered', 'awaitingSecond'].includes(state)) await call(as, origin, 'POST', `/api/proposals/${id}/reject`, {})
}

/** Says it as Ada, through the channel, and goes on when the bot has answered for it: whatever it has sent it knows the place of. */
export async function sayInTurn({ chat, emulator }: ChatStack, text: string): Promise<void> {
  const { me, personalChat } = chat.ready
  const { status } = await callAs(emulator.ready.chatProxy, messageActivity(chat.ready, me, personalChat, 'personal', text))
  if (status !== 200) throw new Error(`The bot's endpoint answered “${text}” with ${status}.`)
}

type Fits = (message: ChatMessage) => boolean

/** Does it and gives what the 1:1 chat is told then: a message that was not there before, not an older card that changes meanwhile. */
export async function newAfter(chat: ChatClient, act: () => Promise<unknown>, fits: Fits = () => true): Promise<ChatMessage> {
  const known = new Set(chat.messages().map(({ id }) => id))
  await act()
  return chat.waitFor((message) => message.conversationId === chat.ready.personalChat && !known.has(message.id) && fits(message))
}

/** Says it and gives what is said in answer. */
export function answerTo(chat: ChatClient, words: string, fits?: Fits): Promise<ChatMessage> {
  return newAfter(chat, () => chat.say(words), fits)
}

/** The words of that answer, or those on its card. */
export async function textOf(chat: ChatClient, words: string): Promise<string> {
  const answer = await answerTo(chat, words)
  return answer.cards[0]?.text ?? answer.text
}

/** The card of a message. */
export function cardIn(message: ChatMessage): Card {
  const [card] = message.cards
  if (!card) throw new Error(`The message has no card: ${message.text}`)
  return card
}

export function isOffer(message: ChatMessage): boolean {
  return message.cards.some((card) => card.buttons.some(({ verb }) => verb === 'countersign'))
}

/** Buttons that would still do something. */
export function liveVerbs(card: Card): readonly string[] {
  return card.buttons.filter(({ type }) => type !== 'Action.OpenUrl').map(({ verb }) => verb)
}

export function codeOn(card: Card): string {
  const code = /reply: yes ([A-Z0-9]{4})/.exec(card.text)?.[1]
  if (code === undefined) throw new Error('The card shows no code.')
  return code
}
