import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Person } from '../../../tools/stack/person.ts'
import type { Card } from '../../e2e/chat-cards.ts'
import { connectChat, type ChatClient } from '../../e2e/chat-client.ts'
import { startChatClient, type StartedChatClient } from '../../e2e/start-chat-client.ts'
import { answerTo, cardIn, isOffer, liveVerbs, newAfter, patient, scanAll, startChatStack, textOf, type ChatStack } from './chat-stack.ts'

const tenant = 'contoso-demo'
const moreActions = ['disable-stale-guests', 'remove-group-member', 'remove-sign-in-method', 'remove-delegated-grant', 'remove-app-role']
const objectsSchema = z.object({ objects: z.array(z.looseObject({ id: z.string(), displayName: z.string().nullish() })) })

let stack: ChatStack
let ada: Person
let boClient: StartedChatClient
let bo: ChatClient

beforeAll(async () => {
  stack = await startChatStack({ withAid: false, moreActions })
  ada = await stack.ada()
  for (const id of moreActions) await stack.call(ada, stack.origin, 'POST', `/api/actions/${id}/switch`, { enabled: true })
  await stack.connectAid()
  boClient = await startChatClient({
    chatProxyUrl: stack.emulator.ready.chatProxy,
    tenantId: stack.chat.ready.tenantId,
    botAppId: stack.registrations.ids.chat,
    me: await stack.person('bo'),
    others: [await stack.person('ada')],
  })
  bo = await connectChat(boClient.ready, stack.emulator.ready.chatProxy)
  for (const chat of [stack.chat, bo]) {
    await chat.install()
    await chat.waitFor((message) => message.cards.length > 0, patient)
  }
  const dan = (await stack.person('dan')).aadObjectId
  await stack.call(ada, stack.origin, 'POST', '/api/exceptions', {
    objectId: dan,
    kind: 'user',
    reason: 'Opens the doors in an emergency.',
  })
  await scanAll(stack, ada)
})
afterAll(async () => {
  const troubles = stack?.troubles() ?? []
  bo?.close()
  await boClient?.stop()
  await stack?.stop()
  expect(troubles).toEqual([])
})

async function cardFor(chat: ChatClient, words: string): Promise<Card> {
  return cardIn(await answerTo(chat, words, ({ cards }) => cards.length > 0))
}

async function offerAfter(chat: ChatClient, since: number): Promise<Card> {
  return cardIn(await chat.waitFor(isOffer, { since, ...patient }))
}

async function shows(chat: ChatClient, card: Card, mark: string): Promise<Card> {
  const found = chat.waitFor(({ id, cards }) => id === card.messageId && cards[0]?.text.includes(mark) === true, patient)
  return cardIn(
    await found.catch(() => {
      throw new Error(`The card does not show “${mark}” but:\n${chat.messages().find(({ id }) => id === card.messageId)?.cards[0]?.text}`)
    }),
  )
}

/** Lists the stalest guests, proposes, and says the first yes; gives Ada's card and Bo's. */
async function firstYes(): Promise<{ readonly own: Card; readonly second: Card }> {
  const list = await cardFor(stack.chat, 'disable stale guests')
  const [since, boSince] = [stack.chat.mark(), bo.mark()]
  await stack.chat.press(list, list.buttons[0]?.title ?? '')
  const own = await offerAfter(stack.chat, since)
  await stack.chat.press(own, 'countersign')
  return { own, second: await offerAfter(bo, boSince) }
}

