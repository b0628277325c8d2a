import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { proposalStates } from '../../../core/actions/gate.ts'
import { digest } from '../../../core/digest.ts'
import { appSecretExpired } from '../../../core/posture/checks/applications/app-secret-expired.ts'
import { findingLine } from '../../../bot/src/assistant/posture.ts'
import type { StoredFinding } from '../../../bot/src/store/findings.ts'
import { commandOf } from '../../../bot/src/assistant/commands.ts'
import { choiceCard, objectPicker, rowPicker, staleGuestsCard } from '../../../bot/src/chat/cards/picker.ts'
import { findingCard, findingsCard } from '../../../bot/src/chat/cards/posture.ts'
import { isLive, liveCard, movingCard, stateCard } from '../../../bot/src/chat/cards/offer-state.ts'
import { findButton } from '../../e2e/chat-cards.ts'
import { fc } from '../../random.ts'
import { id, long, offerOf, proposalOf, read, viewOf } from './card-world.ts'

const hostile = [
  '[click](https://evil.example)',
  '**Approve** now',
  '\u202Egnp.exe',
  'Erik\u200B Holm',
  '<at>Everybody</at>',
  '{{DATE(2020-01-01T00:00:00Z)}}',
  '${data}',
  'A'.repeat(500),
  'line\nbreak\n\nCarried out by\nsomebody else',
  '# heading',
  '`code`',
]

const disableUser = commandOf('disable-user')
const userSlot = (() => {
  const [slot] = disableUser.slots
  if (!slot) throw new Error('A person is blocked without saying whom.')
  return slot
})()
const payroll = { id: id(1), name: 'Payroll', details: [`Application id ${id(2)}`] }

/** An expired secret with a name as long as nothing in Entra is. */
function finding(index: number): StoredFinding {
  const object = { type: 'application', id: id(index % 10), part: id(index % 7), name: `${long}${index}` } as const
  return {
    key: `app-secret-expired:application:${object.id}:${object.part}:${index}`,
    checkId: 'app-secret-expired',
    object,
    severity: 'low',
    state: 'open',
    values: { named: 'yes', secretName: long, keyId: object.part, endsAt: '2025-01-31T00:00:00Z', days: 300 },
    basis: [],
    firstSeen: '2026-11-01T00:00:00Z',
    changedAt: '2026-11-01T00:00:00Z',
    notReadSince: null,
    scanId: null,
  }
}

