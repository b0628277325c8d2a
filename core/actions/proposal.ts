import type { Json } from '../digest.ts'
import { digest } from '../digest.ts'
import type { BlastLine } from './blast.ts'
import type { Change, PlanStep, Subject } from './action.ts'
import type { Door } from '../principal.ts'
import type { Values } from '../posture/check.ts'
import type { ProposalState } from './gate.ts'

/** A stored plan. Everything in `ProposalTerms` is covered by its hash; nothing else decides what is sent. */
export interface ProposalTerms {
  readonly id: string
  readonly tenantId: string
  readonly actionId: string
  /** Digest of the action catalogue: a proposal made under another catalogue is superseded. */
  readonly catalogueVersion: string
  /** Object id of the person who asked. */
  readonly requestedBy: string
  readonly door: Door
  readonly input: Json
  readonly subject: Subject
  readonly changes: readonly Change[]
  readonly steps: readonly PlanStep[]
  readonly preState: Json
  readonly warnings: readonly { readonly reason: string; readonly values: Values }[]
  /** The Aid's Entra object id: the actor. */
  readonly actorId: string
  readonly actor: 'aid'
  /** What it would do beyond its object, as the last scan showed it. */
  readonly blast: readonly BlastLine[]
  /** People who must countersign. */
  readonly approvals: 1 | 2
  /** Names of what this would lock out, as the person who asked wrote them. */
  readonly acknowledged: readonly string[]
  /** Proposal that this one undoes. */
  readonly undoes: string | null
  /** Proposal that stopped after some steps and whose rest this one carries out. */
  readonly resumes: string | null
  /** Findings that the action mends. */
  readonly findingKeys: readonly string[]
  readonly createdAt: string
  /** 24 hours after creation. */
  readonly expiresAt: string
}

export interface Proposal extends ProposalTerms {
  /** SHA-256 of the canonical terms. */
  readonly hash: string
  readonly state: ProposalState
  /** Human reason of an end state, as a message id of core/text. */
  readonly endReason: string | null
  /** Position among the tenant's receipts, shown as R-0001; set when the first step is sent. */
  readonly receiptNumber: number | null
}

/** Hash of the terms; the only owner of what is covered. */
export function hashTerms(terms: ProposalTerms): string {
  return digest(JSON.parse(JSON.stringify(termsOf(terms))) as Json)
}

/** Every member of the terms, so that the compiler objects when one is added and not covered. */
const covered = {
  id: true,
  tenantId: true,
  actionId: true,
  catalogueVersion: true,
  requestedBy: true,
  door: true,
  input: true,
  subject: true,
  changes: true,
  steps: true,
  preState: true,
  warnings: true,
  actorId: true,
  actor: true,
  blast: true,
  approvals: true,
  acknowledged: true,
  undoes: true,
  resumes: true,
  findingKeys: true,
  createdAt: true,
  expiresAt: true,
} as const satisfies Record<keyof ProposalTerms, true>

/** The covered members and no others, so that a Proposal hashes like its terms. */
export function termsOf(terms: ProposalTerms): ProposalTerms {
  // Exactly the keys of ProposalTerms, each with its own value.
  return Object.fromEntries(Object.entries(terms).filter(([key]) => Object.hasOwn(covered, key))) as unknown as ProposalTerms
}
