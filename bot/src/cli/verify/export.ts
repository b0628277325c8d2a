import { canonicalJson, sha256Hex, type Json } from '@countersign/core/digest.ts'
import { exportedAction, tellsOfProposal } from '@countersign/core/actions/export-action.ts'
import { custodyProblem, type CustodyProblem } from '@countersign/core/actions/export-rules.ts'
import {
  exportHeaderSchema,
  exportLineSchema,
  signedHeader,
  type ExportedAction,
  type ExportHeader,
} from '@countersign/core/actions/export.ts'
import { checkChain, type ChainProblem, type JournalRecord } from '@countersign/core/actions/journal.ts'
import { jsonAsWritten, linesOf } from './lines.ts'
import { safely } from './receipt.ts'
import { broken, chainSentence, type Checked, type CheckOptions } from './result.ts'
import { signatureProblem } from './signature.ts'

/** Checks an export. It is read twice and never held: once for the chain, once for what each proposal's records say together. */
export async function checkExport(file: string, firstLine: unknown, options: CheckOptions): Promise<Checked> {
  const parsed = exportHeaderSchema.safeParse(firstLine)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { kind: 'broken', sentence: `Line 1: ${issue?.path.join('.') || 'the line'}: ${issue?.message ?? ''}.` }
  }
  const header = parsed.data
  const chain = await followChain(file, header, options.watch)
  if ('kind' in chain) return chain
  const { head, range, tenantId } = header
  const signature = signatureProblem(signedHeader(header), head.signature, head.publicKey, options.pinned)
  if (signature !== undefined) return broken(head.seq, signature)
  const meaning = await followCustody(file, header, chain.lastOf)
  if (meaning !== undefined) return { kind: 'broken', sentence: meaning }
  const count = range.to - range.from + 1
  return {
    kind: 'holds',
    sentence: `records ${range.from} to ${range.to} (${count}), ${chain.lastOf.size} proposals, signed ${head.signedAt} over record ${head.seq}`,
    head: { tenantId, seq: head.seq, hash: head.hash, publicKey: head.publicKey },
    first: Math.max(1, range.from - 1),
    hashAt: chain.hashAt,
  }
}

interface Chain {
  /** Number of the last record of each proposal. */
  readonly lastOf: ReadonlyMap<string, number>
  readonly hashAt: string | undefined
}

async function followChain(file: string, { range, head }: ExportHeader, watch: number | undefined): Promise<Chain | Checked> {
  const checker = checkChain(Math.max(1, range.from - 1))
  const lastOf = new Map<string, number>()
  let hashAt: string | undefined
  let actionsBegan = false
  let previous = 0
  let number = 0
  for await (const text of linesOf(file)) {
    number += 1
    if (number === 1) continue
    const json = jsonAsWritten(text)
    const line = exportLineSchema.safeParse(json?.value)
    if (!line.success) {
      const where = actionsBegan ? `Line ${number}` : `Record ${seqIn(text) ?? previous + 1} (line ${number})`
      return { kind: 'broken', sentence: `${where}: it is not a line as the service writes it.` }
    }
    if ('action' in line.data) {
      actionsBegan = true
      continue
    }
    const isSealed = 'sealed' in line.data
    const record = 'sealed' in line.data ? line.data.sealed : line.data.record
    if (actionsBegan) return broken(record.seq, 'it stands behind the readable part: it was put in or moved')
    const problem = safely(() => checker.next(record), record.seq)
    if (problem) return { kind: 'broken', sentence: chainSentence(problem, await seqsOf(file)) }
    if (isSealed === (record.seq >= range.from && record.seq <= range.to))
      return broken(record.seq, isSealed ? 'its content was removed, though it belongs to the range' : 'it does not belong to the range')
    if ('record' in line.data && tellsOfProposal(line.data.record)) lastOf.set(line.data.record.subjectId, record.seq)
    if (record.seq === watch) hashAt = record.hash
    previous = record.seq
  }
  const end: ChainProblem | undefined = checker.end(head)
  return end ? { kind: 'broken', sentence: chainSentence(end, []) } : { lastOf, hashAt }
}

/** What the records of each proposal say together, and whether the readable part says the same. */
async function followCustody(
  file: string,
  { tenantId, range }: ExportHeader,
  lastOf: ReadonlyMap<string, number>,
): Promise<string | undefined> {
  const open = new Map<string, JournalRecord[]>()
  const readable = new Map<string, string>()
  const order: string[] = []
  let first: CustodyProblem | undefined
  let shown = 0
  for await (const text of linesOf(file)) {
    const line = exportLineSchema.safeParse(jsonAsWritten(text)?.value)
    if (!line.success) continue
    if ('record' in line.data && tellsOfProposal(line.data.record)) {
      const { record } = line.data
      const { subjectId, seq } = record
      const records = open.get(subjectId) ?? []
      if (records.length === 0) order.push(subjectId)
      records.push(record)
      if (seq !== lastOf.get(subjectId)) {
        open.set(subjectId, records)
        continue
      }
      open.delete(subjectId)
      const problem = beganBefore(records, range.from) ? undefined : custodyProblem(tenantId, records)
      if (problem && (!first || problem.seq < first.seq)) first = problem
      readable.set(subjectId, digestOf(exportedAction(records)))
    }
    if ('action' in line.data) {
      if (first) break
      const { proposalId, records } = line.data.action
      if (proposalId !== order[shown] || readable.get(proposalId) !== digestOf(line.data.action))
        return `Records ${records.from} to ${records.to}: the readable part says something else of proposal ${order[shown] ?? proposalId} than its records.`
      shown += 1
    }
  }
  if (first) return `Record ${first.seq}: ${first.because}.`
  return shown === order.length ? undefined : `The readable part does not tell of proposal ${order[shown] ?? ''}: it was removed.`
}

/** A range can begin in the middle of a proposal, the whole journal cannot. */
function beganBefore(records: readonly JournalRecord[], from: number): boolean {
  return from > 1 && records[0]?.kind !== 'proposed'
}

/** Of a hundred thousand actions the digests are kept, not the words. */
function digestOf(action: ExportedAction): string {
  return sha256Hex(canonicalJson(action as unknown as Json))
}

async function seqsOf(file: string): Promise<readonly number[]> {
  const seqs: number[] = []
  for await (const text of linesOf(file)) {
    const seq = text.startsWith('{"record"') || text.startsWith('{"sealed"') ? seqIn(text) : undefined
    if (seq !== undefined) seqs.push(seq)
  }
  return seqs
}

function seqIn(text: string): number | undefined {
  const found = /"seq":(\d{1,15})/.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}
