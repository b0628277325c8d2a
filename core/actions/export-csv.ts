import type { Json } from '../digest.ts'
import { cleanName } from '../text/clean-name.ts'
import type { ExportedAction } from './export.ts'

/** The table for spreadsheets, one line an action: RFC 4180. It is not signed; the export that is holds the same. */
const columns: readonly (readonly [string, (action: ExportedAction) => string])[] = [
  ['Receipt', ({ receiptNumber }) => (receiptNumber === null ? '' : `R-${String(receiptNumber).padStart(4, '0')}`)],
  ['Proposal', ({ proposalId }) => proposalId],
  ['Action', ({ actionId }) => actionId ?? ''],
  ['Object type', ({ subject }) => subject?.type ?? ''],
  ['Object id', ({ subject }) => subject?.id ?? ''],
  ['Object', ({ subject }) => (subject ? `${cleanName(subject.name)} (${cleanName(subject.qualifier)})` : '')],
  ['Asked for by', ({ askedBy }) => (askedBy ? cleanName(askedBy.name) : '')],
  ['Asked for by: object id', ({ askedBy }) => askedBy?.objectId ?? ''],
  ['Asked for through', ({ askedBy }) => askedBy?.door ?? ''],
  ['Asked for at', ({ askedBy }) => askedBy?.at ?? ''],
  ['People needed', ({ approvalsNeeded }) => String(approvalsNeeded ?? '')],
  ...[0, 1].flatMap((index): [string, (action: ExportedAction) => string][] => {
    const which = index === 0 ? 'First yes' : 'Second yes'
    return [
      [which, ({ saidYes }) => cleanName(saidYes[index]?.name ?? '')],
      [`${which}: object id`, ({ saidYes }) => saidYes[index]?.objectId ?? ''],
      [`${which}: words`, ({ saidYes }) => cleanName(saidYes[index]?.words ?? '')],
      [`${which}: how`, ({ saidYes }) => saidYes[index]?.how ?? ''],
      [`${which}: at`, ({ saidYes }) => saidYes[index]?.at ?? ''],
      [`${which}: digest of the card`, ({ saidYes }) => saidYes[index]?.bytesDigest ?? ''],
    ]
  }),
  ['Sent', each(({ method, path }) => `${method} /v1.0${path}`)],
  ['Sent: body', each(({ body }) => JSON.stringify(body))],
  ['Sent: digest', each(({ requestHash }) => requestHash)],
  ['Sent at', each(({ at }) => at)],
  ['Came back', each(({ cameBack }) => (cameBack ? outcomeWords(cameBack.outcome) : ''))],
  ['Read back', each(({ readBack }) => readBack?.met ?? '')],
  ['Audit log', each(({ auditLog }) => auditLog?.state ?? '')],
  ['Audit log: row', each(({ auditLog }) => auditLog?.rowId ?? '')],
  [
    'Settled by',
    ({ settledBy }) => settledBy.map(({ name, as, because }) => `${cleanName(name)}: ${as}, ${cleanName(because)}`).join('\n'),
  ],
  ['Ended as', ({ ended }) => ended?.state ?? ''],
  ['Ended because', ({ ended }) => ended?.reason ?? ''],
  ['Ended at', ({ ended }) => ended?.at ?? ''],
  ['Records', ({ records }) => `${records.from} to ${records.to}`],
]

/** One line in the cell for each request that was sent. */
function each(part: (sent: ExportedAction['sent'][number]) => string): (action: ExportedAction) => string {
  return ({ sent }) => sent.map(part).join('\n')
}

function outcomeWords(outcome: Json): string {
  if (outcome === null || typeof outcome !== 'object' || Array.isArray(outcome)) return ''
  const { kind, status, code } = outcome as { readonly [name: string]: Json }
  return [kind, status, code].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ')
}

export function csvHeader(): string {
  return line(columns.map(([title]) => title))
}

export function csvLine(action: ExportedAction): string {
  return line(columns.map(([, cell]) => cell(action)))
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${neutral(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** A spreadsheet takes a cell that begins like this for a formula, whole or after a line break (owasp.org/www-community/attacks/CSV_Injection). */
function neutral(cell: string): string {
  return cell.replace(/^(?=\s*[=+\-@＝＋－＠\t\r])/u, "'").replaceAll('\0', '')
}
