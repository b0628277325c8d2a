import type { Action } from '@countersign/core/actions/action.ts'
import { actions, findAction } from '@countersign/core/actions/catalogue.ts'
import type { Store } from './database.ts'
import { inside, readTx, type ReadTx, type WriteTx } from './transaction.ts'

/** What an owner decided about one action; no row means that the default of the catalogue holds. */
export interface ActionSwitch {
  readonly actionId: string
  readonly enabled: boolean
  /** Object id and name of the owner. */
  readonly by: string
  readonly byName: string
  /** ISO time, UTC. */
  readonly at: string
}

export async function actionSwitches(tx: ReadTx): Promise<readonly ActionSwitch[]> {
  const rows = await tx[inside].db.selectFrom('action_switch').selectAll().orderBy('action_id').execute()
  return rows.map((row) => ({ actionId: row.action_id, enabled: row.enabled, by: row.by, byName: row.by_name, at: row.at }))
}

export async function putSwitch(tx: WriteTx, { actionId, ...decided }: ActionSwitch): Promise<void> {
  const row = { enabled: decided.enabled, by: decided.by, by_name: decided.byName, at: decided.at }
  await tx[inside].db
    .insertInto('action_switch')
    .values({ action_id: actionId, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'action_id']).doUpdateSet(row))
    .execute()
}

/** The actions that the tenant of this transaction has switched on. */
export async function enabledActions(tx: ReadTx): Promise<readonly Action[]> {
  const decided = new Map((await actionSwitches(tx)).map(({ actionId, enabled }) => [actionId, enabled]))
  return actions.filter(({ id, starts }) => decided.get(id) ?? starts === 'on')
}

/** Whether one action is switched on; an action that is not in the catalogue never is. */
export async function isEnabled(tx: ReadTx, actionId: string): Promise<boolean> {
  const action = findAction(actionId)
  if (!action) return false
  const row = await tx[inside].db.selectFrom('action_switch').select('enabled').where('action_id', '=', actionId).executeTakeFirst()
  return row?.enabled ?? action.starts === 'on'
}

/** The same outside of a transaction: what the Aid of a tenant needs rights for. */
export async function enabledActionsOf(store: Store, tenantId: string): Promise<readonly Action[]> {
  return readTx(store, { tenantId, objectId: 'switches' }, enabledActions)
}
