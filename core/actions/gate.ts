/** The gate: which state follows which event, and what must hold for it. The table is the only owner of transitions. */

export const proposalStates = [
  'proposed',
  'offered',
  'awaitingSecond',
  'confirmed',
  'executing',
  'executed',
  'verified',
  'rejected',
  'expired',
  'superseded',
  'stale',
  'failed',
  'verifyFailed',
  'partlyDone',
  'indeterminate',
  'settled',
] as const
export type ProposalState = (typeof proposalStates)[number]

export const proposalEvents = [
  'offer',
  'confirm',
  'confirmFirst',
  'reject',
  'expire',
  'supersede',
  'goneStale',
  'begin',
  'refuseToSend',
  'answered',
  'answerFailed',
  'answerUnknown',
  'stopped',
  'readBackDone',
  'readBackNotDone',
  'readBackUnclear',
  'settle',
] as const
export type ProposalEvent = (typeof proposalEvents)[number]

/** Guards by name; each is one predicate in `guards`, so that a test can remove it. */
export type GuardName =
  | 'withinLifetime'
  | 'hashMatches'
  | 'catalogueUnchanged'
  | 'offerLive'
  | 'offerWithinTime'
  | 'samePerson'
  | 'sameTenant'
  | 'sameConversation'
  | 'oneToOne'
  | 'sameCard'
  | 'sameBytes'
  | 'codeOrButton'
  | 'mayConfirm'
  | 'oneLiveOffer'
  | 'preStateUnchanged'
  | 'confirmedRecently'
  | 'actionEnabled'
  | 'oneApproval'
  | 'twoApprovals'
  | 'anotherPerson'
  | 'involved'

export interface Transition {
  readonly to: ProposalState
  readonly guards: readonly GuardName[]
}

const confirmGuards = [
  'withinLifetime',
  'hashMatches',
  'catalogueUnchanged',
  'actionEnabled',
  'offerLive',
  'offerWithinTime',
  'samePerson',
  'sameTenant',
  'sameConversation',
  'oneToOne',
  'sameCard',
  'sameBytes',
  'codeOrButton',
  'mayConfirm',
] as const satisfies readonly GuardName[]

const firstOfferGuards = ['withinLifetime', 'catalogueUnchanged', 'actionEnabled', 'oneToOne'] as const satisfies readonly GuardName[]
const offerGuards = [...firstOfferGuards, 'oneLiveOffer'] as const satisfies readonly GuardName[]

/** State × event → next state and its guards. A missing cell is a refused event. */
export const gateTable = {
  proposed: {
    offer: { to: 'offered', guards: [...firstOfferGuards, 'samePerson'] },
    reject: { to: 'rejected', guards: ['samePerson', 'sameTenant'] },
    expire: { to: 'expired', guards: [] },
    supersede: { to: 'superseded', guards: [] },
  },
  offered: {
    offer: { to: 'offered', guards: [...offerGuards, 'samePerson'] },
    confirm: { to: 'confirmed', guards: [...confirmGuards, 'oneApproval'] },
    confirmFirst: { to: 'awaitingSecond', guards: [...confirmGuards, 'twoApprovals'] },
    reject: { to: 'rejected', guards: ['samePerson', 'sameTenant'] },
    expire: { to: 'expired', guards: [] },
    supersede: { to: 'superseded', guards: [] },
  },
  awaitingSecond: {
    offer: { to: 'awaitingSecond', guards: [...offerGuards, 'anotherPerson'] },
    confirm: { to: 'confirmed', guards: [...confirmGuards, 'anotherPerson'] },
    reject: { to: 'rejected', guards: ['sameTenant', 'involved'] },
    expire: { to: 'expired', guards: [] },
    goneStale: { to: 'stale', guards: [] },
    supersede: { to: 'superseded', guards: [] },
  },
  confirmed: {
    begin: { to: 'executing', guards: ['confirmedRecently', 'hashMatches', 'catalogueUnchanged', 'actionEnabled', 'preStateUnchanged'] },
    expire: { to: 'expired', guards: [] },
    goneStale: { to: 'stale', guards: [] },
    supersede: { to: 'superseded', guards: [] },
    refuseToSend: { to: 'failed', guards: [] },
  },
  executing: {
    answered: { to: 'executed', guards: [] },
    answerFailed: { to: 'failed', guards: [] },
    answerUnknown: { to: 'executed', guards: [] },
    stopped: { to: 'partlyDone', guards: [] },
  },
  executed: {
    readBackDone: { to: 'verified', guards: [] },
    readBackNotDone: { to: 'verifyFailed', guards: [] },
    readBackUnclear: { to: 'indeterminate', guards: [] },
  },
  verified: {},
  rejected: {},
  expired: {},
  superseded: {},
  stale: {},
  failed: {},
  verifyFailed: {},
  partlyDone: {},
  indeterminate: {
    readBackDone: { to: 'verified', guards: ['sameTenant', 'mayConfirm'] },
    settle: { to: 'settled', guards: ['sameTenant', 'mayConfirm'] },
  },
  settled: {},
} as const satisfies Record<ProposalState, Partial<Record<ProposalEvent, Transition>>>

