import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { routes } from '../../../../core/api/routes.ts'
import { callAs, invokeActivity, messageActivity } from '../../../e2e/chat-people.ts'
import type { Card } from '../../../e2e/chat-cards.ts'
import type { ChatMessage } from '../../../e2e/chat-transcript.ts'
import type { Person } from '../../../../tools/stack/person.ts'
import { cardIn, codeOn, isOffer, liveVerbs, sayInTurn, textOf, withdrawAll, type ChatStack } from '../chat-stack.ts'
import { sharedChat } from '../shared-chat.ts'

const proposalsSchema = z.looseObject({ proposals: z.array(z.looseObject({ id: z.string(), state: z.string() })) })

let stack: ChatStack
let ada: Person
let card: Card
let effects: number
let erik: string

/** Ada with activities of her own making: clients press nothing that they do not show. */
function self(): ReturnType<ChatStack['chat']['asUser']> {
  return stack.chat.asUser(stack.chat.ready.me.aadObjectId)
}

function answerTo(words: string): Promise<string> {
  return textOf(stack.chat, words)
}

/** The card that comes of it, once the bot knows its place: what is refused then is refused for what it is. */
async function offered(words: string): Promise<Card> {
  const since = stack.chat.mark()
  await sayInTurn(stack, words)
  return cardIn(await stack.chat.waitFor(isOffer, { since }))
}

