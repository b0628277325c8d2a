import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import {
  genesisHash,
  recordHash,
  type JournalRecord,
  type ReceiptFile,
  type RecordKind,
  type SealedRecord,
} from '@countersign/core/actions/journal.ts'
import { hashTerms } from '@countersign/core/actions/proposal.ts'
import { requestHash, type UnmintedWarrant, type Warrant } from '@countersign/core/actions/warrant.ts'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import { lockProposal, proposalById } from './proposals.ts'
import type { Tables } from './tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface NewRecord {
  readonly kind: RecordKind
  /** Proposal id, or the Aid's object id. */
  readonly subjectId: string
  readonly body: Json
  /** ISO time, UTC. */
  readonly at: string
}

/** Appends one record to the tenant's chain. Appends of one tenant wait for each other until the commit, so change rows first and append last. */
export async function append(tx: WriteTx, { kind, subjectId, body, at }: NewRecord): Promise<JournalRecord> {
  const { db } = tx[inside]
  await sql`select pg_advisory_xact_lock(hashtextextended('journal:' || ${tx.tenantId}, 0))`.execute(db)
  const last = await db.selectFrom('journal').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  const unhashed = { seq: (last?.seq ?? 0) + 1, at, kind, subjectId, body, prevHash: last?.hash ?? genesisHash }
  const record: JournalRecord = { ...unhashed, hash: recordHash(unhashed) }
  await db
    .insertInto('journal')
    .values({ seq: record.seq, at, kind, subject_id: subjectId, body: canonicalJson(body), prev_hash: record.prevHash, hash: record.hash })
    .execute()
  return record
}

export interface StepToOpen {
  readonly proposalId: string
  readonly stepIndex: number
  /** ISO time, UTC: when the request is about to be sent. */
  readonly at: string
  /** Version of the product, for the User-Agent. */
  readonly version: string
}

/**
 * The right to send one step, at most once ever: planned → sending and the `sending` record are one transaction, and
 * the caller sends only after it has committed. Undefined when the step is not planned. Throws when the proposal is
 * not executing or its terms do not hash to what was confirmed.
 */
export async function openStep(tx: WriteTx, { proposalId, stepIndex, at, version }: StepToOpen): Promise<Warrant | undefined> {
  const proposal = await lockProposal(tx, proposalId)
  if (!proposal) throw new Error(`There is no proposal ${proposalId} in this tenant.`)
  if (proposal.state !== 'executing')
    throw new Error(`Proposal ${proposalId} is ${proposal.state}: a step can be opened only while it is executing.`)
  if (hashTerms(proposal) !== proposal.hash)
    throw new Error(`The stored terms of proposal ${proposalId} do not match its hash: nothing is sent.`)
  const step = proposal.steps[stepIndex]
  if (!step) throw new Error(`Proposal ${proposalId} has no step ${stepIndex}.`)

  const clientRequestId = randomUUID()
  const swapped = await tx[inside].db
    .updateTable('proposal_step')
    .set({ state: 'sending', client_request_id: clientRequestId, sent_at: at })
    .where('proposal_id', '=', proposalId)
    .where('step_index', '=', stepIndex)
    .where('state', '=', 'planned')
    .executeTakeFirst()
  if (swapped.numUpdatedRows !== 1n) return undefined

  const { write } = step
  const warrant: UnmintedWarrant = {
    tenantId: tx.tenantId,
    proposalId,
    proposalHash: proposal.hash,
    stepIndex,
    request: write,
    requestHash: requestHash(write),
    clientRequestId,
    userAgent: `Countersign/${version} (proposal ${proposalId}; by ${proposal.requestedBy}; at ${at})`,
  }
  const request = { method: write.method, path: write.path, body: write.body }
  await append(tx, {
    kind: 'sending',
    subjectId: proposalId,
    at,
    body: {
      stepIndex,
      proposalHash: proposal.hash,
      request,
      requestHash: warrant.requestHash,
      clientRequestId,
      userAgent: warrant.userAgent,
      receiptNumber: proposal.receiptNumber,
    },
  })
  // The one place where a Warrant comes into being: its brand has no value, so that nothing else can build one.
  return warrant as Warrant
}

/** Records of one subject, oldest first. */
export async function recordsFor(tx: ReadTx, subjectId: string): Promise<JournalRecord[]> {
  return (await tx[inside].db.selectFrom('journal').selectAll().where('subject_id', '=', subjectId).orderBy('seq').execute()).map(toRecord)
}

/** The tenant's whole chain from a number on, oldest first. */
export async function chain(tx: ReadTx, fromSeq = 1): Promise<JournalRecord[]> {
  return (await tx[inside].db.selectFrom('journal').selectAll().where('seq', '>=', fromSeq).orderBy('seq').execute()).map(toRecord)
}

export interface HeadTerms {
  readonly tenantId: string
  readonly proposalId: string
  readonly receiptNumber: number | null
  readonly seq: number
  readonly hash: string
  readonly signedAt: string
}

/** The deployment's Ed25519 signature over the canonical JSON of the terms. */
export function signHead(tx: ReadTx, { tenantId, proposalId, receiptNumber, seq, hash, signedAt }: HeadTerms): ReceiptFile['head'] {
  const { signing } = tx[inside]
  const signature = signing.sign(canonicalJson({ tenantId, proposalId, receiptNumber, seq, hash, signedAt }))
  return { seq, hash, signedAt, signature, publicKey: signing.publicKey }
}

/**
 * The signed extract of the journal for one proposal: every record from its first to the head at signing, those of
 * other subjects sealed to their links. Undefined when the journal knows nothing of it.
 */
export async function signReceipt(tx: ReadTx, proposalId: string, at: string): Promise<ReceiptFile | undefined> {
  const first = await tx[inside].db
    .selectFrom('journal')
    .select('seq')
    .where('subject_id', '=', proposalId)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  if (!first) return undefined
  const records = (await chain(tx, first.seq)).map((record) => (record.subjectId === proposalId ? record : sealed(record)))
  const head = records.at(-1)
  if (!head) return undefined
  const receiptNumber = (await proposalById(tx, proposalId))?.receiptNumber ?? null
  const { tenantId } = tx
  return {
    format: 'countersign-receipt/1',
    tenantId,
    proposalId,
    receiptNumber,
    records,
    head: signHead(tx, { tenantId, proposalId, receiptNumber, seq: head.seq, hash: head.hash, signedAt: at }),
  }
}

export function sealed({ seq, prevHash, hash }: JournalRecord): SealedRecord {
  return { seq, prevHash, hash }
}

export function toRecord(row: Selectable<Tables['journal']>): JournalRecord {
  return { seq: row.seq, at: row.at, kind: row.kind, subjectId: row.subject_id, body: row.body, prevHash: row.prev_hash, hash: row.hash }
}
