import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** A directory role that an account holds, directly, through a group, or eligibly. */
export interface HeldRole {
  /** Template id of a built-in role. */
  readonly roleDefinitionId: string
  readonly name: string
  readonly isBuiltIn: boolean
  /** Actions that the role allows; they alone speak for a custom role. */
  readonly actions: readonly string[]
  /** '/' for the whole tenant, else the administrative unit or object that it is held for. */
  readonly scopes: readonly string[]
}

/** The Aid as connected; its tokens are in the vault. No row means that it was never connected. */
export interface StoredAid {
  /** Entra object id. */
  readonly objectId: string
  readonly userPrincipalName: string
  readonly state: 'connected' | 'needsSignIn' | 'disabled' | 'roleMissing'
  /** Reason of a state other than connected. */
  readonly detail: string | null
  /** What kind of refusal led to needsSignIn or disabled (bot/src/identity/sign-in-refusals.ts); null in other states. */
  readonly reason: string | null
  /** Names of the Conditional Access policies that are behind it, or probably are; null where none is known. */
  readonly policy: string | null
  /** Template ids of the directory roles it held at the last look. */
  readonly roles: readonly string[]
  /** The same roles with what they allow and what they are held for. */
  readonly heldRoles: readonly HeldRole[]
  /** Client ids of the three registrations when it was last looked at; null in what older versions stored. */
  readonly registrations: { readonly read: string; readonly chat: string; readonly act: string } | null
  /** Scopes of the last token. */
  readonly scopes: readonly string[]
  /** Object id of the admin who connected it. */
  readonly connectedBy: string
  readonly connectedAt: string
  readonly checkedAt: string
}

export type AidHealth = Pick<StoredAid, 'state' | 'detail' | 'reason' | 'policy'>

export async function aidOf(tx: ReadTx): Promise<StoredAid | undefined> {
  const row = await tx[inside].db.selectFrom('aid').selectAll().executeTakeFirst()
  return (
    row && {
      objectId: row.object_id,
      userPrincipalName: row.user_principal_name,
      state: row.state,
      detail: row.detail,
      reason: row.reason,
      policy: row.policy,
      roles: row.roles,
      heldRoles: row.held_roles,
      registrations: row.registrations,
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
    reason: aid.reason,
    policy: aid.policy,
    roles: JSON.stringify(aid.roles),
    held_roles: JSON.stringify(aid.heldRoles),
    registrations: JSON.stringify(aid.registrations),
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
export async function setAidHealth(tx: WriteTx, { state, detail, reason, policy }: AidHealth, checkedAt: string): Promise<boolean> {
  const answer = await tx[inside].db.updateTable('aid').set({ state, detail, reason, policy, checked_at: checkedAt }).executeTakeFirst()
  return answer.numUpdatedRows === 1n
}

/** Notes the directory roles that the Aid was seen to hold, and our registrations of that time. */
export async function setAidRoles(
  tx: WriteTx,
  { heldRoles, registrations }: Pick<StoredAid, 'heldRoles' | 'registrations'>,
): Promise<void> {
  const roles = JSON.stringify(heldRoles.map(({ roleDefinitionId }) => roleDefinitionId).sort())
  await tx[inside].db
    .updateTable('aid')
    .set({ roles, held_roles: JSON.stringify(heldRoles), registrations: JSON.stringify(registrations) })
    .execute()
}

export async function deleteAid(tx: WriteTx): Promise<void> {
  await tx[inside].db.deleteFrom('aid').execute()
}