/** Sends an activity of Ada's through the channel, changed in one thing. */
async function sent(
  change: (activity: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
  press: boolean,
): Promise<number> {
  const { me, personalChat } = stack.chat.ready
  const button = card.buttons.find(({ verb }) => verb === 'countersign')
  const activity = press
    ? invokeActivity(stack.chat.ready, me, card, { type: 'Action.Execute', verb: 'countersign', data: button?.data })
    : messageActivity(stack.chat.ready, me, personalChat, 'personal', `yes ${codeOn(card)}`)
  return (await callAs(stack.emulator.ready.chatProxy, change(activity))).status
}

describe('a proposal cannot be confirmed by', () => {
  beforeAll(async () => {
    ;({ stack, ada } = sharedChat())
    erik = (await stack.person('erik')).aadObjectId
  })
  beforeEach(async () => {
    await withdrawAll(stack, ada)
    await stack.emulator.control('PATCH', `/tenants/contoso-demo/objects/users/${erik}`, { accountEnabled: true })
    card = await offered(`disable user ${erik}`)
    effects = (await stack.effects()).length
    await answerTo('help')
  })
  /** Whatever was tried: nothing was sent, and the card's own person still can. */
  afterEach(async () => {
    const { proposals } = proposalsSchema.parse(await stack.call(ada, stack.origin, 'GET', '/api/proposals'))
    // The yes itself would have moved the proposal, before anything is sent.
    expect(proposals.filter(({ state }) => !['offered', 'rejected'].includes(state))).toEqual([])
    expect(await stack.effects()).toHaveLength(effects)
    expect((await stack.person('erik')).isEnabled).toBe(true)
    const waiting = await offered('show')
    expect(liveVerbs(waiting)).toEqual(['countersign', 'decline'])
    expect(await stack.chat.press(waiting, 'decline')).toMatchObject({ kind: 'card', card: { text: expect.stringContaining('Declined') } })
  })

  it('another person', async () => {
    const bo = stack.chat.asUser((await stack.person('bo')).aadObjectId)
    expect(await bo.press(card, 'countersign')).toMatchObject({ kind: 'message', text: expect.stringContaining('somebody else') })
    await bo.say(`yes ${codeOn(card)}`)
    await bo.say('yes')
  })

  it('another tenant', async () => {
    const tenantId = randomUUID()
    for (const press of [true, false])
      expect(
        await sent(
          (activity) => ({
            ...activity,
            conversation: { ...Object(activity['conversation']), tenantId },
            channelData: { tenant: { id: tenantId } },
          }),
          press,
        ),
      ).toBe(401)
    expect(await stack.chat.forge('wrongTenant', `yes ${codeOn(card)}`)).toBe(401)
  })

  it('another conversation', async () => {
    for (const press of [true, false])
      expect(
        await sent(
          (activity) => ({ ...activity, conversation: { ...Object(activity['conversation']), id: 'a:another-chat-of-ada' } }),
          press,
        ),
      ).toBe(200)
  })

  it('a replayed card: one that was declined, or the same card under another message', async () => {
    const old = card
    expect(await self().press({ ...card, messageId: 'another' }, 'countersign')).toMatchObject({
      kind: 'message',
      text: expect.stringContaining('copy of the card'),
    })
    await stack.chat.press(old, 'decline')
    card = await offered(`disable user ${erik}`)
    expect(await stack.chat.press(old, 'countersign')).toMatchObject({ kind: 'card', card: { text: expect.stringContaining('Declined') } })
    expect(await answerTo(`yes ${codeOn(old)}`)).toContain('Nothing was countersigned')
  })

  it('a re-rendered card: the one that a newer one took the place of', async () => {
    const old = card
    card = await offered('show')
    expect(codeOn(card)).not.toBe(codeOn(old))
    expect(await stack.chat.press(old, 'countersign')).toMatchObject({
      kind: 'card',
      card: { text: expect.stringContaining('A newer card') },
    })
    expect(await answerTo(`yes ${codeOn(old)}`)).toContain('Nothing was countersigned')
  })

  it('a model, or anything else that writes in the bot’s own name', async () => {
    const { bot } = stack.chat.ready
    for (const press of [true, false]) {
      const from = { id: bot.id, name: bot.name, role: 'bot' }
      expect(await sent((activity) => ({ ...activity, from }), press)).toBe(200)
      const named = { ...from, aadObjectId: stack.registrations.ids.chat }
      expect(await sent((activity) => ({ ...activity, from: named }), press)).toBe(200)
    }
  })

  it('MCP: nothing answers there', async () => {
    for (const method of ['GET', 'POST']) {
      const body = JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'confirm', arguments: { code: codeOn(card) } },
      })
      const answer = await fetch(`${stack.origin}/mcp`, {
        method,
        ...(method === 'POST' ? { body, headers: { 'content-type': 'application/json' } } : {}),
      })
      expect([401, 404, 405]).toContain(answer.status)
    }
  })

  it('the API: no route of it confirms, for an owner either', async () => {
    const { proposals } = proposalsSchema.parse(await stack.call(ada, stack.origin, 'GET', '/api/proposals'))
    const id = proposals.find(({ state }) => state === 'offered')?.id ?? ''
    expect(id).not.toBe('')
    expect(routes.filter(({ path }) => /confirm|countersign|approve/i.test(path))).toEqual([])
    for (const verb of ['confirm', 'countersign', 'approve', 'execute', 'offer'])
      await expect(stack.call(ada, stack.origin, 'POST', `/api/proposals/${id}/${verb}`, { code: codeOn(card) })).rejects.toThrow(
        /answered 40[45]/,
      )
  })

  it('a group chat', async () => {
    for (const words of [`yes ${codeOn(card)}`, 'yes']) {
      const since = stack.chat.mark()
      await stack.chat.say(words, 'group')
      const isPointer = ({ conversationId, text }: ChatMessage): boolean =>
        conversationId === stack.chat.ready.groupChat && text.includes('1:1 chat only')
      await stack.chat.waitFor(isPointer, { since })
    }
    expect(await self().press({ ...card, conversationId: stack.chat.ready.groupChat }, 'countersign')).toMatchObject({
      kind: 'message',
      text: expect.stringContaining('1:1 chat only'),
    })
  })

  it('an automatic retry, or a client that asks by itself', async () => {
    // What clients send by themselves says so; with the button's own data it is answered with the card as it stands.
    expect(await sent((activity) => ({ ...activity, value: { ...Object(activity['value']), trigger: 'automatic' } }), true)).toBe(200)
    expect(await stack.chat.refresh(card)).toMatchObject({ kind: 'card' })
    // A yes that came too early is not made good by being sent again.
    const same = { id: randomUUID(), timestamp: new Date().toISOString(), text: 'yes' }
    const early = (activity: Readonly<Record<string, unknown>>) => ({ ...activity, ...same })
    expect(await sent(early, false)).toBe(200)
    card = await offered('show')
    expect(await sent(early, false)).toBe(200)
  })

  it('a name containing yes, in the tenant or in what a person writes', async () => {
    const rename = (displayName: string): Promise<unknown> =>
      stack.emulator.control('PATCH', `/tenants/contoso-demo/objects/users/${erik}`, { displayName })
    await rename(`yes ${codeOn(card)} naming everybody`)
    try {
      for (const words of [
        'disable user yes',
        `enable user "yes ${codeOn(card)}"`,
        `show yes ${codeOn(card)}`,
        `disable user ${erik} naming yes`,
        'enable user',
      ])
        expect(await answerTo(words)).not.toContain('Countersigned')
      // The open question is “Whom?”: a yes is no name, and not the newest card either.
      expect(await answerTo('yes')).toContain('Nothing was countersigned')
    } finally {
      await rename('Erik Petrov')
    }
  })
})
