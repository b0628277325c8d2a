/** Moves of a history, and the stretches of them that lead to one place of the gate's table. */
import type { Person } from './gate-model-world.ts'

export type Who = 'requester' | 'second' | 'third' | 'stranger'
export const forges = ['none', 'person', 'tenant', 'chat', 'group', 'card', 'code', 'bytes', 'hash', 'role'] as const
export type Forge = (typeof forges)[number]
export const crashes = ['no', 'beforeSend', 'afterSend', 'afterAnswer'] as const
export const outcomes = ['done', 'refused', 'lost', 'lostButDone'] as const

export type Reading = 'readBackDone' | 'readBackNotDone' | 'readBackUnclear'

/** How one run of the work goes: what comes back from the step `at`, where the process dies, what a read-back shows. */
export interface Course {
  readonly hasAid: boolean
  readonly at: number
  readonly outcome: (typeof outcomes)[number]
  readonly crash: (typeof crashes)[number]
  /** Whether somebody else edits what a step is about to write, or has just written. */
  readonly edited: 'no' | 'before' | 'after'
  readonly isClear: boolean
}

/** What one person or process does to the proposal `of`; two of them can race. */
export type Act =
  | { readonly kind: 'offer'; readonly of: number; readonly to: Who; readonly isGroup: boolean; readonly again: boolean }
  | {
      readonly kind: 'confirm'
      readonly of: number
      readonly card: 'first' | 'old' | 'last'
      readonly forge: Forge
      readonly typed: boolean
      readonly wrongEvent: boolean
    }
  | { readonly kind: 'withdraw'; readonly of: number; readonly by: Who; readonly forge: Forge }
  | { readonly kind: 'close'; readonly of: number; readonly how: 'settle' | 'readBackDone'; readonly by: Who; readonly forge: Forge }
  | { readonly kind: 'execute'; readonly of: number; readonly course: Course }
  /** One of the confirmations sent so far is delivered, maybe again. */
  | { readonly kind: 'deliver'; readonly which: number }

export type Move =
  | Act
  | { readonly kind: 'propose'; readonly of: number; readonly by: Person; readonly approvals: 1 | 2; readonly steps: number }
  /** A confirmation is sent and not delivered yet. */
  | { readonly kind: 'post'; readonly of: number; readonly typed: boolean }
  | { readonly kind: 'race'; readonly first: Act; readonly second: Act }
  | { readonly kind: 'recover'; readonly course: Course; readonly goesOn: boolean }
  | { readonly kind: 'readBack'; readonly of: number; readonly isClear: boolean }
  | { readonly kind: 'readBackLate'; readonly of: number; readonly event: Reading }
  | { readonly kind: 'reportLate'; readonly of: number; readonly event: 'answered' | 'answerFailed' | 'answerUnknown' | 'stopped' }
  | { readonly kind: 'end'; readonly of: number; readonly event: 'expire' | 'goneStale' | 'supersede' }
  | { readonly kind: 'sweep' }
  /** Seconds; below 0 the clock is set back. */
  | { readonly kind: 'tick'; readonly seconds: number }
  | { readonly kind: 'endCards'; readonly of: number }
  /** A backup brings the first card back to life. */
  | { readonly kind: 'restoreCard'; readonly of: number }
  | { readonly kind: 'edit'; readonly of: number; readonly part: number }
  | { readonly kind: 'tamper'; readonly of: number; readonly what: 'hidden' | 'shown' | 'approvals' | 'rehashed' }
  | { readonly kind: 'upgrade' }
  | { readonly kind: 'render' }
  | { readonly kind: 'switch'; readonly on: boolean }

/** What varies between stretches that lead to the same place. */
export interface Variant {
  readonly of: number
  readonly by: Person
  readonly typed: boolean
  readonly steps: number
}
export type Stretch = (variant: Variant) => Move[]

export const plainCourse: Course = { hasAid: true, at: 0, outcome: 'done', crash: 'no', edited: 'no', isClear: true }

export function propose({ of, by, steps }: Variant, approvals: 1 | 2): Move[] {
  return [
    { kind: 'switch', on: true },
    { kind: 'propose', of, by, approvals, steps },
  ]
}
export function offer({ of }: Variant, to: Who = 'requester', more: { isGroup?: boolean; again?: boolean } = {}): Act {
  return { kind: 'offer', of, to, isGroup: false, again: true, ...more }
}
export function confirm({ of, typed }: Variant, more: Partial<Extract<Act, { kind: 'confirm' }>> = {}): Act {
  return { kind: 'confirm', of, card: 'last', forge: 'none', typed, wrongEvent: false, ...more }
}
export function offered(variant: Variant, approvals: 1 | 2): Move[] {
  return [...propose(variant, approvals), offer(variant)]
}
export function awaitingSecond(variant: Variant): Move[] {
  return [...offered(variant, 2), confirm(variant)]
}
export function confirmed(variant: Variant, approvals: 1 | 2): Move[] {
  return approvals === 1
    ? [...offered(variant, 1), confirm(variant)]
    : [...awaitingSecond(variant), offer(variant, 'second'), confirm(variant)]
}
export function indeterminate(variant: Variant): Move[] {
  return [...confirmed(variant, 1), { kind: 'execute', of: variant.of, course: { ...plainCourse, isClear: false } }]
}
