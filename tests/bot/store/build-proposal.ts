import { randomUUID } from 'node:crypto'
import { hashTerms, type Proposal, type ProposalTerms } from '../../../core/actions/proposal.ts'
import type { PlanStep } from '../../../core/actions/action.ts'
import type { Offer } from '../../../core/actions/offer.ts'
import type { StoredJob } from '../../../bot/src/store/transaction.ts'

/** A proposal of the principal's with as many steps as asked, of a harmless kind. */
export function buildProposal(
  principal: StoredJob,
  part: Partial<Pick<Proposal, 'state' | 'createdAt'>> & { steps?: number } = {},
): Proposal {
  const userId = randomUUID()
  const subject = { type: 'user', id: userId, name: 'Zoë \u0000 "quoted" \ud800', qualifier: 'zoe@contoso.com' } as const
  const step: PlanStep = {
    class: 'set',
    about: subject,
    write: { method: 'PATCH', path: `/users/${userId}`, body: { accountEnabled: false } },
    readBack: {
      read: { path: `/users/${userId}?$select=accountEnabled` },
      expect: { kind: 'equals', field: 'accountEnabled', value: false },
    },
    undo: null,
    echo: { activities: ['Disable account'], targetId: userId },
  }
  const createdAt = part.createdAt ?? '2026-11-20T10:00:00.000Z'
  const terms: ProposalTerms = {
    id: randomUUID(),
    tenantId: principal.tenantId,
    actionId: 'disable-user',
    catalogueVersion: 'a'.repeat(64),
    requestedBy: principal.objectId,
    door: 'chat',
    input: { userId },
    subject,
    changes: [{ field: 'accountEnabled', before: 'true', after: 'false' }],
    steps: Array.from({ length: part.steps ?? 1 }, () => step),
    preState: { accountEnabled: true, zero: -0, big: 1e21 },
    warnings: [],
    actorId: randomUUID(),
    actor: 'aid',
    blast: [],
    approvals: 1,
    acknowledged: [],
    undoes: null,
    resumes: null,
    findingKeys: [],
    createdAt,
    expiresAt: new Date(Date.parse(createdAt) + 86_400_000).toISOString(),
  }
  return { ...terms, hash: hashTerms(terms), state: part.state ?? 'proposed', endReason: null, receiptNumber: null }
}

export function buildOffer(proposal: Proposal, part: Partial<Offer> = {}): Offer {
  return {
    id: randomUUID(),
    proposalId: proposal.id,
    proposalHash: proposal.hash,
    tenantId: proposal.tenantId,
    personId: proposal.requestedBy,
    conversationId: 'a:chat',
    cardActivityId: '',
    nonce: randomUUID(),
    code: 'K7F3',
    bytesDigest: 'b'.repeat(64),
    createdAt: '2026-11-20T10:00:00.000Z',
    expiresAt: '2026-11-20T10:05:00.000Z',
    state: 'live',
    ...part,
  }
}
