import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Emulator } from '../../../tools/stack/emulator.ts'
import { demoIds } from '../../../tools/stack/registrations.ts'
import type { ChatMessage } from '../../e2e/chat-transcript.ts'
import { startChatClient, type StartedChatClient } from '../../e2e/start-chat-client.ts'

export const signIns = '/tenants/hardened/objects/auditLogs/signIns'
const peopleSchema = z.object({
  people: z.array(
    z.object({
      id: z.string(),
      userPrincipalName: z.string(),
      displayName: z.string().nullable(),
      accountEnabled: z.boolean(),
      roles: z.array(z.string()),
    }),
  ),
})
export type Account = z.infer<typeof peopleSchema>['people'][number]

export async function account(emulator: Emulator, name: string): Promise<Account> {
  const { people } = peopleSchema.parse(await emulator.control('GET', '/tenants/hardened/people'))
  const found = people.find(({ userPrincipalName }) => userPrincipalName === name)
  if (!found) throw new Error(`The tenant has no ${name}.`)
  return found
}

/** The chat of one person with the bot. */
export function chatClientOf(emulator: Emulator, me: Account, botAppId: string): Promise<StartedChatClient> {
  return startChatClient({
    chatProxyUrl: emulator.ready.chatProxy,
    tenantId: emulator.ready.tenants['hardened']?.id ?? '',
    botAppId,
    me: { aadObjectId: me.id, userPrincipalName: me.userPrincipalName, name: me.displayName ?? 'Ada' },
    others: [],
  })
}

/** Requests that reached Graph under this path. */
export async function asked(emulator: Emulator, path: string): Promise<readonly string[]> {
  const { requests } = z
    .object({ requests: z.array(z.looseObject({ path: z.string() })) })
    .parse(await emulator.control('GET', '/requests'))
  return requests.map((request) => request.path).filter((other) => other.startsWith(path))
}

/** A person who can sign in and is no administrator: the role of the Aid reaches none. */
export async function somebody(emulator: Emulator, butFor: Account): Promise<Account> {
  const { people } = peopleSchema.parse(await emulator.control('GET', '/tenants/hardened/people'))
  const found = people.find(({ accountEnabled, roles, id }) => accountEnabled && roles.length === 0 && id !== butFor.id)
  if (!found) throw new Error('The tenant has nobody else.')
  return found
}

/** A sign-in of the Aid as the tenant's log has it, so many seconds from now. */
export async function plantSignIn(
  emulator: Emulator,
  aid: Account,
  { key, seconds, ...change }: { readonly key: string; readonly seconds: number } & Readonly<Record<string, unknown>>,
): Promise<void> {
  const [example] = z.object({ objects: z.array(z.looseObject({ id: z.string() })) }).parse(await emulator.control('GET', signIns)).objects
  if (!example) throw new Error('The tenant has no sign-in to copy.')
  const { id: _id, ...like } = example
  await emulator.control('PUT', `${signIns}/${key}`, {
    ...like,
    createdDateTime: new Date(Date.now() + seconds * 1000).toISOString(),
    userId: aid.id,
    userPrincipalName: aid.userPrincipalName,
    appId: demoIds.act,
    appDisplayName: 'Countersign Act',
    location: { city: null, state: null, countryOrRegion: 'FI', geoCoordinates: null },
    ...change,
  })
}

/** Asks again until the answer fits. */
export async function until<Answer>(ask: () => Promise<Answer>, fits: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    await wait(100)
  }
}

export function isOffer({ cards }: ChatMessage): boolean {
  return cards.some(({ buttons }) => buttons.some(({ verb }) => verb === 'countersign'))
}

/** Verdicts of a judgement by the codes of their checks. */
export function verdictsIn(judgement: unknown): ReadonlyMap<string, string> {
  const { checks } = z.looseObject({ checks: z.array(z.looseObject({ code: z.string(), verdict: z.string() })) }).parse(judgement)
  return new Map(checks.map(({ code, verdict }) => [code, verdict]))
}

export function notPassing(verdicts: ReadonlyMap<string, string>): readonly string[] {
  return [...verdicts]
    .filter(([code, verdict]) => /^(CA|AID)-/.test(code) && (verdict === 'fail' || verdict === 'warn'))
    .map(([code]) => code)
}

/** Verdicts of the checks of the product's own identity, in the order of their codes. */
export function ofAid(verdicts: ReadonlyMap<string, string>): readonly (string | undefined)[] {
  return [...verdicts.keys()]
    .filter((code) => code.startsWith('AID-'))
    .sort()
    .map((code) => verdicts.get(code))
}
