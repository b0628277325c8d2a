import { z } from 'zod'
import { custodyProblem } from '@countersign/core/actions/export-rules.ts'
import {
  checkChain,
  journalRecordSchema,
  receiptFileSchema,
  sealedRecordSchema,
  type JournalRecord,
  type ReceiptFile,
  type SealedRecord,
} from '@countersign/core/actions/journal.ts'
import { canonicalJson } from '@countersign/core/digest.ts'
import { broken, chainSentence, type Checked, type CheckOptions } from './result.ts'
import { signatureProblem } from './signature.ts'

const recordSchema = z.union([journalRecordSchema, sealedRecordSchema])
/** Records are looked at one by one, so that a broken one can be named. */
const envelopeSchema = receiptFileSchema.extend({ records: z.array(z.unknown()).min(1) })

export function checkReceipt(json: unknown, { pinned, watch }: CheckOptions): Checked {
  const envelope = envelopeSchema.safeParse(json)
  if (!envelope.success) {
    const [issue] = envelope.error.issues
    return {
      kind: 'broken',
      sentence: `It does not have the shape of a receipt: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? ''}.`,
    }
  }
  const { head, tenantId, proposalId, receiptNumber } = envelope.data
  const records: (JournalRecord | SealedRecord)[] = []
  for (const raw of envelope.data.records) {
    const record = recordSchema.safeParse(raw)
    if (!record.success) return broken(seqOf(raw) ?? (records.at(-1)?.seq ?? 0) + 1, 'it does not have the shape of a record')
    records.push(record.data)
  }
  const problem = chainOf(records, head) ?? signedOf(envelope.data, pinned) ?? meaningOf(tenantId, proposalId, records)
  if (problem !== undefined) return { kind: 'broken', sentence: problem }
  const number = receiptNumber === null ? 'no number' : `R-${String(receiptNumber).padStart(4, '0')}`
  return {
    kind: 'holds',
    sentence: `${number}, ${records.length} records, signed ${head.signedAt}`,
    head: { tenantId, seq: head.seq, hash: head.hash, publicKey: head.publicKey },
    first: records[0]?.seq ?? 1,
    hashAt: records.find(({ seq }) => seq === watch)?.hash,
  }
}

function chainOf(records: readonly (JournalRecord | SealedRecord)[], head: ReceiptFile['head']): string | undefined {
  const checker = checkChain()
  const say = (problem: ReturnType<typeof checker.next>): string | undefined =>
    problem &&
    chainSentence(
      problem,
      records.map(({ seq }) => seq),
    )
  for (const record of records) {
    const problem = say(safely(() => checker.next(record), record.seq))
    if (problem !== undefined) return problem
  }
  return say(checker.end(head))
}

/** A body nested so deeply that it cannot be hashed was not written by the service. */
export function safely<T>(check: () => T, seq: number): T | { readonly seq: number; readonly problem: 'changed' } {
  try {
    return check()
  } catch {
    return { seq, problem: 'changed' }
  }
}

function signedOf(
  { tenantId, proposalId, receiptNumber, head }: Omit<ReceiptFile, 'records'>,
  pinned: string | undefined,
): string | undefined {
  const { seq, hash, signedAt } = head
  const signed = canonicalJson({ tenantId, proposalId, receiptNumber, seq, hash, signedAt })
  const problem = signatureProblem(signed, head.signature, head.publicKey, pinned)
  return problem === undefined ? undefined : `Record ${seq}: ${problem}.`
}

/** The receipt's own records: nothing else is disclosed in it, and they tell of one thing from its beginning. */
function meaningOf(tenantId: string, proposalId: string, records: readonly (JournalRecord | SealedRecord)[]): string | undefined {
  const open = records.filter((record): record is JournalRecord => 'kind' in record)
  const other = open.find(({ subjectId }) => subjectId !== proposalId)
  if (other) return `Record ${other.seq}: it belongs to another proposal.`
  if (open.length === 0) return 'The receipt holds no proposal.'
  const problem = custodyProblem(tenantId, open)
  return problem && `Record ${problem.seq}: ${problem.because}.`
}

/** What is wrong with a receipt, naming the first broken record; undefined when everything holds. */
export function receiptProblem(receipt: ReceiptFile, pinnedKey: string | undefined): string | undefined {
  const checked = checkReceipt(receipt, { pinned: pinnedKey, watch: undefined })
  return checked.kind === 'holds' ? undefined : checked.sentence
}

function seqOf(raw: unknown): number | undefined {
  const seq: unknown = Object(raw).seq
  return typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : undefined
}
