import type { Reading, UnreadReason } from './fact.ts'
import type { ReadFactId } from './facts.ts'

/** How a fact was read. `rows` are stored or foreign rows that the judge parses; streamed facts hand theirs to `accept`. */
export type FactReading =
  Extract<Reading<unknown>, { state: 'unread' }> | { readonly state: 'read'; readonly asOf: string; readonly rows?: readonly unknown[] }

/** A fact without a reading was not read yet. */
export type Readings = { readonly [Id in ReadFactId]?: FactReading } & { readonly [id: string]: FactReading | undefined }

export function unread(reason: UnreadReason, detail: string): Extract<FactReading, { state: 'unread' }> {
  return { state: 'unread', reason, detail }
}
