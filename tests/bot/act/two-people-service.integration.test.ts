import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { actionSchema } from '@countersign/core/api/actions.ts'
import { proposalSchema, receiptSchema, type ProposalView } from '@countersign/core/api/proposals.ts'
import { callService, signIn } from '../../../tools/stack/connect-aid.ts'
import type { Person } from '../../../tools/stack/person.ts'
import type { Card } from '../../e2e/chat-cards.ts'
import { connectChat, type ChatClient } from '../../e2e/chat-client.ts'
import { startChatClient, type StartedChatClient } from '../../e2e/start-chat-client.ts'
import { cardIn, isOffer, liveVerbs, patient, startChatStack, withdrawAll, type ChatStack } from '../chat/chat-stack.ts'

const tenant = 'contoso-demo'

let stack: ChatStack
let ada: Person
let bo: Person
let boClient: StartedChatClient
let boChat: ChatClient
let guests: readonly string[]

beforeAll(async () => {
  stack = await startChatStack()
  ada = await stack.ada()
  bo = await signIn(stack.origin, (await stack.person('bo')).userPrincipalName)
  boClient = await startChatClient({
    chatProxyUrl: stack.emulator.ready.chatProxy,
    tenantId: stack.emulator.ready.tenants[tenant]?.id ?? '',
    botAppId: stack.registrations.ids.chat,
    me: await stack.person('bo'),
    others: [await stack.person('ada')],
  })
  boChat = await connectChat(boClient.ready, stack.emulator.ready.chatProxy)
  const peopleSchema = z.object({
    people: z.array(z.object({ id: z.string(), userPrincipalName: z.string().nullable(), roles: z.array(z.string()) })),
  })
  const { people } = peopleSchema.parse(await stack.emulator.control('GET', `/tenants/${tenant}/people`))
  // Whoever holds a directory role is out of the Aid's reach.
  guests = people
    .filter(({ userPrincipalName, roles }) => userPrincipalName?.includes('#EXT#') && roles.length === 0)
    .map(({ id }) => id)
    .slice(0, 3)
})
afterAll(async () => {
  const troubles = stack?.troubles() ?? []
  boChat?.close()
  await boClient?.stop()
  await stack?.stop()
  expect(troubles).toEqual([])
})

async function letGuestsIn(): Promise<void> {
  for (const id of guests)
    await stack.emulator.control('PATCH', `/tenants/${tenant}/objects/users/${id}`, {
      accountEnabled: true,
      createdDateTime: '2024-01-01T00:00:00Z',
      signInActivity: { lastSuccessfulSignInDateTime: '2025-01-01T00:00:00Z', lastSignInDateTime: '2025-01-01T00:00:00Z' },
    })
}

function call(person: Person, method: string, path: string, body?: unknown): Promise<unknown> {
  return callService(person, stack.origin, method, path, body)
}

async function proposed(body: unknown): Promise<ProposalView> {
  return proposalSchema.parse(await call(ada, 'POST', '/api/proposals', body))
}

async function stateOf(id: string): Promise<ProposalView> {
  return proposalSchema.parse(await call(ada, 'GET', `/api/proposals/${id}`))
}

/** The newest card of a chat that comes after a moment and can be countersigned. */
async function offerAfter(chat: ChatClient, since: number): Promise<Card> {
  return cardIn(await chat.waitFor(isOffer, { ...patient, since }))
}

async function shows(chat: ChatClient, card: Card, mark: string): Promise<Card> {
  const message = await chat
    .waitFor(({ id, cards }) => id === card.messageId && cards[0]?.text.includes(mark) === true, patient)
    .catch(() => {
      throw new Error(`The card does not show “${mark}” but:\n${chat.messages().find(({ id }) => id === card.messageId)?.cards[0]?.text}`)
    })
  return cardIn(message)
}

