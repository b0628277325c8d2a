import type { z } from 'zod'
import type { readTokenScopes } from '@countersign/core/trust/probes/read-token-scopes.ts'
import { newestTokenScopes } from '../store/token-scopes.ts'
import type { ReadTx } from '../store/transaction.ts'

/** Observes the last token of the read plane: names of permissions, never the token. */
export async function observeReadTokenScopes(tx: ReadTx): Promise<z.output<(typeof readTokenScopes)['observation']>> {
  const [newest] = await newestTokenScopes(tx, 'read')
  return { token: newest ? { obtainedAt: newest.issuedAt, scopes: [...newest.scopes], hasApplicationPermissions: newest.hasRoles } : null }
}
