import { madeWhole } from '@countersign/core/text/whole-text.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface StoredTenant {
  readonly tenantId: string
  readonly displayName: string
  /** Default verified domain; '' until the organization has been read. */
  readonly domain: string
  readonly createdAt: string
}

/** Makes the transaction's tenant known, or renames it when it is known by other names. An empty name keeps the stored one. */
export async function ensureTenant(
  tx: WriteTx,
  tenant: { readonly displayName: string; readonly domain: string; readonly at: string },
): Promise<void> {
  const known = await tenantOf(tx)
  const displayName = madeWhole(tenant.displayName) || known?.displayName || ''
  const domain = madeWhole(tenant.domain) || known?.domain || ''
  if (known && known.displayName === displayName && known.domain === domain) return
  await tx[inside].db
    .insertInto('tenant')
    .values({ display_name: displayName, domain, created_at: tenant.at })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ display_name: displayName, domain }))
    .execute()
}

export async function tenantOf(tx: ReadTx): Promise<StoredTenant | undefined> {
  const row = await tx[inside].db.selectFrom('tenant').selectAll().executeTakeFirst()
  return row && { tenantId: row.tenant_id, displayName: row.display_name, domain: row.domain, createdAt: row.created_at }
}

/** Deletes the tenant of the transaction with everything that belongs to it, its data key included: what the vault held cannot be read again from this database. */
export async function purgeTenant(tx: WriteTx): Promise<void> {
  await tx[inside].db.deleteFrom('tenant').execute()
}
