import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** The Aid as connected; its tokens are in the vault. No row means that it was never connected. */
export interface StoredAid {
  /** Entra object id. */
  readonly objectId: string
  readonly userPrincipalName: string
  readonly state: 'connected' | 'needsSignIn' | 'disabled' | 'roleMissing'
  /** Reason of a state other than connected. */
  readonly detail: string | null
  /** Template ids of the directory roles it held at the last look. */
  readonly roles: readonly string[]
  /** Scopes of the last token. */
  readonly scopes: readonly string[]
  /** Object id of the admin who connected it. */
  readonly connectedBy: string
  readonly connectedAt: string
  readonly checkedAt: string
}

export async function aidOf(tx: ReadTx): Promise<StoredAid | undefined> {
  const row = await tx[inside].db.selectFrom('aid').selectAll().executeTakeFirst()
  return (
    row && {
      objectId: row.object_id,
      userPrincipalName: row.user_principal_name,
      state: row.state,
      detail: row.detail,
      roles: row.roles,
      scopes: row.scopes,
      connectedBy: row.connected_by,
      connectedAt: row.connected_at,
      checkedAt: row.checked_at,
    }
  )
}

export async function putAid(tx: WriteTx, aid: StoredAid): Promise<void> {
  const row = {
    object_id: aid.objectId,
    user_principal_name: aid.userPrincipalName,
    state: aid.state,
    detail: aid.detail,
    roles: JSON.stringify(aid.roles),
    scopes: JSON.stringify(aid.scopes),
    connected_by: aid.connectedBy,
    connected_at: aid.connectedAt,
    checked_at: aid.checkedAt,
  }
  await tx[inside].db
    .insertInto('aid')
    .values(row)
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
    .execute()
}

/** Notes the outcome of a token exchange or a look at the Aid; false when it is not connected at all. */
export async function setAidState(tx: WriteTx, state: StoredAid['state'], detail: string | null, checkedAt: string): Promise<boolean> {
  const answer = await tx[inside].db.updateTable('aid').set({ state, detail, checked_at: checkedAt }).executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

export async function deleteAid(tx: WriteTx): Promise<void> {
  await tx[inside].db.deleteFrom('aid').execute()
}
