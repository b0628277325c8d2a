import { inside, type ReadTx, type WriteTx } from './transaction.ts'

/** What a token that the service obtained could do: names of scopes, never the token. */
export interface TokenScopes {
  readonly plane: 'read' | 'act'
  /** Object id of the person (read) or of the Aid (act) whose token it was. */
  readonly personId: string
  /** The `scp` claim, split. */
  readonly scopes: readonly string[]
  /** Whether the token carried application permissions (`roles`), which none of ours may. */
  readonly hasRoles: boolean
  readonly issuedAt: string
}

export async function noteTokenScopes(tx: WriteTx, token: TokenScopes): Promise<void> {
  await tx[inside].db
    .insertInto('token_scopes')
    .values({
      plane: token.plane,
      person_id: token.personId,
      scopes: JSON.stringify(token.scopes),
      has_roles: token.hasRoles,
      issued_at: token.issuedAt,
    })
    .execute()
}

/** The tokens obtained last, newest first. */
export async function newestTokenScopes(tx: ReadTx, plane: TokenScopes['plane'], limit = 1): Promise<TokenScopes[]> {
  const rows = await tx[inside].db
    .selectFrom('token_scopes')
    .selectAll()
    .where('plane', '=', plane)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    plane: row.plane,
    personId: row.person_id,
    scopes: row.scopes,
    hasRoles: row.has_roles,
    issuedAt: row.issued_at,
  }))
}

export async function deleteTokenScopesBefore(tx: WriteTx, at: string): Promise<void> {
  await tx[inside].db.deleteFrom('token_scopes').where('issued_at', '<', at).execute()
}
