import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { randomKey, seal, sealAlgorithm, unseal } from './seal.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

interface DataKey {
  readonly id: string
  readonly bytes: Buffer
}

/** Waits for, and then holds until the commit, the right to change the secret of this purpose. It is an advisory lock, because a secret that does not exist yet has no row to lock. */
export async function lockPartition(tx: WriteTx, purpose: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`vault:${bound(tx, purpose)}`}, 0))`.execute(tx[inside].db)
}

/** Stores a secret of the tenant, in place of an earlier one of the same purpose. */
export async function putSecret(tx: WriteTx, purpose: string, secret: string): Promise<void> {
  const key = (await dataKey(tx)) ?? (await makeDataKey(tx))
  const row = { algorithm: sealAlgorithm, key_id: key.id, sealed: seal(key.bytes, Buffer.from(secret, 'utf8'), bound(tx, purpose)) }
  await tx[inside].db
    .insertInto('vault_secret')
    .values({ purpose, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'purpose']).doUpdateSet({ ...row, updated_at: sql`now()` }))
    .execute()
}

/** The secret, or undefined. Throws when the stored bytes were sealed for another tenant or purpose or have been changed. */
export async function getSecret(tx: ReadTx, purpose: string): Promise<string | undefined> {
  const row = await tx[inside].db.selectFrom('vault_secret').select(['sealed', 'key_id']).where('purpose', '=', purpose).executeTakeFirst()
  if (!row) return undefined
  const key = await dataKey(tx)
  if (key?.id !== row.key_id) throw new Error(`The data key of the secret "${purpose}" is gone: it cannot be read any more.`)
  try {
    return unseal(key.bytes, row.sealed, bound(tx, purpose)).toString('utf8')
  } catch (cause) {
    throw new Error(`The secret "${purpose}" cannot be decrypted: it was changed, or sealed for another tenant or purpose.`, { cause })
  }
}

/** Deletes the secret of this purpose, or with `under: true` every secret whose purpose starts with it. Returns how many there were. */
export async function deleteSecrets(tx: WriteTx, purpose: string, { under = false } = {}): Promise<number> {
  const query = tx[inside].db.deleteFrom('vault_secret')
  const answer = await (
    under ? query.where(sql<boolean>`starts_with(purpose, ${purpose})`) : query.where('purpose', '=', purpose)
  ).executeTakeFirst()
  return Number(answer.numDeletedRows)
}

/** Names of what the vault holds for the tenant, and how; never the secrets. */
export async function secretInventory(
  tx: ReadTx,
): Promise<{ readonly purpose: string; readonly algorithm: string; readonly keyId: string; readonly updatedAt: string }[]> {
  const rows = await tx[inside].db
    .selectFrom('vault_secret')
    .select(['purpose', 'algorithm', 'key_id', 'updated_at'])
    .orderBy('purpose')
    .execute()
  return rows.map((row) => ({ purpose: row.purpose, algorithm: row.algorithm, keyId: row.key_id, updatedAt: row.updated_at }))
}

function bound(tx: ReadTx, purpose: string): string {
  return `${tx.tenantId}\n${purpose}`
}

function wrapBound(tx: ReadTx, keyId: string): string {
  return `${tx.tenantId}\ndata key\n${keyId}`
}

async function dataKey(tx: ReadTx): Promise<DataKey | undefined> {
  const { db, deploymentKey } = tx[inside]
  const row = await db.selectFrom('tenant_key').selectAll().executeTakeFirst()
  if (!row) return undefined
  if (row.wrapped_by !== deploymentKey.id) {
    throw new Error(
      `The tenant's data key was wrapped by deployment key ${row.wrapped_by}; this process has ${deploymentKey.id}. Start it with the DEPLOYMENT_KEY that made this store.`,
    )
  }
  return { id: row.key_id, bytes: unseal(deploymentKey.bytes, row.wrapped_key, wrapBound(tx, row.key_id)) }
}

async function makeDataKey(tx: WriteTx): Promise<DataKey> {
  const { db, deploymentKey } = tx[inside]
  const id = randomUUID()
  await db
    .insertInto('tenant_key')
    .values({ key_id: id, wrapped_by: deploymentKey.id, wrapped_key: seal(deploymentKey.bytes, randomKey(), wrapBound(tx, id)) })
    .onConflict((conflict) => conflict.column('tenant_id').doNothing())
    .execute()
  const made = await dataKey(tx)
  if (!made) throw new Error('The data key of the tenant could not be stored.')
  return made
}
