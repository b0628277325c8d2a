import { areaTitles } from '../posture/areas.ts'
import { frameworks } from '../posture/check.ts'
import type { AffectedObject } from '../posture/check.ts'
import { ownValueSentence } from '../posture/parameters/words.ts'
import { objectsOf, whole, type OutcomeSource } from './objects.ts'
import { failingFirst, suppressionOf, type CheckSummary, type Report, type Suppression } from './report.ts'
import { plain } from './text.ts'

/** Excel takes a file for UTF-8 by its first bytes only; every other reader of tables knows to skip them. */
const byteOrderMark = '\uFEFF'

/** Excel holds 32,767 characters in a cell. */
const longestCell = 32_000

interface Line {
  readonly report: Report
  readonly summary: CheckSummary
  /** `rest`: what is counted and not listed. */
  readonly about: 'object' | 'tenant' | 'rest'
  readonly object: AffectedObject | undefined
  readonly sentence: string
  readonly suppression: Suppression | undefined
  /** Findings that the line stands for: one, but for what is counted and not listed. */
  readonly standsFor: number
}

/** Columns and their order are part of the format: new ones come at the end. */
const columns: readonly (readonly [string, (line: Line) => string])[] = [
  ['Severity', ({ summary, object }) => object?.severity ?? summary.severity],
  ['Verdict', ({ summary }) => summary.outcome.verdict],
  ['Code', ({ summary }) => summary.check.code],
  ['Check', ({ summary }) => summary.check.id],
  ['Area', ({ summary }) => areaTitles[summary.check.area]],
  ['Finding', ({ summary }) => summary.title],
  ['Object type', ({ object, about }) => object?.type ?? (about === 'tenant' ? 'tenant' : '')],
  ['Object id', ({ object }) => object?.id ?? ''],
  ['Part', ({ object }) => object?.part ?? ''],
  ['Object', ({ object }) => object?.name ?? ''],
  ['Reason', ({ sentence }) => sentence],
  ['Findings in this line', ({ standsFor }) => String(standsFor)],
  ['Suppressed', ({ suppression }) => (suppression ? 'yes' : 'no')],
  ['Suppressed because', ({ suppression }) => suppression?.reason ?? ''],
  ['Suppressed until', ({ suppression }) => suppression?.until ?? ''],
  ['How to mend', ({ summary }) => summary.check.remediation.join(' ')],
  ['Where to look', ({ summary }) => summary.check.portal],
  ['Frameworks', ({ summary }) => frameworkText(summary)],
  ['Tenant', ({ report }) => report.tenant.displayName],
  ['As of', ({ report }) => report.asOf],
  ['Scan', ({ report }) => report.scan.id],
  ['Baseline', ({ report }) => report.baseline.id],
  ['Would pass if', ({ summary }) => summary.nearMiss],
  ['Suppression answered for by', ({ suppression }) => suppression?.owner ?? ''],
  ['Own values', ({ summary }) => summary.ownValues.map((own) => ownValueSentence(own)).join(' ')],
  ['Score', ({ report }) => String(report.score.value ?? '')],
  ['Score with suppressed as open', ({ report }) => String(report.scores.open ?? '')],
  ['Score without suppressed', ({ report }) => String(report.scores.leftOut ?? '')],
]

/** RFC 4180: one line for each affected object, one for a finding about the tenant, and one that counts what a verdict does not list. */
export async function* csvPieces(report: Report, outcomeOf: OutcomeSource): AsyncGenerator<string> {
  yield `${byteOrderMark}${row(columns.map(([title]) => title))}`
  const suppressed = suppressionOf(report.suppressed)
  for (const summary of failingFirst(report)) {
    const { check, unlisted } = summary
    const line = (object: AffectedObject | undefined, sentence: string): string =>
      text({
        report,
        summary,
        object,
        sentence,
        standsFor: 1,
        suppression: suppressed(check.id, object),
        about: object ? 'object' : 'tenant',
      })
    const objects = objectsOf(check, await whole(outcomeOf, summary))
    const lines = objects.map(({ object, sentence }) => line(object, sentence))
    if (objects.length === 0) lines.push(line(undefined, summary.reason))
    if (unlisted > 0) lines.push(counted(report, summary))
    yield lines.join('')
  }
}

function counted(report: Report, summary: CheckSummary): string {
  const sentence = `${summary.unlisted} more of this finding: the check counts them and lists the first ${summary.listed}.`
  return text({ report, summary, object: undefined, sentence, standsFor: summary.unlisted, suppression: undefined, about: 'rest' })
}

function text(line: Line): string {
  return row(columns.map(([, cell]) => cell(line)))
}

function frameworkText({ check }: CheckSummary): string {
  return frameworks.flatMap((framework) => (check.frameworks[framework] ?? []).map((id) => `${framework} ${id}`)).join('; ')
}

function row(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${harmless(plain(cell, longestCell)).replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** A spreadsheet takes a cell that begins like this for a formula (owasp.org/www-community/attacks/CSV_Injection). */
function harmless(cell: string): string {
  return /^\s*[=+\-@|%＝＋－＠]/u.test(cell) ? `'${cell}` : cell
}
