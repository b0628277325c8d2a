import type { z } from 'zod'
import type { Profile } from '../profile.ts'

export type Plane = 'read' | 'act' | 'trust'
export const standings = ['proven', 'partly', 'stale', 'unknown', 'failing', 'stated'] as const
export type Standing = (typeof standings)[number]

/** One sentence of the Trust Center. */
export interface Claim<Id extends string = string> {
  readonly id: Id
  /** Requirement ids that the sentence keeps, for example I-10. */
  readonly requirements: readonly string[]
  readonly topic: 'access' | 'data' | 'isolation' | 'ai' | 'exit'
  /** ICU message. */
  readonly text: string
  readonly kind: 'guarantee' | 'cannot' | 'fact' | 'assertion'
  readonly plane: Plane
  readonly shownWhen: (profile: Profile) => boolean
  readonly owner: string
  /** ISO date by which a person reads the text again. */
  readonly reviewBy: string
  readonly proof: 'live' | 'test' | 'document' | 'statement'
  readonly probe: string | null
  /** Test ids, for `test`. */
  readonly tests: readonly string[]
  readonly controls: Readonly<Record<string, readonly string[]>>
}

export function defineClaim<const Id extends string>(claim: Claim<Id>): Claim<Id> {
  return claim
}

export interface Judgement {
  readonly standing: 'proven' | 'partly' | 'failing' | 'unknown'
  /** ICU message with values, as for verdicts. */
  readonly reason: string
  readonly values: Readonly<Record<string, string | number>>
}

/** The pure half of a probe: what an observation looks like and what it proves. A reader can run it again offline. */
export interface Probe<Id extends string = string, Observation = never> {
  readonly id: Id
  readonly title: string
  /** How it is measured, for the reader. */
  readonly method: string
  /** Hours after which the evidence is old. */
  readonly maxAgeHours: number
  readonly observation: z.ZodType<Observation>
  readonly reasons: Readonly<Record<string, string>>
  readonly stands: (observation: Observation, profile: Profile, now: number) => Judgement
}

/** Erased form, for lists. */
export interface AnyProbe extends Omit<Probe, 'observation' | 'stands'> {
  readonly observation: z.ZodType
  readonly stands: (observation: never, profile: Profile, now: number) => Judgement
}

export function defineProbe<const Id extends string, Observation>(probe: Probe<Id, Observation>): Probe<Id, Observation> {
  return probe
}

export interface Evidence {
  readonly id: string
  readonly probeId: string
  readonly observedAt: string
  readonly environment: 'emulator' | 'tenant'
  /** Canonical JSON of the observation, as observed. */
  readonly observation: unknown
  readonly digest: string
}
