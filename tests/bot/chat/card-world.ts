import { renderPreview } from '../../../core/actions/preview.ts'
import { offerDigest } from '../../../core/actions/offer-card.ts'
import type { Offer } from '../../../core/actions/offer.ts'
import { hashTerms, type Proposal, type ProposalTerms } from '../../../core/actions/proposal.ts'
import type { Json } from '../../../core/digest.ts'
import type { OfferView } from '../../../bot/src/chat/cards/offer-state.ts'
import { readCard, type Card } from '../../e2e/chat-cards.ts'

export const id = (n: number): string => `${String(n).repeat(8)}-0000-4000-8000-000000000000`
/** A name as long as nothing in Entra is. */
export const long = '🔑'.repeat(20_000)

export function proposalOf(name: string, state: Proposal['state'] = 'offered'): Proposal {
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

export function offerOf(proposal: Proposal): Offer {
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

export function viewOf(proposal: Proposal, offer = offerOf(proposal)): OfferView {
  const preview = renderPreview(proposal, 'aid@contoso.example', 'en')
  return { offer, proposal, preview, firstBy: null, isNewest: true, echo: undefined, steps: [], seconds: [] }
}

export function read(card: Json): Card {
  return readCard('m1', 'a:1', Object(card))
}
