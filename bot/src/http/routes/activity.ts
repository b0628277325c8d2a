import { listActivity } from '@countersign/core/api/activity.ts'
import { activityRows } from '../../store/activity.ts'
import type { Store } from '../../store/database.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer } from '../problem.ts'
import { activityItem, placeOf, searchFor } from '../views/activity.ts'

export function activityRoutes({ store }: { readonly store: Store }): Handler[] {
  return [
    serve(listActivity, async ({ signedIn: { principal }, query: { kind, person, from, until, search, after, limit } }) => {
      const filter = { kind, person, from, until, search: searchFor(search), after: after === undefined ? undefined : placeOf(after) }
      const rows = await readTx(store, principal, (tx) => activityRows(tx, filter, limit + 1))
      const items = rows.slice(0, limit).map(activityItem)
      return answer({ items, next: rows.length > limit ? (items.at(-1)?.place ?? null) : null })
    }),
  ]
}