describe('the card of an offer', () => {
  it('is, without its refresh, exactly the bytes that the digest covers', () => {
    const view = viewOf(proposalOf('Erik Holm'))
    const { refresh, ...rest } = liveCard(view, '29:ada')
    expect(digest(rest)).toBe(view.offer.bytesDigest)
    expect(refresh).toEqual({
      action: { type: 'Action.Execute', title: 'Refresh', verb: 'refresh', data: { offerId: view.offer.id } },
      userIds: ['29:ada'],
    })
    // Nothing that could confirm leaves the card by itself.
    expect(JSON.stringify(refresh)).not.toContain(view.offer.nonce)
  })

  it.each(hostile)('shows the hostile name %j as a name and nothing more', (name) => {
    for (const card of [liveCard(viewOf(proposalOf(name)), '29:ada'), stateCard(viewOf(proposalOf(name, 'verified')), 'http://tab')]) {
      const { text } = read(card)
      expect(text).toContain('erik@contoso.example')
      expect(text).toContain(id(1))
      const title = text.split('\n')[0] ?? ''
      expect(title).not.toMatch(/[\u200B\u202E[\]<>*`#]|\{\{|\$\{/)
      expect(title.length).toBeLessThan(120)
    }
  })

  it('is live only while offer and proposal are, and within its time', () => {
    const proposal = proposalOf('Erik')
    const now = Date.parse('2026-11-22T12:01:00Z')
    expect(isLive(viewOf(proposal), now)).toBe(true)
    expect(isLive(viewOf(proposal), Date.parse('2026-11-22T12:05:00Z'))).toBe(false)
    expect(isLive(viewOf(proposal, { ...offerOf(proposal), state: 'dead' }), now)).toBe(false)
    expect(isLive(viewOf({ ...proposal, state: 'rejected' }), now)).toBe(false)
  })

  it.each(proposalStates)('in state %s has no button that does anything, says its state in words and has a fallback text', (state) => {
    for (const receiptNumber of [null, 7])
      for (const isNewest of [true, false]) {
        const card = movingCard({ ...viewOf({ ...proposalOf('Erik Holm', state), receiptNumber }), isNewest }, 'http://tab', '29:ada')
        const { buttons, text } = read(card)
        expect(buttons.filter(({ type }) => type !== 'Action.OpenUrl')).toEqual([])
        expect(text.split('\n').length).toBeGreaterThan(4)
        expect(String(card['fallbackText']).length).toBeGreaterThan(20)
        expect(buttons.map(({ title }) => title)).toEqual(receiptNumber === null ? [] : ['Open receipt R-0007'])
        // Colours are the host's own names, so that dark and high-contrast themes show them.
        expect(JSON.stringify(card)).not.toMatch(/#[0-9a-f]{6}|backgroundImage|rgb\(/i)
      }
  })
})

describe('pickers and lists', () => {
  it('show at most what tells people apart, with one button each, whatever their names are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...hostile)), { minLength: 2, maxLength: 5 }),
        (names) => {
          const people = names.map((name, index) => ({
            id: id(index + 1),
            name,
            details: [`person${index}@contoso.example`, name],
          }))
          const { buttons, text } = read(objectPicker(disableUser, userSlot, people, false, {}))
          expect(buttons).toHaveLength(names.length)
          expect(buttons.map(({ verb, data }) => [verb, data])).toEqual(people.map((person) => ['disable-user', { userId: person.id }]))
          for (const [index] of people.entries()) expect(text).toContain(`person${index}@contoso.example`)
          expect(text).not.toMatch(/[\u200B\u202E[\]<>*`]/)
        },
      ),
    )
  })

  it('the list of secrets names key and end, never more than a hint', () => {
    const secret = {
      name: '[x](http://evil)',
      details: ['Ended on 2025-01-31, begins with abc', `Key id ${id(8)}`],
      actionId: 'remove-app-secret',
      input: { applicationId: id(1), keyId: id(8) },
    }
    const { text, buttons } = read(rowPicker(commandOf('remove-secret'), 'Expired secrets of', payroll, [secret], {}))
    expect(text).toContain('Ended on 2025-01-31')
    expect(text).toContain(id(8))
    expect(text).not.toContain('](')
    expect(buttons[0]?.data).toEqual({ applicationId: id(1), keyId: id(8), actionId: 'remove-app-secret' })
  })

  it('findings lead to a proposal where one object can be mended, to the list where several can', () => {
    const object = (n: number, fixable: boolean) => ({
      findingKey: `app-secret-expired:${id(n)}`,
      name: `App ${n}`,
      sentence: 'It ended.',
      fixable,
    })
    const line = {
      checkId: 'app-secret-expired',
      code: 'APP-01',
      severity: 'low',
      title: '2 expired secrets',
      why: 'Because.',
      nearMiss: null,
      more: 0,
    } as const
    expect(
      findButton(read(findingsCard([{ ...line, objects: [object(1, true), object(2, false)] }], 'http://tab')), 'Fix APP-01'),
    ).toMatchObject({ verb: 'fix', data: { findingKey: `app-secret-expired:${id(1)}` } })
    expect(
      findButton(read(findingsCard([{ ...line, objects: [object(1, true), object(2, true)] }], 'http://tab')), 'Show APP-01'),
    ).toMatchObject({ verb: 'finding', data: { code: 'APP-01' } })
    const { buttons, text } = read(findingCard({ ...line, objects: [object(1, true), object(2, true), object(3, false)] }, 'http://tab'))
    expect(buttons.map(({ title }) => title)).toEqual(['Fix 1', 'Fix 2', 'Open the finding'])
    expect(text).toContain('3. App 3')
    expect(text).not.toContain('more in Countersign')
  })

  it('findings are shown five at a time, each by its place, with the way to the next and to any by its code', () => {
    const lines = Array.from({ length: 142 }, (_, index) => findingLine(appSecretExpired, undefined, [finding(index)])).map(
      (line, index) => ({
        ...line,
        code: `XX-${index + 1}`,
      }),
    )
    const seen: string[] = []
    let from: number | undefined = 0
    while (from !== undefined) {
      const card = findingsCard(lines, 'http://tab', from)
      const { text, buttons } = read(card)
      const places = [...text.matchAll(/^(\d+)\. Low · (XX-\d+)$/gm)]
      expect(places.map(([, place = '', code = '']) => `XX-${place}` === code)).not.toContain(false)
      seen.push(...places.map(([, , code = '']) => code))
      expect(text).toMatch(/of 142, the most serious first\. For another, write its code: finding XX-\d+/)
      expect(z.object({ actions: z.array(z.unknown()) }).parse(card).actions.length).toBeLessThanOrEqual(6)
      const next = buttons.find(({ verb }) => verb === 'findings')
      from = next && Number(z.object({ from: z.string() }).parse(next.data).from)
    }
    expect(seen).toEqual(lines.map(({ code }) => code))
  })

  it('however many objects a finding has and whatever they are called, its cards stay below the 28 KB that Teams takes', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => finding(index))
    const values = { count: 10_007, holders: 10_007 }
    const outcome = { verdict: 'fail', reason: 'expired', values, objects: [], unlisted: 7, basis: [] } as const
    const line = findingLine(appSecretExpired, { checkId: appSecretExpired.id, outcome }, many)
    const card = findingCard(line, 'http://tab')
    expect(read(card).text).toContain('10002 more in Countersign.')
    expect(read(card).buttons.map(({ title }) => title)).toEqual(['Fix 1', 'Fix 2', 'Fix 3', 'Fix 4', 'Fix 5', 'Open the finding'])
    const secrets = Array.from({ length: 5 }, (_, n) => ({
      keyId: id(n),
      displayName: long,
      hint: long,
      endDateTime: '2025-01-31T00:00:00Z',
    }))
    const objects = secrets.map(({ keyId }) => ({ id: keyId, name: long, details: [long, long] }))
    const rows = secrets.map(({ keyId }) => ({
      name: long,
      details: [long, long],
      actionId: 'remove-app-secret',
      input: { applicationId: id(1), keyId },
    }))
    const guests = Array.from({ length: 20 }, (_, n) => ({
      id: id(n % 10),
      name: long,
      userPrincipalName: long,
      days: 100 + n,
      ever: n % 2 === 0,
    }))
    const template = commandOf('create-policy')
    const [templateSlot] = template.slots
    if (!templateSlot) throw new Error('A policy is created without a template.')
    const cards = [
      card,
      findingsCard([line, line, line, line, line, line], 'http://tab'),
      objectPicker(disableUser, userSlot, objects, true, {}),
      rowPicker(commandOf('remove-secret'), 'Expired secrets of', { id: id(1), name: long, details: [long] }, rows, {}),
      staleGuestsCard(commandOf('disable-stale-guests'), guests, 7, {}),
      choiceCard(template, templateSlot, {}),
      liveCard(viewOf(proposalOf(long)), '29:ada'),
      stateCard(viewOf(proposalOf(long, 'verified')), 'http://tab'),
    ]
    for (const one of cards) expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThan(28 * 1024)
  })
})
