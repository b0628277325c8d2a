/**
 * A small world around the gate: people, chats, cards, a clock that jumps, third parties, and objects that are written
 * in steps. The gate decides; the world keeps a story of what happened, from which the state can be told without it.
 */
import type { GateAnswer, GateFacts, ProposalEvent, ProposalState } from '@countersign/core/actions/gate.ts'
import type { Coverage } from './gate-model-coverage.ts'

export type Gate = (state: ProposalState, event: ProposalEvent, facts: GateFacts) => GateAnswer
export type Asked = NonNullable<GateFacts['asked']>

export const minute = 60_000
export const day = 24 * 60 * minute
export const home = 'contoso'
/** People who may countersign; nobody else in the model may. */
export const roleHolders = ['ada', 'bo', 'cy'] as const
export type Person = (typeof roleHolders)[number] | 'mallory'

/** What a plan says: what a card shows of it, what it does not show, and how many people must countersign. */
export interface Terms {
  readonly shown: string
  readonly hidden: string
  readonly approvals: 1 | 2
}
export interface Card {
  readonly person: Person
  readonly chat: string
  readonly cardId: string
  readonly nonce: string
  readonly code: string
  /** The terms and the bytes as they were when the card was made. */
  readonly terms: Terms
  readonly bytes: string
  readonly proposalHash: string
  readonly expiresAt: number
  state: 'live' | 'used' | 'dead'
}
export interface Step {
  state: 'planned' | 'sending' | 'done' | 'lost' | 'refused'
  sends: number
  /** Whether a read-back showed it; each step of several is read back before the next is sent. */
  shown: boolean
}
/** What happened to a proposal, as its invariants count it. */
export interface Story {
  cards: number
  readonly yes: Person[]
  begun: boolean
  lastWord: boolean
  readBack: 'done' | 'notDone' | 'unclear' | null
  settled: boolean
  ended: 'withdrawn' | 'timeOver' | 'rulesChanged' | 'objectChanged' | 'nothingDone' | 'stoppedBetween' | null
}
export interface Proposal {
  state: ProposalState
  /** Grows with every change of the row: what a compare-and-swap compares. */
  version: number
  readonly requestedBy: Person
  readonly expiresAt: number
  hash: string
  /** Hashes that people said yes to, as the journal keeps them. */
  readonly confirmedHashes: string[]
  readonly catalogue: string
  /** People needed as it was planned, whatever somebody writes into the row later. */
  readonly approvals: 1 | 2
  readonly object: string
  readonly mark: string
  readonly preState: readonly string[]
  terms: Terms
  confirmedAt: number | null
  readonly cards: Card[]
  readonly steps: readonly Step[]
  readonly story: Story
}
export interface World {
  readonly gate: Gate
  readonly coverage: Coverage
  /** Whether the store compares before it swaps. */
  readonly swaps: boolean
  readonly proposals: Proposal[]
  /** Each object has a value a step may write. */
  readonly objects: Map<string, string[]>
  /** Confirmations as they were sent; the channel may deliver them late, twice and in any order. */
  readonly mail: { readonly proposal: Proposal; readonly card: Card | undefined; readonly asked: Asked }[]
  now: number
  serial: number
  catalogue: string
  renderer: string
  enabled: boolean
}

export function emptyWorld(gate: Gate, coverage: Coverage, swaps: boolean): World {
  return {
    gate,
    coverage,
    swaps,
    proposals: [],
    objects: new Map(),
    mail: [],
    now: 0,
    serial: 0,
    catalogue: 'catalogue 0',
    renderer: 'renderer 0',
    enabled: true,
  }
}

export function hashOf({ shown, hidden, approvals }: Terms): string {
  return `hash of ${shown}, ${hidden}, ${approvals}`
}

export function bytesOf({ shown }: Terms, renderer: string): string {
  return `${shown} by ${renderer}`
}

/** The values of the object that the proposal's steps write. */
export function valuesOf(world: World, proposal: Proposal): string[] {
  const values = world.objects.get(proposal.object)
  if (!values) throw new Error(`The model has no object ${proposal.object}.`)
  return values
}

export function serialOf(world: World): number {
  world.serial++
  return world.serial
}
