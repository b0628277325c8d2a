import type { Selectable } from 'kysely'
import { signedHead, signedHeader, type ExportHeader, type HeadFile } from '@countersign/core/actions/export.ts'
import type { JournalRecord, SealedRecord } from '@countersign/core/actions/journal.ts'
import { toRecord } from './journal.ts'
import type { Tables } from './tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** A part of the journal: from and to a number, or a moment in ISO, both included. */
export interface JournalRange {
  readonly from?: number | string | undefined
  readonly to?: number | string | undefined
}

/** The numbers of a range and the signature over them and the newest record; undefined while the journal is empty. */
export async function signExport(tx: ReadTx, range: JournalRange, signedAt: string): Promise<ExportHeader | undefined> {
  const { db, signing } = tx[inside]
  const newest = await newestLink(tx)
  if (!newest) return undefined
  const seqAt = async (moment: string, side: 'first' | 'last'): Promise<number | undefined> => {
    const row = await db
      .selectFrom('journal')
      .select('seq')
      .where('at', side === 'first' ? '>=' : '<=', moment)
      .orderBy('seq', side === 'first' ? 'asc' : 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.seq
  }
  const from =
    typeof range.from === 'string' ? ((await seqAt(range.from, 'first')) ?? newest.seq + 1) : Math.min(range.from ?? 1, newest.seq + 1)
  const until = typeof range.to === 'string' ? ((await seqAt(range.to, 'last')) ?? 0) : Math.min(range.to ?? newest.seq, newest.seq)
  const { tenantId } = tx
  const numbers = { from, to: Math.max(until, from - 1) }
  const head = { seq: newest.seq, hash: newest.hash, signedAt }
  const signature = signing.sign(signedHeader({ tenantId, range: numbers, head }))
  return { format: 'countersign-export/1', tenantId, range: numbers, head: { ...head, signature, publicKey: signing.publicKey } }
}

/** Records by their numbers, both included, oldest first. */
export async function recordsBetween(tx: ReadTx, from: number, to: number): Promise<JournalRecord[]> {
  return (
    await tx[inside].db.selectFrom('journal').selectAll().where('seq', '>=', from).where('seq', '<=', to).orderBy('seq').execute()
  ).map(toRecord)
}

/** The same, their links alone. */
export async function linksBetween(tx: ReadTx, from: number, to: number): Promise<SealedRecord[]> {
  const rows = await tx[inside].db
    .selectFrom('journal')
    .select(['seq', 'prev_hash', 'hash'])
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute()
  return rows.map(({ seq, prev_hash, hash }) => ({ seq, prevHash: prev_hash, hash }))
}

/** All records of some subjects within a range, oldest first. */
export async function recordsOfSubjects(tx: ReadTx, subjectIds: readonly string[], from: number, to: number): Promise<JournalRecord[]> {
  if (subjectIds.length === 0) return []
  return (
    await tx[inside].db
      .selectFrom('journal')
      .selectAll()
      .where('subject_id', 'in', [...subjectIds])
      .where('seq', '>=', from)
      .where('seq', '<=', to)
      .orderBy('seq')
      .execute()
  ).map(toRecord)
}

/** Signs the newest record by itself, once a day: whoever keeps it can tell later that the end was cut off. */
export async function signHeadOfDay(tx: WriteTx, at: string): Promise<void> {
  const { db, signing } = tx[inside]
  const newest = await newestLink(tx)
  if (!newest) return
  const signature = signing.sign(signedHead({ tenantId: tx.tenantId, seq: newest.seq, hash: newest.hash, signedAt: at }))
  await db
    .insertInto('signed_head')
    .values({ day: at.slice(0, 10), seq: newest.seq, hash: newest.hash, signed_at: at, signature, public_key: signing.publicKey })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'day']).doNothing())
    .execute()
}

/** Signed ends of the journal, oldest first. */
export async function signedHeads(tx: ReadTx): Promise<HeadFile[]> {
  const rows: Selectable<Tables['signed_head']>[] = await tx[inside].db.selectFrom('signed_head').selectAll().orderBy('day').execute()
  return rows.map(({ seq, hash, signed_at, signature, public_key }) => ({
    format: 'countersign-head/1',
    tenantId: tx.tenantId,
    seq,
    hash,
    signedAt: signed_at,
    signature,
    publicKey: public_key,
  }))
}

async function newestLink(tx: ReadTx): Promise<{ readonly seq: number; readonly hash: string } | undefined> {
  return tx[inside].db.selectFrom('journal').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
}
