import { randomUUID } from 'node:crypto'
import { digest, type Json } from '@countersign/core/digest.ts'
import type { Evidence } from '@countersign/core/trust/claim.ts'
import type { Selectable } from 'kysely'
import type { Tables } from './tables.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** Keeps one observation of a probe; its digest is over the canonical JSON. */
export async function addEvidence(
  tx: WriteTx,
  seen: {
    readonly probeId: string
    readonly observedAt: string
    readonly environment: Evidence['environment']
    readonly observation: Json
  },
): Promise<Evidence> {
  const row = await tx[inside].db
    .insertInto('evidence')
    .values({
      id: randomUUID(),
      probe_id: seen.probeId,
      observed_at: seen.observedAt,
      environment: seen.environment,
      observation: JSON.stringify(seen.observation),
      digest: digest(seen.observation),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toEvidence(row)
}

/** The newest observation of every probe. */
export async function newestEvidence(tx: ReadTx): Promise<Evidence[]> {
  const rows = await tx[inside].db
    .selectFrom('evidence')
    .distinctOn('probe_id')
    .selectAll()
    .orderBy('probe_id')
    .orderBy('observed_at', 'desc')
    .execute()
  return rows.map(toEvidence)
}

/** Observations of one probe, newest first. */
export async function evidenceOf(tx: ReadTx, probeId: string, limit: number): Promise<Evidence[]> {
  const rows = await tx[inside].db
    .selectFrom('evidence')
    .selectAll()
    .where('probe_id', '=', probeId)
    .orderBy('observed_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toEvidence)
}

function toEvidence(row: Selectable<Tables['evidence']>): Evidence {
  return {
    id: row.id,
    probeId: row.probe_id,
    observedAt: row.observed_at,
    environment: row.environment,
    observation: row.observation,
    digest: row.digest,
  }
}
