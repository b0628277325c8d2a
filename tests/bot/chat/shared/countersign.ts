import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { answerTo, cardIn, codeOn, isOffer, liveVerbs, patient, sayInTurn, textOf, withdrawAll, type ChatStack } from '../chat-stack.ts'
import { sharedChat } from '../shared-chat.ts'
import type { Card } from '../../../e2e/chat-cards.ts'
import type { ChatMessage } from '../../../e2e/chat-transcript.ts'

let stack: ChatStack

/** Asks for a change and gives the message that holds the card. */
async function proposed(words: string): Promise<ChatMessage> {
  return stack.chat.ask(words, isOffer, patient)
}

/** Waits until the message's card shows this state. */
async function shows(message: ChatMessage, mark: string): Promise<Card> {
  const shown = stack.chat.waitFor(({ id, cards }) => id === message.id && cards[0]?.text.includes(mark) === true, patient)
  return cardIn(
    await shown.catch(() => {
      const now = stack.chat.messages().find(({ id }) => id === message.id)
      throw new Error(`The card does not show “${mark}” but:\n${now?.cards[0]?.text ?? 'nothing'}\n${stack.troubles().join('\n')}`)
    }),
  )
}

async function isEnabled(name: string): Promise<boolean> {
  return (await stack.person(name)).isEnabled
}

async function setEnabled(name: string, accountEnabled: boolean): Promise<void> {
  await stack.emulator.control('PATCH', `/tenants/contoso-demo/objects/users/${(await stack.person(name)).aadObjectId}`, { accountEnabled })
}

async function begin(): Promise<void> {
  const shared = sharedChat()
  ;({ stack } = shared)
  await withdrawAll(stack, shared.ada)
  await setEnabled('erik', true)
}

/** The same as `proposed`, once the bot knows the place of the card: only then can a bare yes be about it. */
async function proposedInTurn(words: string): Promise<ChatMessage> {
  const since = stack.chat.mark()
  await sayInTurn(stack, words)
  return stack.chat.waitFor(isOffer, { since })
}

describe('countersigning', () => {
  beforeEach(begin)

  it('by the button: executing at once, verified in place, the audit row found, undone by a second card', async () => {
    const before = (await stack.effects()).length
    const message = await proposed('disable user Erik')
    const card = cardIn(message)
    expect(card.text).toContain('Erik Petrov (erik@contoso-demo.example)')
    expect(card.text).toContain('PATCH /v1.0/users/')
    expect(card.content['fallbackText']).toContain(codeOn(card))
    expect(await isEnabled('erik')).toBe(true)

    const pressed = await stack.chat.press(card, 'countersign')
    if (pressed.kind !== 'card') throw new Error(`The button was answered with ${JSON.stringify(pressed)}.`)
    // Already done where it was done before the answer was made.
    expect(pressed.card.text).toMatch(/being carried out|Verified/)
    expect(liveVerbs(pressed.card)).toEqual([])

    const verified = await shows(message, 'Verified · receipt R-')
    expect(liveVerbs(verified)).toEqual([])
    expect(verified.buttons.map(({ title }) => title)).toEqual([expect.stringMatching(/^Open receipt R-\d{4}$/)])
    expect(await isEnabled('erik')).toBe(false)
    expect((await stack.effects()).slice(before)).toMatchObject([{ method: 'PATCH' }])
    expect((await shows(message, 'Found in the tenant’s own audit log')).text).toContain('Verified')

    // A double click and an old client: the dead card answers with its end, and nothing is sent again.
    const twice = await stack.chat.press(card, 'countersign')
    expect(twice).toMatchObject({ kind: 'card', card: { text: expect.stringContaining('Verified') } })

    const number = /R-\d{4}/.exec(verified.text)?.[0] ?? ''
    const receipt = await answerTo(stack.chat, `receipt ${number}`)
    expect(cardIn(receipt).text).toContain('Found in the tenant’s own audit log')
    expect(cardIn(receipt).text).toContain('Ada Lind')
    const list = await answerTo(stack.chat, 'receipts')
    expect(cardIn(list).text).toContain(number)

    const undo = await proposed(`undo ${number}`)
    expect(cardIn(undo).text).toContain('Undo: Block Erik Petrov')
    await stack.chat.press(cardIn(undo), 'countersign')
    await shows(undo, 'Verified · receipt R-')
    expect(await isEnabled('erik')).toBe(true)
    expect((await stack.effects()).slice(before)).toHaveLength(2)
    expect(await textOf(stack.chat, `undo ${number}`)).toContain('already undone')
  })

  it('by a typed code, and by a bare yes only while the card is the newest message', async () => {
    const first = await proposed('disable user erik@contoso-demo.example')
    for (const text of ['ok', 'yes please', 'confirm', 'yes AAAA', 'yes!']) {
      expect(await textOf(stack.chat, text)).toMatch(/did not understand|no open card with this code/i)
    }
    // Other messages stand below the card by now.
    expect(await textOf(stack.chat, 'yes')).toContain('Nothing was countersigned')
    expect(await isEnabled('erik')).toBe(true)
    // Its turn is over before the next card comes, below which nothing may stand.
    await sayInTurn(stack, `yes ${codeOn(cardIn(first)).toLowerCase()}`)
    await shows(first, 'Verified · receipt R-')
    expect(await isEnabled('erik')).toBe(false)

    await setEnabled('erik', true)
    const second = await proposedInTurn('block user erik')
    await sayInTurn(stack, 'YES')
    await shows(second, 'Verified · receipt R-')
    expect(await isEnabled('erik')).toBe(false)
  })

  it('declined: nothing is done, the card says so, and its code is dead', async () => {
    const message = await proposed('disable user erik')
    const declined = await stack.chat.press(cardIn(message), 'decline')
    expect(declined).toMatchObject({ kind: 'card', card: { text: expect.stringContaining('Declined') } })
    if (declined.kind === 'card') expect(liveVerbs(declined.card)).toEqual([])
    expect(await stack.chat.press(cardIn(message), 'countersign')).toMatchObject({
      kind: 'card',
      card: { text: expect.stringContaining('Declined') },
    })
    expect(await textOf(stack.chat, `yes ${codeOn(cardIn(message))}`)).toContain('Nothing was countersigned')
    expect(await isEnabled('erik')).toBe(true)
  })

  it('a newer card takes the place of an older one, which says so', async () => {
    const old = await proposed('disable user erik')
    const fresh = await proposed('show')
    expect(fresh.id).not.toBe(old.id)
    expect(liveVerbs(await shows(old, 'A newer card took the place'))).toEqual([])
    expect(await stack.chat.press(cardIn(old), 'countersign')).toMatchObject({
      kind: 'card',
      card: { text: expect.stringContaining('A newer card') },
    })
    expect(await isEnabled('erik')).toBe(true)
    await stack.chat.press(cardIn(fresh), 'decline')
  })

  it('a change by somebody else in between makes it stale: nothing is sent', async () => {
    const message = await proposed('disable user erik')
    await setEnabled('erik', false)
    const before = (await stack.effects()).length
    await stack.chat.press(cardIn(message), 'countersign')
    expect(liveVerbs(await shows(message, 'Stale: nothing was changed'))).toEqual([])
    expect(await stack.effects()).toHaveLength(before)
  })
})

