import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { forgeryNames } from '../../../emulator/channel/forge.ts'
import { connectChat } from '../../e2e/chat-client.ts'
import { readCard, type Card } from '../../e2e/chat-cards.ts'
import { startChatClient } from '../../e2e/start-chat-client.ts'
import {
  answerTo,
  cardIn,
  codeOn,
  isOffer,
  liveVerbs,
  newAfter,
  patient,
  sayInTurn,
  scanAll,
  startChatStack,
  textOf,
  type ChatStack,
} from './chat-stack.ts'

let stack: ChatStack
beforeAll(async () => {
  stack = await startChatStack({ withAid: false })
})
afterAll(async () => {
  await stack?.stop()
})

const proposalSchema = z.looseObject({ id: z.string(), state: z.string() })

/** What is said in answer. */
function said(words: string): Promise<string> {
  return textOf(stack.chat, words)
}

/** The card that is shown in answer. */
async function cardFor(words: string): Promise<Card> {
  return cardIn(await answerTo(stack.chat, words, ({ cards }) => cards.length > 0))
}

describe('before the Aid is connected', () => {
  it('the welcome says what this can and cannot do, that no model is used, and where the Trust Center is', async () => {
    await stack.chat.install()
    const welcome = cardIn(await stack.chat.waitFor((message) => message.cards.length > 0, patient))
    expect(welcome.text).toContain('Nothing changes until you countersign')
    expect(welcome.text).toContain('I cannot')
    expect(welcome.text).toContain('No language model')
    expect(welcome.buttons).toContainEqual(expect.objectContaining({ type: 'Action.OpenUrl', title: 'Trust Center' }))
    expect(liveVerbs(welcome)).toEqual([])
  })

  it('help works, everything else says that an owner must connect it, and where', async () => {
    expect(await said('help')).toContain('disable user <person>')
    for (const words of ['posture', 'findings', 'disable user erik', 'disable user', 'yes', 'receipts', 'show']) {
      const answer = await said(words)
      expect(answer).toContain('owner must connect it')
      expect(answer).toContain(`${stack.origin}/settings`)
    }
  })
})

