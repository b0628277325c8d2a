import type { ChainProblem } from '@countersign/core/actions/journal.ts'

/** The signed end of a journal, as a file states it. */
export interface Head {
  readonly tenantId: string
  readonly seq: number
  readonly hash: string
  readonly publicKey: string
}

/** What checking one file showed. */
export type Checked =
  /** `hashAt`: the hash of the record that was asked for, where the file has it; `first`: the first record it has. */
  | { readonly kind: 'holds'; readonly sentence: string; readonly head: Head; readonly first: number; readonly hashAt: string | undefined }
  | { readonly kind: 'broken'; readonly sentence: string }
  | { readonly kind: 'unreadable'; readonly sentence: string }

export interface CheckOptions {
  /** The public key that the reader trusts, PEM. */
  readonly pinned: string | undefined
  /** Number of a record whose hash the caller wants to compare. */
  readonly watch: number | undefined
}

export function broken(seq: number, because: string): Checked {
  return { kind: 'broken', sentence: `Record ${seq}: ${because}.` }
}

/** A problem of the chain in words. `seqs`: the numbers of all records in the file, in their order. */
export function chainSentence({ seq, problem }: ChainProblem, seqs: readonly number[]): string {
  switch (problem) {
    case 'changed':
      return `Record ${seq}: it was changed: its content does not match its seal.`
    case 'link':
      return `Record ${seq}: it does not follow from the record before it: one of the two was changed, put in or taken out.`
    case 'head':
      return `Record ${seq}: it is not the record that was signed: the end was changed or cut off.`
    case 'start':
      return `Record ${seq}: the records do not begin where they should: the beginning was changed or removed.`
    case 'order':
      return orderSentence(seq, seqs)
  }
}

function orderSentence(seq: number, seqs: readonly number[]): string {
  const place = seqs.findIndex((each, index) => index > 0 && each !== (seqs[index - 1] ?? 0) + 1)
  const expected = (seqs[place - 1] ?? 0) + 1
  if (seqs.indexOf(seq) < place) return `Record ${seq}: it stands in the file twice, or another was put in under its number.`
  if (seqs.includes(expected)) return `Record ${seq}: it stands where record ${expected} should: the order was changed.`
  const last = Math.max(...seqs.filter((each) => each < seq), 0)
  const missing = expected >= seq - 1 || last >= seq - 1 ? `record ${expected}` : `records ${expected} to ${seq - 1}`
  return `Record ${seq}: ${missing} before it is missing: it was removed.`
}
