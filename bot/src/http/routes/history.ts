import { getJudgement, getTrend, listScans } from '@countersign/core/api/history.ts'
import { dayMs } from '@countersign/core/day.ts'
import { judgeAgain } from '../../engine/judge-again.ts'
import type { Store } from '../../store/database.ts'
import { scanLines, trend } from '../../store/history.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound, refuse } from '../problem.ts'
import { judgementView, scanLineView, trendView } from '../views/history.ts'

const pointsAtMost = 2000

export function historyRoutes({ store, now }: { readonly store: Store; readonly now: () => number }): Handler[] {
  return [
    serve(listScans, async (call) => {
      const scans = await readTx(store, call.signedIn.principal, (tx) => scanLines(tx, call.query.limit))
      return answer({ scans: scans.map((scan) => scanLineView(scan, call.locale)) })
    }),
    serve(getTrend, async (call) => {
      const since = new Date(now() - call.query.days * dayMs).toISOString()
      return answer(trendView(await readTx(store, call.signedIn.principal, (tx) => trend(tx, since, pointsAtMost))))
    }),
    serve(getJudgement, async (call) => {
      const judged = await readTx(store, call.signedIn.principal, (tx) => judgeAgain(tx, call.params.scanId))
      switch (judged.kind) {
        case 'judged':
          return answer(judgementView(judged, call.locale))
        case 'noSuchScan':
          return notFound('This scan')
        case 'unfinished':
          return refuse(409, 'Not finished', 'This scan did not come to an end, so there is nothing whole to judge.')
        case 'pruned':
          return refuse(
            409,
            'No longer kept',
            'The facts of this scan were deleted because they were older than this deployment keeps them.',
          )
      }
    }),
  ]
}