/** Blocks to guests, by Graph's own log, after a number of effects. */
async function blocked(since: number): Promise<readonly string[]> {
  return (await stack.effects()).slice(since).map(({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`)
}

describe('an action of high impact in the running service', () => {
  beforeEach(async () => {
    await withdrawAll(stack, ada)
    await stack.emulator.control('DELETE', '/faults')
    await letGuestsIn()
  })

  it('is off at first, needs somebody else with a chat, and is switched by an owner alone', async () => {
    const input = { actionId: 'disable-stale-guests', input: { userIds: guests } }
    await expect(proposed(input)).rejects.toThrow('switched off in this tenant')
    await expect(call(bo, 'POST', '/api/actions/disable-stale-guests/switch', { enabled: true })).rejects.toThrow('answered 403')
    const view = actionSchema.parse(await call(ada, 'POST', '/api/actions/disable-stale-guests/switch', { enabled: true }))
    expect(view).toMatchObject({ enabled: true, approvals: 2, missingScopes: [], switched: { by: expect.stringContaining('Ada') } })
    await stack.chat.install()
    await stack.chat.waitFor((message) => message.cards.length > 0, patient)
    await expect(proposed(input)).rejects.toThrow('nobody else who may has opened a chat')
    await boChat.install()
    await boChat.waitFor((message) => message.cards.length > 0, patient)
  })

  it('is carried out once after two people, however often the second presses at once', async () => {
    const before = (await stack.effects()).length
    const [adaSince, boSince] = [stack.chat.mark(), boChat.mark()]
    const { id } = await proposed({ actionId: 'disable-stale-guests', input: { userIds: guests } })
    const first = await offerAfter(stack.chat, adaSince)
    expect(first.text).toContain('you and a second person')
    expect(await stack.chat.press(first, 'countersign')).toMatchObject({
      kind: 'card',
      card: { text: expect.stringContaining('second person') },
    })
    expect(await blocked(before)).toEqual([])

    const second = await offerAfter(boChat, boSince)
    const { aadObjectId } = await stack.person('ada')
    expect(second.text).toContain(`(${aadObjectId})`)
    for (const guest of guests) expect(second.text).toContain(guest)
    // Ada presses what Bo was shown, and somebody without a role does.
    expect(await boChat.asUser(aadObjectId).press(second, 'countersign').catch(String)).not.toMatchObject({ kind: 'card' })
    expect(await blocked(before)).toEqual([])
    const answers = await Promise.all(Array.from({ length: 20 }, () => boChat.press(second, 'countersign')))
    expect(answers.every(({ kind }) => kind === 'card')).toBe(true)
    const [end, own] = [await shows(boChat, second, 'Verified · receipt R-'), await shows(stack.chat, first, 'Verified · receipt R-')]
    expect([liveVerbs(end), liveVerbs(own)]).toEqual([[], []])
    expect(await blocked(before)).toEqual(guests.map((guest) => `PATCH ${guest}`))

    const receipt = receiptSchema.parse(await call(ada, 'GET', `/api/receipts/${id}`))
    expect(receipt.links.map(({ step, state }) => [step, state]).slice(0, 4)).toEqual([
      ['proposed', 'done'],
      ['countersigned', 'done'],
      ['countersigned', 'done'],
      ['carriedOut', 'done'],
    ])
    expect(receipt.steps.map(({ state }) => state)).toEqual(guests.map(() => 'done'))
    expect(receipt.chainVerified).toBe(true)
  })

  it('stops half way where Graph refuses, goes on as a proposal of its own, and can be declined by the second person', async () => {
    await stack.emulator.control('PUT', '/faults', [
      { match: { method: 'PATCH', pathPrefix: `/v1.0/users/${guests[1] ?? ''}` }, times: 1, kind: 'status', status: 403 },
    ])
    let [adaSince, boSince] = [stack.chat.mark(), boChat.mark()]
    const { id } = await proposed({ actionId: 'disable-stale-guests', input: { userIds: guests } })
    await stack.chat.press(await offerAfter(stack.chat, adaSince), 'countersign')
    const second = await offerAfter(boChat, boSince)
    await boChat.press(second, 'countersign')
    await shows(boChat, second, 'Stopped half way')
    const stopped = await stateOf(id)
    expect([stopped.state, stopped.mayResume, stopped.steps.map(({ state }) => state)]).toEqual([
      'partlyDone',
      true,
      ['done', 'failed', 'notSent'],
    ])
    ;[adaSince, boSince] = [stack.chat.mark(), boChat.mark()]
    const rest = await proposed({ resume: id })
    expect(rest.preview.objects.map((object) => object.id)).toEqual(guests.slice(1))
    await stack.chat.press(await offerAfter(stack.chat, adaSince), 'countersign')
    const declined = await offerAfter(boChat, boSince)
    const before = (await stack.effects()).length
    expect(await boChat.press(declined, 'decline')).toMatchObject({ kind: 'card', card: { text: expect.stringContaining('Declined') } })
    expect(await stateOf(rest.id)).toMatchObject({ state: 'rejected', sentence: expect.stringContaining('second person') })
    expect(await blocked(before)).toEqual([])
  })
})