describe('with the Aid', () => {
  beforeAll(async () => {
    await stack.connectAid()
    await scanAll(stack, await stack.ada())
  })

  it('posture and findings come from the scan, and a fix leads to a card', async () => {
    expect(await said('posture')).toMatch(/Score [\d.]+ of 100/)
    const findings = await cardFor('findings')
    // The five most serious; the way to the others is on the card.
    const total = Number(/1 to 5 of (\d+), the most serious first/.exec(findings.text)?.[1])
    expect(total).toBeGreaterThan(50)
    expect([...findings.text.matchAll(/^\d\. Critical · /gm)]).toHaveLength(5)
    const answered = async (card: Card, button: string): Promise<Card> => {
      const press = async (): Promise<void> =>
        expect(await stack.chat.press(card, button)).toMatchObject({ kind: 'message', text: 'Answered below.' })
      return cardIn(await newAfter(stack.chat, press, ({ cards }) => cards.length > 0))
    }
    const next = await answered(findings, 'Next findings')
    expect(next.text).toContain(`6 to 10 of ${total}`)
    const shown = next.buttons.find(({ verb }) => verb === 'finding')?.title ?? 'none'
    expect((await answered(next, shown)).text).toContain(`· ${shown.replace('Show ', '')}`)
    const named = /write its code: (finding [A-Z]{2,3}-\d\d)$/m.exec(findings.text)?.[1] ?? ''
    expect((await cardFor(named)).buttons.map(({ title }) => title)).toContain('Fix 1')
    const finding = await cardFor('finding APP-01')
    expect(finding.buttons.map(({ title }) => title)).toContain('Fix 1')
    expect(finding.text).toMatch(/^\d+ more in Countersign\.$/m)
    const before = stack.chat.mark()
    await stack.chat.press(finding, 'Fix 1')
    const offer = await stack.chat.waitFor(isOffer, { since: before, ...patient })
    expect(cardIn(offer).text).toContain('Remove an expired secret from')
    expect(cardIn(offer).text).toContain('/removePassword')
    await stack.chat.press(cardIn(offer), 'countersign')
    const done = await stack.chat.waitFor((now) => now.id === offer.id && now.cards[0]?.text.includes('Verified') === true, patient)
    expect(cardIn(done).text).toContain('cannot be restored')
    expect((await cardFor('finding app-01')).text).toContain('APP-01')
    for (const place of [1, total]) expect((await cardFor(`finding ${place}`)).text).toMatch(/ · [A-Z]{2,3}-\d\d$/m)
    expect(await said('finding XYZ-99')).toContain('There is no open finding')
  })

  it('a missing part is asked for once; the answer, a cancel or another command ends the question', async () => {
    expect(await said('disable user')).toContain('Whom?')
    expect(await said('cancel')).toContain('Dropped')
    expect(await said('erik')).toContain('did not understand')
    await said('disable user')
    const offer = await stack.chat.ask('erik', isOffer, patient)
    await stack.chat.press(cardIn(offer), 'decline')
  })

  it('a name that fits several leads to a choice, whose button proposes', async () => {
    const picker = await cardFor('disable user A')
    expect(picker.text).toContain('Which person?')
    expect(liveVerbs(picker)).toEqual(['disable-user', 'disable-user', 'disable-user', 'disable-user', 'disable-user'])
    expect(picker.text).toContain('@contoso-demo.example')
    const answer = await newAfter(stack.chat, () => stack.chat.press(picker, 'Choose 5'))
    expect(answer.cards[0]?.text ?? answer.text).toMatch(/Block .* from signing in|your own account|already blocked/)
    expect(await said('disable user Zzyzx Unknown')).toContain('found no person')
    expect(await said('disable user ada@contoso-demo.example')).toContain('your own account')
    expect(await said('disable user аda')).toContain('different alphabets')
  })

  it('the expired secrets of an application are listed to pick from', async () => {
    const only = cardIn(await stack.chat.ask('remove secret of Absence', isOffer, patient))
    expect(only.text).toContain('Remove an expired secret from Absence calendar')
    await stack.chat.press(only, 'decline')
    const choice = await cardFor('remove secret of Badge printing')
    expect(liveVerbs(choice)).toEqual(['remove-secret', 'remove-secret'])
    const since = stack.chat.mark()
    await stack.chat.press(choice, 'Remove 2')
    const offer = await stack.chat.waitFor(isOffer, { since, ...patient })
    expect(cardIn(offer).text).toContain('v2')
    await stack.chat.press(cardIn(offer), 'decline')
    expect(await said('remove secret of Fleet map')).toContain('keeps no expired secret')
    expect(await said('remove secret of No such application')).toContain('sounded like a no')
  })

  it('a proposal made in the tab comes to the chat by itself', async () => {
    const ada = await stack.ada()
    const since = stack.chat.mark()
    const gia = await stack.person('gia')
    const proposal = proposalSchema.parse(
      await stack.call(ada, stack.origin, 'POST', '/api/proposals', { actionId: 'disable-user', input: { userId: gia.aadObjectId } }),
    )
    expect(proposal.state).toBe('proposed')
    const offer = await stack.chat.waitFor(isOffer, { since, ...patient })
    expect(cardIn(offer).text).toContain(gia.aadObjectId)
    // Withdrawn in the tab: the card in the chat follows.
    await stack.call(ada, stack.origin, 'POST', `/api/proposals/${proposal.id}/reject`, {})
    const ended = await stack.chat.waitFor((now) => now.id === offer.id && now.cards[0]?.text.includes('Declined') === true, patient)
    expect(liveVerbs(cardIn(ended))).toEqual([])
    expect((await stack.person('gia')).isEnabled).toBe(true)
  })

  it('a viewer sees the score and nothing that names an object', async () => {
    const { emulator, registrations } = stack
    const client = await startChatClient({
      chatProxyUrl: emulator.ready.chatProxy,
      tenantId: stack.chat.ready.tenantId,
      botAppId: registrations.ids.chat,
      me: await stack.person('cleo'),
    })
    const cleo = await connectChat(client.ready, emulator.ready.chatProxy)
    try {
      expect(await textOf(cleo, 'posture')).toMatch(/Score/)
      for (const words of [
        'findings',
        'finding 1',
        'receipts',
        'disable user erik',
        'remove secret of Absence',
        'undo R-0001',
        'show',
        'yes',
      ])
        expect(await textOf(cleo, words)).toContain('This needs the role')
    } finally {
      await cleo.settled()
      cleo.close()
      await client.stop()
    }
  })

  it('nonsense in texts and buttons is answered in words, never with a fault', async () => {
    const ada = stack.chat.asUser((await stack.person('ada')).aadObjectId)
    const cardWith = (verb: string, data: unknown): Card =>
      readCard('m-none', stack.chat.ready.personalChat, {
        type: 'AdaptiveCard',
        actions: [{ type: 'Action.Execute', title: verb, verb, data }],
      })
    for (const verb of [
      'countersign',
      'decline',
      'refresh',
      'fix',
      'finding',
      'disable-user',
      'remove-secret',
      'secrets',
      '__proto__',
      'constructor',
      'toString',
      'launch',
    ])
      for (const data of [
        null,
        'x',
        [],
        { offerId: "' or 1=1", nonce: '' },
        { offerId: '11111111-2222-4333-8444-555555555555', nonce: 'n' },
        { findingKey: 'app-secret-expired:' },
        { userId: '11111111-2222-4333-8444-555555555555' },
        { code: '\u0000' },
      ]) {
        const outcome = await ada.press(cardWith(verb, data), verb)
        expect(outcome).toMatchObject({ kind: 'message' })
      }
    for (const text of [
      '\u0000',
      '💥'.repeat(500),
      "disable user ' or startswith(displayName,'a",
      'disable user %27',
      'disable user \\',
      '{"type":"message"}',
      'undo R-99999999999',
      'remove secret of &$top=1',
      '<script>alert(1)</script>',
    ])
      expect(await said(text)).not.toMatch(/\n\s+at |Something broke|undefined|\[object/)
    expect(stack.troubles().filter((line) => line.includes('A turn of chat failed'))).toEqual([])
  })
})

describe('forged activities', () => {
  let card: Card
  beforeAll(async () => {
    card = cardIn(await stack.chat.ask('disable user erik', isOffer, patient))
    // Once its turn is over, nothing more is on its way into the chat.
    await sayInTurn(stack, 'cancel')
    await stack.chat.settled()
  })

  it.each(forgeryNames)('%s: 401, nothing is said and nothing happens, though a card waits for this very code', async (name) => {
    const since = (await stack.chat.ledger()).length
    const effects = await stack.effects()
    for (const text of ['help', 'disable user gia', `yes ${codeOn(card)}`, 'yes']) expect(await stack.chat.forge(name, text)).toBe(401)
    const after = (await stack.chat.ledger()).slice(since)
    // An older card may be told of its end meanwhile; nothing new is said.
    expect(after.filter(({ direction, method }) => direction === 'fromBot' && method === 'POST')).toEqual([])
    expect(after.filter(({ direction }) => direction === 'toBot').every(({ status }) => status === 401)).toBe(true)
    expect(await stack.effects()).toEqual(effects)
    // Still open: the card's own client is answered with live buttons.
    const refreshed = await stack.chat.refresh(card)
    expect(refreshed.kind === 'card' && liveVerbs(refreshed.card)).toEqual(['countersign', 'decline'])
  })

  it('leave nothing in the log but its own lines', () => {
    const lines = stack
      .log()
      .split('\n')
      .slice(0, -1)
      .filter((line) => line !== '')
    expect(lines.filter((line) => line.includes('An activity was refused')).length).toBeGreaterThan(0)
    expect(lines.slice(1).filter((line) => !line.startsWith('{'))).toEqual([])
  })

  it('a plain request without a body or with nonsense is refused with as little', async () => {
    for (const body of ['{}', '[]', 'null', '{"type":"message"}']) {
      const answer = await fetch(`${stack.origin}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer a.b.c' },
        body,
      })
      expect([400, 401]).toContain(answer.status)
      expect(await answer.text()).not.toMatch(/\n\s+at |botbuilder|node_modules/)
    }
    expect((await stack.person('erik')).isEnabled).toBe(true)
    expect((await stack.person('gia')).isEnabled).toBe(true)
    await stack.chat.press(card, 'decline')
  })
})
