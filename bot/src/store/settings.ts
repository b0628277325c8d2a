import { defaultSettings, settingsSchema, type Settings } from '@countersign/core/posture/settings.ts'
import { inside, type ReadTx, type WriteTx } from './transaction.ts'

export interface TenantSettings {
  readonly settings: Settings
  /** Id of the baseline whose parameters the judge uses. */
  readonly baselineId: string
}

/** The tenant's declared exceptions and baseline; the defaults where nobody has declared any. */
export async function readSettings(tx: ReadTx): Promise<TenantSettings> {
  const row = await tx[inside].db.selectFrom('setting').selectAll().executeTakeFirst()
  if (!row) return { settings: defaultSettings, baselineId: 'default' }
  return { settings: settingsSchema.parse(row.settings), baselineId: row.baseline_id }
}

export async function writeSettings(tx: WriteTx, { settings, baselineId }: TenantSettings, at: string): Promise<void> {
  const row = { settings: JSON.stringify(settings), baseline_id: baselineId, updated_by: tx.personId, updated_at: at }
  await tx[inside].db
    .insertInto('setting')
    .values(row)
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
    .execute()
}
