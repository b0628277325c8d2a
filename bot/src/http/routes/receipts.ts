import { downloadReceipt, getReceipt, listReceipts } from '@countersign/core/api/proposals.ts'
import { iso, type ActDeps } from '../../engine/act/deps.ts'
import { receiptLines, receiptView } from '../../engine/act/views.ts'
import { signReceipt } from '../../store/journal.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound } from '../problem.ts'
import { viewOptions, type ActPlaces } from './proposals.ts'

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
  ]
}
