import { catalogueVersion } from '@countersign/core/actions/catalogue.ts'
import type { GateFacts } from '@countersign/core/actions/gate.ts'
import type { Offer } from '@countersign/core/actions/offer.ts'
import { hashTerms, type Proposal } from '@countersign/core/actions/proposal.ts'
import { confirmedBody } from '@countersign/core/actions/record-bodies.ts'
import { recordsFor } from '../../store/journal.ts'
import type { ReadTx } from '../../store/transaction.ts'

type Asked = NonNullable<GateFacts['asked']>

/** What a person asks, where nothing but the person and the chat matters. */
export function askedBy(
  person: { readonly tenantId: string; readonly objectId: string },
  proposal: Proposal,
  chat: { readonly conversationId: string; readonly conversationType: 'personal' | 'other' },
  more: Partial<Pick<Asked, 'cardActivityId' | 'nonce' | 'code' | 'renderedDigest' | 'mayConfirm'>> = {},
): Asked {
  return {
    personId: person.objectId,
    tenantId: person.tenantId,
    conversationId: chat.conversationId,
    conversationType: chat.conversationType,
    cardActivityId: null,
    nonce: null,
    code: null,
    proposalHash: proposal.hash,
    renderedDigest: '',
    mayConfirm: false,
    ...more,
  }
}

/** What the journal holds of the people who said yes: the hashes they said it to, and when the last of the needed ones did. */
export async function confirmations(
  tx: ReadTx,
  proposalId: string,
): Promise<{ readonly confirmedHashes: readonly string[]; readonly confirmedAt?: number }> {
  const records = (await recordsFor(tx, proposalId)).filter(({ kind }) => kind === 'confirmed' || kind === 'confirmedFirst')
  const last = records.findLast(({ kind }) => kind === 'confirmed')
  return {
    confirmedHashes: records.map(({ body }) => confirmedBody.safeParse(body).data?.proposalHash ?? 'unreadable'),
    ...(last ? { confirmedAt: Date.parse(last.at) } : {}),
  }
}

/** What the gate looks at, gathered inside the transaction that moves the state. */
export function gateFacts(
  proposal: Proposal,
  now: number,
  more: {
    readonly offer?: Offer
    readonly asked?: Asked
    readonly liveOffersOfPerson?: number
    /** Read in the transaction that moves the state; what nobody read counts as switched off. */
    readonly actionEnabled?: boolean
    readonly confirmedHashes?: readonly string[]
    readonly confirmedAt?: number
    readonly preStateDigest?: string
    readonly freshPreStateDigest?: string
  } = {},
): GateFacts {
  const { offer } = more
  return {
    now,
    proposal: {
      tenantId: proposal.tenantId,
      expiresAt: Date.parse(proposal.expiresAt),
      hash: proposal.hash,
      catalogueVersion: proposal.catalogueVersion,
      requestedBy: proposal.requestedBy,
      approvals: proposal.approvals,
    },
    recomputedHash: hashTerms(proposal),
    catalogueVersion,
    actionEnabled: more.actionEnabled ?? false,
    offer: offer
      ? {
          live: offer.state === 'live',
          expiresAt: Date.parse(offer.expiresAt),
          personId: offer.personId,
          tenantId: offer.tenantId,
          conversationId: offer.conversationId,
          cardActivityId: offer.cardActivityId,
          nonce: offer.nonce,
          code: offer.code,
          proposalHash: offer.proposalHash,
          bytesDigest: offer.bytesDigest,
        }
      : null,
    liveOffersOfPerson: more.liveOffersOfPerson ?? 0,
    asked: more.asked ?? null,
    confirmedHashes: more.confirmedHashes ?? [],
    confirmedAt: more.confirmedAt ?? null,
    preStateDigest: more.preStateDigest ?? null,
    freshPreStateDigest: more.freshPreStateDigest ?? null,
  }
}
