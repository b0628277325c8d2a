import { expect, test } from '@jest/globals'
import { cardsOf, findButton, readCard, refreshActionOf } from './chat-cards.ts'

const content = {
  type: 'AdaptiveCard',
  refresh: { action: { type: 'Action.Execute', verb: 'refresh', data: { text: 'never shown' } } },
  body: [
    { type: 'TextBlock', text: 'Disable Bob?' },
    { type: 'FactSet', facts: [{ title: 'Object', value: 'bob@contoso.example' }] },
    { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Confirm', verb: 'confirm', data: { offer: 'K7F3' } }] },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Later', verb: 'later', isEnabled: false },
    { type: 'Action.Submit', title: 'Why', data: { why: true } },
    { type: 'Action.Submit', title: 'Why', data: { why: false } },
  ],
}

test('a card shows its texts in order and all its buttons, but not what only the bot sees', () => {
  const card = readCard('m1', 'a:1', content)
  expect(card.text).toBe('Disable Bob?\nObject\nbob@contoso.example')
  expect(card.buttons.map((button) => button.verb || button.title)).toEqual(['confirm', 'later', 'Why', 'Why'])
  expect(refreshActionOf(card)).toEqual(content.refresh.action)
})

test('a button is found by verb or title; absent, doubled and disabled ones are refused by name', () => {
  const card = readCard('m1', 'a:1', content)
  expect(findButton(card, 'confirm').data).toEqual({ offer: 'K7F3' })
  expect(findButton(card, 'Confirm').verb).toBe('confirm')
  expect(() => findButton(card, 'reject')).toThrow('no button "reject"; it has: "confirm", "later", "Why", "Why"')
  expect(() => findButton(card, 'Why')).toThrow('2 buttons "Why"')
  expect(() => findButton(card, 'later')).toThrow('"later" is disabled')
})

test('only adaptive cards count as cards', () => {
  const attachments = [
    { contentType: 'application/vnd.microsoft.card.hero', content: { title: 'Hero' } },
    { contentType: 'application/vnd.microsoft.card.adaptive', content },
    { contentType: 'application/vnd.microsoft.card.adaptive', content: 'a text where a card should be' },
  ]
  expect(cardsOf('m1', 'a:1', attachments)).toHaveLength(1)
  expect(refreshActionOf(readCard('m2', 'a:1', { type: 'AdaptiveCard', body: [] }))).toBeUndefined()
})