describe('other people and other places', () => {
  beforeEach(begin)

  it('somebody else who presses or types is refused in words, and nothing happens', async () => {
    const message = await proposed('disable user erik')
    const before = (await stack.effects()).length
    const bo = stack.chat.asUser((await stack.person('bo')).aadObjectId)
    const pressed = await bo.press(cardIn(message), 'countersign')
    expect(pressed).toMatchObject({ kind: 'message', text: expect.stringContaining('somebody else') })
    expect(await bo.press(cardIn(message), 'decline')).toMatchObject({ kind: 'message' })
    const since = stack.chat.mark()
    await bo.say(`yes ${codeOn(cardIn(message))}`)
    expect((await stack.chat.waitFor((answer) => answer.text !== '', { since, ...patient })).text).toContain('somebody else')
    expect(await isEnabled('erik')).toBe(true)
    expect(await stack.effects()).toHaveLength(before)
    // The right person still can.
    expect(await stack.chat.press(cardIn(message), 'decline')).toMatchObject({ kind: 'card' })
  })

  it('a group gets a pointer to the 1:1 chat, for reads, writes and yeses alike, and never a card', async () => {
    const message = await proposed('disable user erik')
    for (const text of ['posture', 'disable user erik', `yes ${codeOn(cardIn(message))}`, 'help']) {
      const since = stack.chat.mark()
      await stack.chat.say(text, 'group')
      const answer = await stack.chat.waitFor((one) => one.conversationId === stack.chat.ready.groupChat, { since, ...patient })
      expect(answer.text).toContain('1:1 chat only')
    }
    expect(stack.chat.cards('group')).toEqual([])
    // The card copied into the group: its button points away too.
    const ada = stack.chat.asUser((await stack.person('ada')).aadObjectId)
    const copy = { ...cardIn(message), conversationId: stack.chat.ready.groupChat }
    expect(await ada.press(copy, 'countersign')).toMatchObject({ kind: 'message', text: expect.stringContaining('1:1 chat only') })
    // And copied within the chat: another message is not the card.
    expect(await ada.press({ ...cardIn(message), messageId: 'another' }, 'countersign')).toMatchObject({
      kind: 'message',
      text: expect.stringContaining('copy of the card'),
    })
    expect(await isEnabled('erik')).toBe(true)
    await stack.chat.press(cardIn(message), 'decline')
  })
})

describe('a stop in between', () => {
  beforeEach(begin)

  it('the card of before still counts after a kill; a bare yes does not; what was missed is made up for', async () => {
    const message = await proposedInTurn('disable user erik')
    await stack.restart('kill')
    expect(await textOf(stack.chat, 'yes')).toContain('Nothing was countersigned')
    expect(await stack.chat.press(cardIn(message), 'countersign')).toMatchObject({ kind: 'card' })
    // Killed once Graph has done it, before anybody was told: the next process reads back and the card follows.
    while (await isEnabled('erik')) await wait(5)
    await stack.restart('kill')
    await shows(message, 'Verified · receipt R-')
    expect(await isEnabled('erik')).toBe(false)
  })

  it('nothing is logged that should not have happened', () => {
    expect(stack.troubles()).toEqual([])
  })
})