/** Everything a guard may look at; the caller reads it inside the transaction that moves the state. */
export interface GateFacts {
  readonly now: number
  readonly proposal: {
    readonly tenantId: string
    readonly expiresAt: number
    readonly hash: string
    readonly catalogueVersion: string
    readonly requestedBy: string
    /** People who must countersign: two for high impact. */
    readonly approvals: 1 | 2
  }
  readonly recomputedHash: string
  readonly catalogueVersion: string
  /** Whether the tenant has the action switched on now. */
  readonly actionEnabled: boolean
  readonly offer: {
    readonly live: boolean
    readonly expiresAt: number
    readonly personId: string
    readonly tenantId: string
    readonly conversationId: string
    readonly cardActivityId: string
    readonly nonce: string
    readonly code: string
    readonly proposalHash: string
    readonly bytesDigest: string
  } | null
  readonly liveOffersOfPerson: number
  readonly asked: {
    readonly personId: string
    readonly tenantId: string
    readonly conversationId: string
    readonly conversationType: 'personal' | 'other'
    /** The card whose button was pressed; null for a typed yes. */
    readonly cardActivityId: string | null
    readonly nonce: string | null
    readonly code: string | null
    readonly proposalHash: string
    /** Digest of the bytes the card was shown with, computed from the stored proposal now. */
    readonly renderedDigest: string
    readonly mayConfirm: boolean
  } | null
  /** The hashes that were countersigned so far, as the journal holds them. */
  readonly confirmedHashes: readonly string[]
  /** When the last of the needed people said yes; null before that. */
  readonly confirmedAt: number | null
  readonly preStateDigest: string | null
  readonly freshPreStateDigest: string | null
}

export type Guards = Readonly<Record<GuardName, (facts: GateFacts) => boolean>>

/** Milliseconds after a yes in which the work must begin: a service that was down longer asks again. */
export const confirmationLastsMs = 15 * 60 * 1000

/** A yes further in the future than this was given under another clock: it does not count. */
const clocksDifferMs = 60 * 1000

export const guards = {
  withinLifetime: (facts) => facts.now < facts.proposal.expiresAt,
  hashMatches: (facts) =>
    facts.recomputedHash === facts.proposal.hash &&
    (facts.offer === null || facts.offer.proposalHash === facts.proposal.hash) &&
    (facts.asked === null || facts.asked.proposalHash === facts.proposal.hash) &&
    facts.confirmedHashes.every((hash) => hash === facts.proposal.hash),
  catalogueUnchanged: (facts) => facts.catalogueVersion === facts.proposal.catalogueVersion,
  offerLive: (facts) => facts.offer?.live === true,
  offerWithinTime: (facts) => facts.offer !== null && facts.now < facts.offer.expiresAt,
  samePerson: (facts) => facts.asked !== null && facts.asked.personId === (facts.offer?.personId ?? facts.proposal.requestedBy),
  sameTenant: (facts) =>
    facts.asked !== null &&
    facts.asked.tenantId === facts.proposal.tenantId &&
    (facts.offer === null || facts.offer.tenantId === facts.proposal.tenantId),
  sameConversation: (facts) => facts.asked !== null && facts.offer !== null && facts.asked.conversationId === facts.offer.conversationId,
  oneToOne: (facts) => facts.asked !== null && facts.asked.conversationType === 'personal',
  sameCard: (facts) =>
    facts.asked !== null &&
    facts.offer !== null &&
    (facts.asked.cardActivityId === null || facts.asked.cardActivityId === facts.offer.cardActivityId),
  sameBytes: (facts) => facts.asked !== null && facts.offer !== null && facts.asked.renderedDigest === facts.offer.bytesDigest,
  codeOrButton: (facts) =>
    facts.asked !== null &&
    facts.offer !== null &&
    ((facts.asked.nonce !== null && facts.asked.nonce === facts.offer.nonce) ||
      (facts.asked.code !== null && facts.asked.code === facts.offer.code)),
  mayConfirm: (facts) => facts.asked?.mayConfirm === true,
  oneLiveOffer: (facts) => facts.liveOffersOfPerson === 0,
  actionEnabled: (facts) => facts.actionEnabled,
  oneApproval: (facts) => facts.proposal.approvals === 1,
  twoApprovals: (facts) => facts.proposal.approvals === 2,
  anotherPerson: (facts) => facts.asked !== null && facts.asked.personId !== facts.proposal.requestedBy,
  involved: (facts) => facts.asked !== null && (facts.asked.mayConfirm || facts.asked.personId === facts.proposal.requestedBy),
  confirmedRecently: (facts) =>
    facts.confirmedAt !== null && facts.now - facts.confirmedAt < confirmationLastsMs && facts.confirmedAt - facts.now <= clocksDifferMs,
  preStateUnchanged: (facts) => facts.preStateDigest !== null && facts.preStateDigest === facts.freshPreStateDigest,
} as const satisfies Guards

export type GateAnswer =
  { readonly kind: 'moved'; readonly to: ProposalState } | { readonly kind: 'refused'; readonly guard: GuardName | 'state' }

/**
 * Whether the event may happen now, and the state that follows. Pure; the caller stores the state by compare-and-swap.
 * `guardSet` is for tests that remove one guard and must then see the harm.
 */
export function decide(state: ProposalState, event: ProposalEvent, facts: GateFacts, guardSet: Guards = guards): GateAnswer {
  const row: Partial<Record<ProposalEvent, Transition>> = gateTable[state]
  const transition = row[event]
  if (!transition) return { kind: 'refused', guard: 'state' }
  const failing = transition.guards.find((guard) => !guardSet[guard](facts))
  return failing ? { kind: 'refused', guard: failing } : { kind: 'moved', to: transition.to }
}

export function isTerminal(state: ProposalState): boolean {
  return Object.keys(gateTable[state]).length === 0
}
