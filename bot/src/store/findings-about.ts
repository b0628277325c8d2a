import { toFinding, type StoredFinding } from './findings.ts'
import { inside, type ReadTx } from './transaction.ts'

export type { StoredFinding } from './findings.ts'

/** Findings about any of these objects that are not closed. */
export async function findingsAbout(tx: ReadTx, objectIds: readonly string[]): Promise<StoredFinding[]> {
  if (objectIds.length === 0) return []
  const rows = await tx[inside].db
    .selectFrom('finding')
    .selectAll()
    .where('object_id', 'in', objectIds)
    .where('state', 'in', ['open', 'returned', 'suppressed'])
    .orderBy('key')
    .execute()
  return rows.map(toFinding)
}
