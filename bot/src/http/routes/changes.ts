import { getChanges } from '@countersign/core/api/changes.ts'
import { lastTwo, pointOf, scanChanges, type PointAnswer } from '../../engine/changes.ts'
import type { Store } from '../../store/database.ts'
import { scanScore } from '../../store/history.ts'
import type { StoredScan } from '../../store/scans.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound, refuse, type Refused } from '../problem.ts'
import { changesView, listedChanges, noChanges } from '../views/changes.ts'
import { scanLineView } from '../views/history.ts'

export function changesRoutes({ store }: { readonly store: Store }): Handler[] {
  return [
    serve(getChanges, async (call) =>
      readTx(store, call.signedIn.principal, async (tx) => {
        const { from, to } = call.query
        const last = await lastTwo(tx)
        const before = from === undefined ? known(last.before) : await pointOf(tx, from)
        const after = to === undefined ? known(last.after) : await pointOf(tx, to)
        if (before && before.kind !== 'scan') return refusalOf(before.kind, from ?? '')
        if (after && after.kind !== 'scan') return refusalOf(after.kind, to ?? '')
        const line = async (scan: StoredScan) => scanLineView({ ...scan, score: await scanScore(tx, scan.id) }, call.locale)
        if (!before || !after) return answer(noChanges(after ? await line(after.scan) : null))
        const changes = await scanChanges(tx, before.scan, after.scan, listedChanges)
        return answer(changesView(changes, await line(before.scan), await line(after.scan), call.locale))
      }),
    ),
  ]
}

function known(scan: StoredScan | undefined): Extract<PointAnswer, { kind: 'scan' }> | undefined {
  return scan && { kind: 'scan', scan }
}

function refusalOf(kind: Exclude<PointAnswer['kind'], 'scan'>, point: string): Refused {
  switch (kind) {
    case 'noSuchScan':
      return notFound(`The scan ${point}`)
    case 'unfinished':
      return refuse(409, 'Not finished', `The scan ${point} did not come to an end, so it cannot be compared.`)
    case 'pruned':
      return refuse(
        409,
        'No longer kept',
        `The results of the scan ${point} were deleted because they were older than this deployment keeps them.`,
      )
    case 'nothingUntil':
      return refuse(404, 'Nothing that early', `There is no result up to ${point}.`, {
        mend: 'GET /api/scans lists the results that there are.',
      })
  }
}
