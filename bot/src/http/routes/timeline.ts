import { getTimeline } from '@countersign/core/api/timeline.ts'
import type { ViewOptions } from '../../engine/act/views.ts'
import type { Store } from '../../store/database.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer } from '../problem.ts'
import { timelineOf } from '../views/timeline.ts'

export function timelineRoutes({
  store,
  viewOptions,
}: {
  readonly store: Store
  readonly viewOptions: (locale: string) => ViewOptions
}): Handler[] {
  return [
    serve(getTimeline, async ({ signedIn: { principal }, query: { before, limit }, locale }) =>
      readTx(store, principal, async (tx) =>
        answer(
          await timelineOf(tx, { before: before === undefined ? undefined : new Date(before).toISOString(), limit }, viewOptions(locale)),
        ),
      ),
    ),
  ]
}
