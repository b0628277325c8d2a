import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { proposalStates } from '@countersign/core/actions/gate.ts'
import type { Emulator } from '../../../tools/stack/emulator.ts'

/** What is stored about one proposal, as the service under test writes it down. */
const reportSchema = z.object({
  id: z.string(),
  state: z.enum(proposalStates),
  actionId: z.string(),
  receiptNumber: z.number().nullable(),
  /** Null without a receipt, and where nobody asked. */
  chainVerified: z.boolean().nullable(),
  steps: z.array(z.object({ state: z.string(), met: z.string().nullable(), clientRequestId: z.string().nullable() })),
})
export const storedSchema = z.array(reportSchema)
export type StoredReport = z.infer<typeof reportSchema>

/** One thing to be carried out, on objects that nothing else touches. */
export interface LoadItem {
  readonly actionId: string
  readonly input: Readonly<Record<string, unknown>>
}

const rowSchema = z.looseObject({ id: z.string() })
type Row = z.infer<typeof rowSchema>
const dayMs = 24 * 60 * 60 * 1000
const daysAgo = (days: number): string => new Date(Date.now() - days * dayMs).toISOString()

/** Plants fresh objects and answers what to do with them: single steps, a time stamp, a removal, and plans for two people, in turn. */
export function loadItems(emulator: Emulator, tenant: string): (count: number) => Promise<readonly LoadItem[]> {
  const at = (path: string): string => `/tenants/${tenant}/objects/${path}`
  let made = 0

  async function rowsOf(path: string): Promise<readonly Row[]> {
    return z.object({ objects: z.array(rowSchema) }).parse(await emulator.control('GET', at(path))).objects
  }
  /** A person like those that are there, with another name and nothing of theirs. */
  async function person(properties: Readonly<Record<string, unknown>>): Promise<string> {
    const id = randomUUID()
    const userPrincipalName = `load-${id}@contoso-demo.example`
    const row = {
      displayName: `Load ${id.slice(0, 4)}`,
      userPrincipalName,
      userType: 'Member',
      accountEnabled: true,
      createdDateTime: daysAgo(900),
    }
    await emulator.control('PUT', at(`users/${id}`), { ...row, ...properties })
    return id
  }
  async function expiredSecret(): Promise<LoadItem['input']> {
    const applications = await rowsOf('applications')
    const application = applications[made % applications.length]
    if (!application) throw new Error('The tenant has no applications.')
    const keyId = randomUUID()
    const secret = { keyId, displayName: 'planted', hint: 'abc', secretText: null, customKeyIdentifier: null }
    const there = z.array(z.unknown()).parse(application['passwordCredentials'])
    const passwordCredentials = [...there, { ...secret, startDateTime: daysAgo(400), endDateTime: daysAgo(10) }]
    await emulator.control('PATCH', at(`applications/${application.id}`), { passwordCredentials })
    return { applicationId: application.id, keyId }
  }
  async function staleGuests(): Promise<LoadItem['input']> {
    const signInActivity = { lastSuccessfulSignInDateTime: daysAgo(500), lastSignInDateTime: daysAgo(500) }
    const guest = { userType: 'Guest', signInActivity }
    return { userIds: [await person(guest), await person(guest), await person(guest)] }
  }
  const kinds: readonly (() => Promise<LoadItem>)[] = [
    async () => ({ actionId: 'disable-user', input: { userId: await person({}) } }),
    async () => ({ actionId: 'disable-stale-guests', input: await staleGuests() }),
    async () => ({ actionId: 'remove-app-secret', input: await expiredSecret() }),
    async () => ({ actionId: 'revoke-sessions', input: { userId: await person({}) } }),
    async () => ({ actionId: 'disable-stale-guests', input: await staleGuests() }),
    async () => ({ actionId: 'enable-user', input: { userId: await person({ accountEnabled: false }) } }),
  ]
  return async (count) => {
    const items: LoadItem[] = []
    for (let index = 0; index < count; index++) {
      const kind = kinds[made++ % kinds.length]
      if (kind) items.push(await kind())
    }
    return items
  }
}

const requestsSchema = z.object({
  requests: z.array(z.object({ method: z.string(), path: z.string(), effect: z.boolean(), clientRequestId: z.string().nullable() })),
})
export type Effect = z.infer<typeof requestsSchema>['requests'][number]

/** Every write that reached Graph, from Graph's own log; `effect` where it changed something. */
export async function effectsOf(emulator: Emulator): Promise<readonly Effect[]> {
  const { requests } = requestsSchema.parse(await emulator.control('GET', '/requests'))
  return requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/$batch'))
}

/** What must not be: a request twice, an effect that no step or no receipt knows, a verified step without one, a broken chain. */
export function troublesOf(stored: readonly StoredReport[], writes: readonly Effect[]): readonly string[] {
  const troubles: string[] = []
  const sent = new Map<string, number>()
  for (const { clientRequestId } of writes) sent.set(clientRequestId ?? '', (sent.get(clientRequestId ?? '') ?? 0) + 1)
  for (const [id, count] of sent) if (count > 1) troubles.push(`The request ${id} was sent ${count} times.`)
  const owners = new Map(stored.flatMap((proposal) => proposal.steps.map((step) => [step.clientRequestId, proposal] as const)))
  for (const { clientRequestId, path, effect } of writes) {
    const owner = owners.get(clientRequestId)
    if (!owner) troubles.push(`No step knows the request ${clientRequestId} to ${path}.`)
    else if (effect && owner.receiptNumber === null) troubles.push(`The effect of ${owner.id} on ${path} has no receipt.`)
  }
  const effective = new Set(writes.filter(({ effect }) => effect).map(({ clientRequestId }) => clientRequestId))
  for (const { id, state, receiptNumber, chainVerified, steps } of stored) {
    if (receiptNumber !== null && chainVerified !== true) troubles.push(`The chain of the receipt of ${id} does not verify.`)
    if (state === 'verified' && !steps.every(({ clientRequestId, met }) => met === 'met' && effective.has(clientRequestId)))
      troubles.push(`${id} is verified without every effect.`)
  }
  return troubles
}
