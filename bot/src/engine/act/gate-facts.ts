import { catalogueVersion } from '@countersign/core/actions/catalogue.ts'
import type { GateFacts } from '@countersign/core/actions/gate.ts'
import type { Offer } from '@countersign/core/actions/offer.ts'
import { hashTerms, type Proposal } from '@countersign/core/actions/proposal.ts'
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

/** When the last of the needed people said yes, in milliseconds; undefined before that. */
export async function confirmedAt(tx: ReadTx, proposalId: string): Promise<number | undefined> {
  const record = (await recordsFor(tx, proposalId)).findLast(({ kind }) => kind === 'confirmed')
  return record && Date.parse(record.at)
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
    confirmedAt: more.confirmedAt ?? null,
    preStateDigest: more.preStateDigest ?? null,
    freshPreStateDigest: more.freshPreStateDigest ?? null,
  }
}
