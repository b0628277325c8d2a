import { downloadReport } from '@countersign/core/api/reports.ts'
import { reportWriters } from '@countersign/core/report/pieces.ts'
import { reportOf } from '../../engine/report.ts'
import type { Store } from '../../store/database.ts'
import { serveFile, type Handler } from '../handler.ts'
import { notFound, refuse } from '../problem.ts'

export function reportRoutes({ store }: { readonly store: Store }): Handler[] {
  return [
    serveFile(downloadReport, async ({ signedIn: { principal }, params, query, locale }) => {
      const made = await reportOf(store, principal, { scanId: query.scan, baselineId: query.baseline })
      switch (made.kind) {
        case 'report': {
          const { type, ending, pieces } = reportWriters[params.format]
          const { asOf, baseline } = made.report
          const name = `countersign-report-${asOf.slice(0, 10)}-${baseline.id}.${ending}`
          return { kind: 'file', type, name, pieces: pieces(made.report, made.outcomeOf, locale) }
        }
        case 'noScan':
          return refuse(404, 'No scan yet', 'Nothing has been scanned in your tenant, so there is nothing to report.', {
            mend: 'Run a scan first.',
          })
        case 'noSuchScan':
          return notFound('This scan')
        case 'unfinished':
          return refuse(409, 'Not finished', 'This scan did not come to an end, so there is nothing whole to report.')
        case 'pruned':
          return refuse(409, 'No longer kept', 'What this scan found was deleted because it was older than this deployment keeps it.')
      }
    }),
  ]
}
