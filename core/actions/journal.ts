import { z } from 'zod'
import { digest, type Json } from '../digest.ts'

/** Kinds of journal records, in the order in which a proposal meets them. */
export const recordKinds = [
  'proposed',
  'offered',
  'confirmedFirst',
  'confirmed',
  'rejected',
  'expired',
  'superseded',
  'stale',
  'sending',
  'answered',
  'readBack',
  'ended',
  'settled',
  'echo',
  'actionSwitched',
  'aidConnected',
  'aidDisconnected',
] as const
export type RecordKind = (typeof recordKinds)[number]

/** One record of the append-only chain of a tenant. */
export const journalRecordSchema = z.strictObject({
  seq: z.number().int().positive(),
  at: z.string(),
  kind: z.enum(recordKinds),
  /** Proposal id, or the Aid's object id. */
  subjectId: z.string(),
  /** Any JSON, taken as it is: a copy might not hash to the same. */
  body: z.custom<Json>((value) => value !== undefined),
  prevHash: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type JournalRecord = z.infer<typeof journalRecordSchema>

/** A record of another subject inside a receipt: only its links, so that the chain is whole and nothing is disclosed. */
export const sealedRecordSchema = z.strictObject({ seq: z.number().int().positive(), prevHash: z.string(), hash: z.string() })
export type SealedRecord = z.infer<typeof sealedRecordSchema>

export const genesisHash = '0'.repeat(64)

export function recordHash(record: Omit<JournalRecord, 'hash'>): string {
  return digest({
    seq: record.seq,
    at: record.at,
    kind: record.kind,
    subjectId: record.subjectId,
    body: record.body,
    prevHash: record.prevHash,
  })
}

/** The signed extract of the journal for one subject; also the file that `countersign verify` reads. */
export const receiptFileSchema = z.object({
  format: z.literal('countersign-receipt/1'),
  tenantId: z.string(),
  proposalId: z.string(),
  receiptNumber: z.number().int().nullable(),
  records: z.array(z.union([journalRecordSchema, sealedRecordSchema])).min(1),
  head: z.object({
    seq: z.number().int(),
    hash: z.string(),
    signedAt: z.string(),
    /** Ed25519 over the canonical JSON of { tenantId, proposalId, receiptNumber, seq, hash, signedAt }, base64url. */
    signature: z.string(),
    /** SPKI PEM of the deployment's signing key. */
    publicKey: z.string(),
  }),
})
export type ReceiptFile = z.infer<typeof receiptFileSchema>

export type ChainProblem = { readonly seq: number; readonly problem: 'changed' | 'link' | 'order' | 'head' | 'start' }

/** Looks at the records of a chain one by one: `next` answers the problem of a record, `end` that of the whole. */
export interface ChainChecker {
  next(record: JournalRecord | SealedRecord): ChainProblem | undefined
  end(head: { readonly seq: number; readonly hash: string }): ChainProblem | undefined
}

/** `from`: the number of the first record, where the caller knows it; without it a missing beginning does not show. */
export function checkChain(from?: number): ChainChecker {
  let previous: JournalRecord | SealedRecord | undefined
  function problemOf(record: JournalRecord | SealedRecord): ChainProblem | undefined {
    if (!previous && from !== undefined && record.seq !== from) return { seq: from, problem: 'start' }
    if (previous && record.seq !== previous.seq + 1) return { seq: record.seq, problem: 'order' }
    if (previous && record.prevHash !== previous.hash) return { seq: record.seq, problem: 'link' }
    if (!previous && record.seq === 1 && record.prevHash !== genesisHash) return { seq: record.seq, problem: 'start' }
    if ('kind' in record && recordHash(record) !== record.hash) return { seq: record.seq, problem: 'changed' }
    return undefined
  }
  return {
    next(record) {
      const problem = problemOf(record)
      previous = record
      return problem
    },
    end: (head) => (previous?.seq === head.seq && previous.hash === head.hash ? undefined : { seq: head.seq, problem: 'head' }),
  }
}

/**
 * The first broken record of a chain, or undefined. The signature is checked by the caller: core has no keys, and a tail
 * that was forged together with its head hashes as well as a true one. A receipt begins where its subject does; of a
 * whole chain the caller says that it begins at record 1, without which a missing beginning does not show.
 */
export function firstBrokenRecord(
  records: readonly (JournalRecord | SealedRecord)[],
  head: { readonly seq: number; readonly hash: string },
  from?: number,
): ChainProblem | undefined {
  const checker = checkChain(from)
  for (const record of records) {
    const problem = checker.next(record)
    if (problem) return problem
  }
  return checker.end(head)
}
