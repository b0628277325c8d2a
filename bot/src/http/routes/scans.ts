import { getScan, startScan as startScanRoute, stopScan as stopScanRoute, type Scan } from '@countersign/core/api/posture.ts'
import { startScan, stopScan, type ScanDependencies } from '../../engine/scan/scan.ts'
import { scanById, type StoredScan } from '../../store/scans.ts'
import { readTx } from '../../store/transaction.ts'
import { signInRefused } from '../auth.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound } from '../problem.ts'

export function scanRoutes(deps: ScanDependencies): Handler[] {
  return [
    serve(startScanRoute, async (call) => {
      const started = await startScan(deps, call.signedIn, {
        ranges: call.body.ranges ?? true,
        full: call.body.full ?? false,
        goOn: call.body.goOn ?? false,
      })
      if (started.kind === 'needsSignIn') return signInRefused(started)
      return answer(scanView(started.scan), { status: started.kind === 'started' ? 202 : 200 })
    }),
    serve(stopScanRoute, async (call) => {
      const stopped = await stopScan(deps, call.signedIn.principal, call.params.scanId)
      return stopped ? answer(scanView(stopped)) : notFound('This running scan')
    }),
    serve(getScan, async (call) => {
      const scan = await readTx(deps.store, call.signedIn.principal, (tx) => scanById(tx, call.params.scanId))
      return scan ? answer(scanView(scan)) : notFound('This scan')
    }),
  ]
}

export function scanView(scan: StoredScan): Scan {
  const { id, state, startedAt, finishedAt, startedByName, progress, problem, scheduled, judgedAt, coreReadAt } = scan
  return { id, state, startedAt, finishedAt, startedBy: startedByName, progress, problem, scheduled, judgedAt, coreReadAt }
}
