import type { Action } from '@countersign/core/actions/action.ts'
import { getScopes } from '@countersign/core/api/actions.ts'
import { scopeSources, scopeView } from '../../identity/scope-view.ts'
import { aidOf } from '../../store/aid.ts'
import type { Store } from '../../store/database.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer } from '../problem.ts'

export interface ScopeDependencies {
  readonly store: Store
  readonly settings: { readonly read: { readonly appId: string }; readonly act: { readonly appId: string } | null }
  readonly enabledActions: (tenantId: string) => Promise<readonly Action[]>
}

export function scopeRoutes({ store, settings, enabledActions }: ScopeDependencies): Handler[] {
  return [
    serve(getScopes, async ({ signedIn: { principal } }) => {
      const enabled = await enabledActions(principal.tenantId)
      const ids = { read: settings.read.appId, act: settings.act?.appId ?? null }
      const sources = await readTx(store, principal, async (tx) => scopeSources(tx, await aidOf(tx), ids))
      return answer(scopeView(enabled, sources))
    }),
  ]
}
