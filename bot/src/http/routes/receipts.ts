import { exportJournal, listHeads } from '@countersign/core/api/receipts.ts'
import { downloadReceipt, getReceipt, listReceipts } from '@countersign/core/api/proposals.ts'
import { iso, type ActDeps } from '../../engine/act/deps.ts'
import { beginExport, csvLines, exportLines } from '../../engine/act/export.ts'
import { receiptLines, receiptView } from '../../engine/act/views.ts'
import { signReceipt } from '../../store/journal.ts'
import { readTx } from '../../store/transaction.ts'
import { signedHeads } from '../../store/journal-range.ts'
import { serve, serveFile, type Handler } from '../handler.ts'
import { answer, notFound, refuse } from '../problem.ts'
import { viewOptions, type ActPlaces } from './proposals.ts'

/** A record's number, or the moment at which a day begins or ends. */
function placeOf(text: string | undefined, side: 'from' | 'to'): number | string | undefined {
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Number(text)
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T${side === 'from' ? '00:00:00.000' : '23:59:59.999'}Z` : text
  return iso(Date.parse(moment))
}

export function receiptRoutes(deps: ActDeps, places: ActPlaces): Handler[] {
  return [
    serve(listReceipts, async (call) =>
      readTx(deps.store, call.signedIn.principal, async (tx) =>
        answer({ receipts: await receiptLines(tx, viewOptions(deps, places, call.locale)) }),
      ),
    ),
    serve(getReceipt, async (call) =>
      readTx(deps.store, call.signedIn.principal, async (tx) => {
        const receipt = await receiptView(tx, call.params.proposalId, viewOptions(deps, places, call.locale))
        return receipt ? answer(receipt) : notFound('This receipt')
      }),
    ),
    serve(downloadReceipt, async (call) =>
      readTx(deps.store, call.signedIn.principal, async (tx) => {
        const file = await signReceipt(tx, call.params.proposalId, iso(deps.now()))
        if (!file || file.receiptNumber === null) return notFound('This receipt')
        return answer(file, {
          headers: { 'content-disposition': `attachment; filename="countersign-R-${String(file.receiptNumber).padStart(4, '0')}.json"` },
        })
      }),
    ),
    serveFile(exportJournal, async (call) => {
      const { from, to, format } = call.query
      const { principal } = call.signedIn
      const header = await beginExport(deps.store, principal, { from: placeOf(from, 'from'), to: placeOf(to, 'to') }, iso(deps.now()))
      if (!header) return refuse(404, 'Nothing to export', 'The journal of your tenant is still empty.')
      const name = `countersign-records-${header.range.from}-${header.range.to}`
      return format === 'csv'
        ? { kind: 'file', type: 'text/csv; charset=utf-8', name: `${name}.csv`, pieces: csvLines(deps.store, principal, header) }
        : {
            kind: 'file',
            type: 'application/x-ndjson; charset=utf-8',
            name: `${name}.ndjson`,
            pieces: exportLines(deps.store, principal, header),
          }
    }),
    serve(listHeads, async (call) => answer({ heads: await readTx(deps.store, call.signedIn.principal, signedHeads) })),
  ]
}
