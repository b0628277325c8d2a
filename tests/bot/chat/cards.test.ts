import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import { offerDigest } from '../../../core/actions/offer-card.ts'
import { renderPreview } from '../../../core/actions/preview.ts'
import { proposalStates } from '../../../core/actions/gate.ts'
import type { Offer } from '../../../core/actions/offer.ts'
import { hashTerms, type Proposal, type ProposalTerms } from '../../../core/actions/proposal.ts'
import { digest, type Json } from '../../../core/digest.ts'
import { appSecretExpired } from '../../../core/posture/checks/applications/app-secret-expired.ts'
import { findingLine } from '../../../bot/src/assistant/posture.ts'
import type { StoredFinding } from '../../../bot/src/store/findings.ts'
import { applicationPicker, peoplePicker, secretPicker } from '../../../bot/src/chat/cards/picker.ts'
import { findingCard, findingsCard } from '../../../bot/src/chat/cards/posture.ts'
import { isLive, liveCard, movingCard, stateCard } from '../../../bot/src/chat/cards/offer-state.ts'
import { findButton, readCard } from '../../e2e/chat-cards.ts'

const id = (n: number): string => `${String(n).repeat(8)}-0000-4000-8000-000000000000`
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

function proposalOf(name: string, state: Proposal['state'] = 'offered'): Proposal {
  const read = { path: `/users/${id(1)}?$select=accountEnabled` }
  const echo = { activities: ['Disable account'], targetId: id(1) }
  const terms: ProposalTerms = {
    id: id(2),
    tenantId: id(3),
    actionId: 'disable-user',
    catalogueVersion: 'v',
    requestedBy: id(4),
    door: 'chat',
    input: { userId: id(1) },
    subject: { type: 'user', id: id(1), name, qualifier: 'erik@contoso.example' },
    changes: [{ field: 'signIn', before: 'allowed', after: 'blocked' }],
    steps: [
      {
        class: 'set',
        about: { type: 'user', id: id(1), name, qualifier: 'erik@contoso.example' },
        write: { method: 'PATCH', path: `/users/${id(1)}`, body: { accountEnabled: false } },
        readBack: { read, expect: { kind: 'equals', field: 'accountEnabled', value: false } },
        undo: null,
        echo,
      },
    ],
    preState: { accountEnabled: true },
    warnings: [],
    actorId: id(5),
    actor: 'aid',
    blast: [],
    approvals: 1,
    acknowledged: [],
    undoes: null,
    resumes: null,
    findingKeys: [],
    createdAt: '2026-11-22T12:00:00.000Z',
    expiresAt: '2026-11-23T12:00:00.000Z',
  }
  return { ...terms, hash: hashTerms(terms), state, endReason: null, receiptNumber: null }
}

function offerOf(proposal: Proposal): Offer {
  const face = { offerId: id(6), nonce: 'nonce', code: 'K7F3', expiresAt: '2026-11-22T12:05:00.000Z', firstBy: null }
  const preview = renderPreview(proposal, 'aid@contoso.example', 'en')
  return {
    id: face.offerId,
    proposalId: proposal.id,
    proposalHash: proposal.hash,
    tenantId: proposal.tenantId,
    personId: id(4),
    conversationId: 'a:1',
    cardActivityId: 'm1',
    nonce: face.nonce,
    code: face.code,
    bytesDigest: offerDigest(preview, face),
    createdAt: proposal.createdAt,
    expiresAt: face.expiresAt,
    state: 'live',
  }
}

function viewOf(proposal: Proposal, offer = offerOf(proposal)) {
  return { offer, proposal, preview: renderPreview(proposal, 'aid@contoso.example', 'en'), firstBy: null, isNewest: true, echo: undefined }
}

const long = '🔑'.repeat(20_000)

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

function read(card: Json) {
  return readCard('m1', 'a:1', Object(card))
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
            displayName: name,
            userPrincipalName: `person${index}@contoso.example`,
            department: name,
          }))
          const { buttons, text } = read(peoplePicker(people, false))
          expect(buttons).toHaveLength(names.length)
          for (const person of people) expect(text).toContain(person.userPrincipalName)
          expect(text).not.toMatch(/[\u200B\u202E[\]<>*`]/)
        },
      ),
    )
  })

  it('the list of secrets names key and end, never more than a hint', () => {
    const secret = { keyId: id(8), displayName: '[x](http://evil)', hint: 'abc', endDateTime: '2025-01-31T00:00:00Z' }
    const { text, buttons } = read(
      secretPicker({ id: id(1), appId: id(2), displayName: 'Payroll', passwordCredentials: [secret] }, [secret], false),
    )
    expect(text).toContain('Ended on 2025-01-31')
    expect(text).toContain(id(8))
    expect(buttons[0]?.data).toEqual({ applicationId: id(1), keyId: id(8) })
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
    const applications = secrets.map(({ keyId }) => ({ id: keyId, appId: keyId, displayName: long, passwordCredentials: secrets }))
    const people = secrets.map(({ keyId }) => ({ id: keyId, displayName: long, userPrincipalName: long, department: long }))
    const [application] = applications
    if (!application) throw new Error('There is no application.')
    const cards = [
      card,
      findingsCard([line, line, line, line, line, line], 'http://tab'),
      peoplePicker(people, true),
      applicationPicker(applications, true),
      secretPicker(application, secrets, true),
      liveCard(viewOf(proposalOf(long)), '29:ada'),
      stateCard(viewOf(proposalOf(long, 'verified')), 'http://tab'),
    ]
    for (const one of cards) expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThan(28 * 1024)
  })
})
