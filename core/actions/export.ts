import { z } from 'zod'
import { canonicalJson, type Json } from '../digest.ts'
import { journalRecordSchema, sealedRecordSchema } from './journal.ts'

/**
 * The journal for auditors, `countersign-export/1`: a text file with one JSON document a line, so that files of any length
 * can be written and read in little memory. In this order:
 * 1. the header: whose journal, which records, and the deployment's signature over its newest record;
 * 2. `{"sealed": …}` for the record before the range, where there is one; `{"record": …}` for each record of the range;
 *    `{"sealed": …}` for each later one up to the newest, which is the one that was signed;
 * 3. `{"action": …}` for each proposal of the range: what its records say, in readable form. It adds nothing to them, and
 *    `countersign verify` makes it again and compares.
 */
export const exportFormat = 'countersign-export/1'

export const exportHeaderSchema = z.strictObject({
  format: z.literal(exportFormat),
  tenantId: z.string(),
  /** First and last record of the range, both included; the last is one less than the first where nothing falls into it. */
  range: z.strictObject({ from: z.number().int().positive(), to: z.number().int().nonnegative() }),
  head: z.strictObject({
    seq: z.number().int().positive(),
    hash: z.string(),
    signedAt: z.string(),
    /** Ed25519 over `signedHeader`, base64url. */
    signature: z.string(),
    /** SPKI PEM of the deployment's signing key. */
    publicKey: z.string(),
  }),
})
export type ExportHeader = z.infer<typeof exportHeaderSchema>

/** What the head's signature is over. */
export function signedHeader({
  tenantId,
  range,
  head,
}: Pick<ExportHeader, 'tenantId' | 'range'> & { readonly head: Pick<ExportHeader['head'], 'seq' | 'hash' | 'signedAt'> }): string {
  const { seq, hash, signedAt } = head
  return canonicalJson({ format: exportFormat, tenantId, from: range.from, to: range.to, seq, hash, signedAt })
}

/** The end of the journal on one day, signed by itself: a later export whose end was cut off does not reach it. */
export const headFileSchema = z.strictObject({
  format: z.literal('countersign-head/1'),
  tenantId: z.string(),
  seq: z.number().int().positive(),
  hash: z.string(),
  signedAt: z.string(),
  signature: z.string(),
  publicKey: z.string(),
})
export type HeadFile = z.infer<typeof headFileSchema>

/** What the signature of a head by itself is over. */
export function signedHead({ tenantId, seq, hash, signedAt }: Pick<HeadFile, 'tenantId' | 'seq' | 'hash' | 'signedAt'>): string {
  return canonicalJson({ format: 'countersign-head/1', tenantId, seq, hash, signedAt })
}

const personSchema = z.strictObject({ name: z.string(), objectId: z.string() })
const jsonValue = z.custom<Json>((value) => value !== undefined)

/** One action as its records tell it; null where the records of the range do not. */
export const exportedActionSchema = z.strictObject({
  proposalId: z.string(),
  receiptNumber: z.number().int().nullable(),
  /** First and last of its records in the range, and whether the first is its beginning. */
  records: z.strictObject({ from: z.number().int(), to: z.number().int(), fromTheBeginning: z.boolean() }),
  actionId: z.string().nullable(),
  subject: z.strictObject({ type: z.string(), id: z.string(), name: z.string(), qualifier: z.string() }).nullable(),
  askedBy: personSchema.extend({ door: z.string(), at: z.string(), seq: z.number().int() }).nullable(),
  approvalsNeeded: z.number().int().nullable(),
  /** What every card showed. */
  preview: jsonValue.nullable(),
  cards: z.array(
    z.strictObject({ offerId: z.string(), toPerson: z.string(), bytesDigest: z.string(), at: z.string(), seq: z.number().int() }),
  ),
  saidYes: z.array(
    personSchema.extend({
      words: z.string(),
      /** button, code or bareYes: the card's button, or typed with or without its code. */
      how: z.string(),
      offerId: z.string(),
      bytesDigest: z.string(),
      at: z.string(),
      seq: z.number().int(),
    }),
  ),
  sent: z.array(
    z.strictObject({
      stepIndex: z.number().int(),
      at: z.string(),
      seq: z.number().int(),
      method: z.string(),
      path: z.string(),
      body: jsonValue,
      /** SHA-256 of the canonical JSON of method, path and body. */
      requestHash: z.string(),
      clientRequestId: z.string(),
      cameBack: z.strictObject({ at: z.string(), outcome: jsonValue }).nullable(),
      readBack: z.strictObject({ at: z.string(), path: z.string(), met: z.string(), answer: jsonValue }).nullable(),
      auditLog: z
        .strictObject({
          at: z.string(),
          state: z.string(),
          reason: z.string().nullable(),
          rowId: z.string().nullable(),
          /** The fields of the row that prove it. */
          row: jsonValue.nullable(),
        })
        .nullable(),
    }),
  ),
  settledBy: z.array(personSchema.extend({ as: z.string(), because: z.string(), at: z.string(), seq: z.number().int() })),
  ended: z.strictObject({ state: z.string(), reason: z.string().nullable(), at: z.string(), seq: z.number().int() }).nullable(),
})
export type ExportedAction = z.infer<typeof exportedActionSchema>

/** A line after the header. */
export const exportLineSchema = z.union([
  z.strictObject({ record: journalRecordSchema }),
  z.strictObject({ sealed: sealedRecordSchema }),
  z.strictObject({ action: exportedActionSchema }),
])
