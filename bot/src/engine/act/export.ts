import { exportedAction, tellsOfProposal } from '@countersign/core/actions/export-action.ts'
import { csvHeader, csvLine } from '@countersign/core/actions/export-csv.ts'
import type { ExportedAction, ExportHeader } from '@countersign/core/actions/export.ts'
import type { JournalRecord } from '@countersign/core/actions/journal.ts'
import type { Principal } from '@countersign/core/principal.ts'
import type { Store } from '../../store/database.ts'
import { linksBetween, recordsBetween, recordsOfSubjects, signExport, type JournalRange } from '../../store/journal-range.ts'
import { readTx } from '../../store/transaction.ts'

/** Records of one query: some hundred kilobytes. */
const recordsAtOnce = 200
const linksAtOnce = 5000
const actionsAtOnce = 25

/** Signs what is to be exported; undefined while there is nothing. */
export function beginExport(store: Store, principal: Principal, range: JournalRange, at: string): Promise<ExportHeader | undefined> {
  return readTx(store, principal, (tx) => signExport(tx, range, at))
}

/**
 * The lines of `countersign-export/1`. Every piece is read in a transaction of its own, so that a slow reader holds none:
 * the journal only grows, and the header says where it ends.
 */
export async function* exportLines(store: Store, principal: Principal, header: ExportHeader): AsyncIterable<string> {
  const { range, head } = header
  yield line(header)
  if (range.from > 1) yield* sealedLines(store, principal, range.from - 1, range.from - 1)
  for (let from = range.from; from <= range.to; from += recordsAtOnce) {
    const to = Math.min(from + recordsAtOnce - 1, range.to)
    const records = await readTx(store, principal, (tx) => recordsBetween(tx, from, to))
    yield records.map((record) => line({ record })).join('')
  }
  yield* sealedLines(store, principal, range.to + 1, head.seq)
  for await (const action of exportedActions(store, principal, range)) yield line({ action })
}

/** The same range as a table, one line an action. */
export async function* csvLines(store: Store, principal: Principal, { range }: ExportHeader): AsyncIterable<string> {
  yield csvHeader()
  for await (const action of exportedActions(store, principal, range)) yield csvLine(action)
}

/** Actions in the order of their first records in the range, each from its records in the range alone. */
async function* exportedActions(store: Store, principal: Principal, range: ExportHeader['range']): AsyncIterable<ExportedAction> {
  const seen = new Set<string>()
  for (let from = range.from; from <= range.to; from += recordsAtOnce) {
    const to = Math.min(from + recordsAtOnce - 1, range.to)
    const page = await readTx(store, principal, (tx) => recordsBetween(tx, from, to))
    const fresh = [...new Set(page.filter(tellsOfProposal).map(({ subjectId }) => subjectId))].filter((id) => !seen.has(id))
    for (let start = 0; start < fresh.length; start += actionsAtOnce) {
      const ids = fresh.slice(start, start + actionsAtOnce)
      const records = await readTx(store, principal, (tx) => recordsOfSubjects(tx, ids, range.from, range.to))
      for (const id of ids) {
        seen.add(id)
        yield exportedAction(records.filter((record) => record.subjectId === id && tellsOfProposal(record)))
      }
    }
  }
}

async function* sealedLines(store: Store, principal: Principal, first: number, last: number): AsyncIterable<string> {
  for (let from = first; from <= last; from += linksAtOnce) {
    const links = await readTx(store, principal, (tx) => linksBetween(tx, from, Math.min(from + linksAtOnce - 1, last)))
    yield links.map((sealed) => line({ sealed })).join('')
  }
}

function line(
  value: ExportHeader | { readonly record: JournalRecord } | { readonly sealed: unknown } | { readonly action: unknown },
): string {
  return `${JSON.stringify(value)}\n`
}
