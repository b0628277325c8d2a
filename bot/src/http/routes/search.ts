import { search } from '@countersign/core/api/search.ts'
import type { Store } from '../../store/database.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer } from '../problem.ts'
import { found } from '../views/search.ts'

export function searchRoutes({ store }: { readonly store: Store }): Handler[] {
  return [
    serve(search, async ({ signedIn: { principal }, query, locale }) =>
      answer(await readTx(store, principal, (tx) => found(tx, principal, query.q, locale))),
    ),
  ]
}
