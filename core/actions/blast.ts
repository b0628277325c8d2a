import type { Values } from '../posture/check.ts'

/** What a change would do beyond its object, as the last scan shows it. Stored with the proposal and shown on its card. */
export interface BlastLine {
  /** A name of `blastSentences`. */
  readonly reason: string
  readonly values: Values
  /** User principal name or application name that the requester must write out, because this would lock it out; null otherwise. */
  readonly locksOut: string | null
}

/** ICU messages by reason. */
export const blastSentences: Readonly<Record<string, string>> = {}