describe('two people in two chats', () => {
  it('the list comes before the proposal; both cards say who asked, who said yes and who can; a decline of the second ends both', async () => {
    expect(await textOf(stack.chat, 'actions')).toContain('disable stale guests')
    const list = await cardFor(stack.chat, 'disable stale guests')
    expect(list.text).toMatch(/\d+ guests? who stayed away longest/)
    expect(list.text).toMatch(/Last signed in \d+ days ago|Never signed in/)
    const effects = (await stack.effects()).length
    const { own, second } = await firstYes()
    const [asker, other] = [await stack.person('ada'), await stack.person('bo')]
    const waiting = await shows(stack.chat, own, 'Waiting for a second person')
    expect(waiting.text).toContain(`${other.name} (${other.aadObjectId}) can countersign it now`)
    expect(liveVerbs(waiting)).toEqual([])
    expect(second.text).toContain(`${asker.name} (${asker.aadObjectId})`)
    expect(await textOf(stack.chat, 'show')).toContain('Waits for a second person')
    const again = bo.mark()
    await bo.say('show')
    expect(
      (await bo.waitFor(({ text }) => text.includes('As the second person: 1 card'), { since: again, ...patient })).text,
    ).not.toContain('As the person who asked')
    const newest = await offerAfter(bo, again)
    expect(await bo.press(newest, 'decline')).toMatchObject({ kind: 'card', card: { text: expect.stringContaining('Declined') } })
    for (const [chat, card] of [
      [stack.chat, own],
      [bo, newest],
    ] as const) {
      const ended = await shows(chat, card, 'Declined')
      expect(ended.text).toContain('Declined by the second person')
      expect(liveVerbs(ended)).toEqual([])
    }
    expect(await stack.effects()).toHaveLength(effects)
  })

  it('a plan that stops half way shows each step on both cards; the rest is resumed, and what was done is undone', async () => {
    const { own, second } = await firstYes()
    const ids = [...second.text.matchAll(/, ([0-9a-f-]{36})$/gm)].map(([, id = '']) => id)
    expect(ids.length).toBeGreaterThan(2)
    const [, refused = ''] = ids
    const match = { method: 'PATCH', pathPrefix: `/v1.0/users/${refused}` }
    await stack.emulator.control('PUT', '/faults', [{ match, kind: 'status', status: 403 }])
    await bo.press(second, 'countersign')
    const stopped = await shows(stack.chat, own, 'Stopped half way')
    const other = await shows(bo, second, 'Stopped half way')
    await stack.emulator.control('DELETE', '/faults')
    for (const card of [stopped, other]) {
      expect(card.text).toContain('✓ Done')
      expect(card.text).toContain('✗ Not done')
      expect(card.text).toContain('– Not sent')
      expect(liveVerbs(card)).toEqual([])
    }
    const number = /resume (R-\d{4})/.exec(stopped.text)?.[1] ?? 'none'
    expect(await textOf(stack.chat, `receipt ${number}`)).toContain('Stopped half way')

    const boSince = bo.mark()
    const rest = cardIn(await stack.chat.ask(`resume ${number}`, isOffer, patient))
    expect(rest.text).not.toContain(ids[0])
    expect(rest.text).toContain(refused)
    await stack.chat.press(rest, 'countersign')
    await bo.press(await offerAfter(bo, boSince), 'countersign')
    expect((await shows(stack.chat, rest, 'Verified')).text.match(/✓ Done/g)).toHaveLength(ids.length - 1)
    expect(await textOf(stack.chat, `resume ${number}`)).toContain('nothing left')
    const undo = cardIn(await stack.chat.ask(`undo ${number}`, isOffer, patient))
    expect(undo.text).toContain(ids[0])
    expect(undo.text).not.toContain(refused)
    await stack.chat.press(undo, 'decline')
  })
})

describe('what is not clear', () => {
  it('two parts: one that fits several is picked, and the other is remembered', async () => {
    const { objects } = objectsSchema.parse(await stack.emulator.control('GET', `/tenants/${tenant}/objects/groups`))
    const group = objects.find(({ displayName }) => displayName?.startsWith('Department') || displayName?.includes('Engineering'))
    if (!group?.displayName) throw new Error('The tenant has no group of a department.')
    const picker = await cardFor(stack.chat, `remove A from "${group.displayName}"`)
    expect(picker.text).toMatch(/Whom\?|Which person\?/)
    expect(picker.buttons).toHaveLength(5)
    for (const { data } of picker.buttons) expect(JSON.stringify(data)).not.toContain(group.displayName)
    const answer = await newAfter(stack.chat, () => stack.chat.press(picker, 'Choose 1'))
    expect(answer.cards[0]?.text ?? answer.text).toMatch(/Take .* out of|not a direct member/i)
    expect(await textOf(stack.chat, 'remove member erik')).toContain('Which group?')
    expect(await textOf(stack.chat, 'cancel')).toContain('Dropped')
  })

  it('a button that a stranger wrote carries ids or does nothing', async () => {
    const list = await cardFor(stack.chat, 'disable stale guests')
    const [first] = list.buttons
    if (!first) throw new Error('The list has no button.')
    for (const data of [{ userIds: 'x,y' }, { held: 'nonsense' }, { userIds: '', actionId: 'delete-guest' }, { memberId: 'Erik' }]) {
      const outcome = await stack.chat.press({ ...list, buttons: [{ ...first, data }] }, first.title)
      expect(outcome).toMatchObject({ kind: 'message' })
    }
    expect(stack.troubles()).toEqual([])
  })

  it('a switched-off action says so before it asks anything', async () => {
    for (const words of ['delete guest', 'delete guest Gia', 'remove role of Erik', 'policy MFA to report-only', 'restrict user consent'])
      expect(await textOf(stack.chat, words)).toContain('switched off in this tenant')
  })

  it('lists what an application may do and what a person signs in with, each row with its own input', async () => {
    for (const [words, seen] of [
      ['remove sign-in method of ada@contoso-demo.example', /Sign-in method|no phone|Remove .* sign-in|second factor|Phone|Authenticator/i],
      ['remove grant of Absence calendar', /people’s names|Delegated|grant/i],
      ['remove permission of Absence calendar', /permission/i],
    ] as const)
      expect(await textOf(stack.chat, words)).toMatch(seen)
  })

  it('a lock-out is proposed only when the person writes out whom it locks out', async () => {
    const dan = await stack.person('dan')
    const refused = await textOf(stack.chat, `disable user ${dan.userPrincipalName}`)
    expect(refused).toContain(`lock out ${dan.userPrincipalName}`)
    expect(refused).toContain('“naming”')
    expect(await textOf(stack.chat, `disable user ${dan.userPrincipalName} naming everybody`)).toContain('lock out')
    expect(await textOf(stack.chat, `disable user ${dan.userPrincipalName} naming`)).toContain('After “naming”')
    const offer = cardIn(await stack.chat.ask(`disable user ${dan.userPrincipalName} naming ${dan.userPrincipalName}`, isOffer, patient))
    expect(offer.text).toContain('declared for emergencies')
    await stack.chat.press(offer, 'decline')
    expect((await stack.person('dan')).isEnabled).toBe(true)
  })
})

describe('the box of the message extension', () => {
  const said = z.object({ composeExtension: z.object({ type: z.literal('message'), text: z.string() }) })
  const found = z.object({
    composeExtension: z.object({
      type: z.literal('result'),
      attachmentLayout: z.literal('list'),
      attachments: z.array(
        z.object({ contentType: z.string(), content: z.unknown(), preview: z.object({ content: z.object({ title: z.string() }) }) }),
      ),
    }),
  })
  const words = (value: string): object => ({
    commandId: 'search',
    parameters: [{ name: 'words', value }],
    queryOptions: { skip: 0, count: 25 },
  })

  it('finds open findings by code or words, in a group too, a page at a time', async () => {
    const all = found.parse((await stack.chat.search({ commandId: 'search', parameters: [{ name: 'initialRun', value: 'true' }] })).body)
    expect(all.composeExtension.attachments).toHaveLength(25)
    const next = found.parse((await stack.chat.search({ commandId: 'search', queryOptions: { skip: 25, count: 25 } })).body)
    const titles = (answer: z.infer<typeof found>): string[] =>
      answer.composeExtension.attachments.map(({ preview }) => preview.content.title)
    expect(titles(all).filter((title) => titles(next).includes(title))).toEqual([])
    const [code = ''] = titles(next)[0]?.split(' ') ?? []
    expect(titles(found.parse((await stack.chat.search(words(code.toLowerCase()), 'personal')).body))).toContain(titles(next)[0])
    expect(said.parse((await stack.chat.search(words('no finding is called so'))).body).composeExtension.text).toContain('Nothing fits')
  })

  it('puts a card into the conversation that names the check and nothing of the tenant', async () => {
    const { attachments } = found.parse((await stack.chat.search(words(''))).body).composeExtension
    const { people } = z
      .object({ people: z.array(z.object({ displayName: z.string().nullable() })) })
      .parse(await stack.emulator.control('GET', `/tenants/${tenant}/people`))
    const cards = JSON.stringify(attachments.map(({ content }) => content))
    expect(people.filter(({ displayName }) => displayName !== null && cards.includes(displayName))).toEqual([])
    expect(cards).toContain(`${stack.origin}/findings/`)
    expect(cards).not.toContain('Action.Execute')
  })

  it('answers a person without the role, and nonsense, in words', async () => {
    for (const value of [undefined, 'words', { parameters: 'x' }, { queryOptions: { skip: -1 } }])
      expect((await stack.chat.search(value)).status).toBe(501)
    const client = await startChatClient({
      chatProxyUrl: stack.emulator.ready.chatProxy,
      tenantId: stack.chat.ready.tenantId,
      botAppId: stack.registrations.ids.chat,
      me: await stack.person('cleo'),
    })
    try {
      const cleo = await connectChat(client.ready, stack.emulator.ready.chatProxy)
      const { body } = await cleo.search(words(''))
      cleo.close()
      expect(said.parse(body).composeExtension.text).toContain('This needs the role')
    } finally {
      await client.stop()
    }
  })
})
