import Table from 'cli-table3'
import type { Changes } from '@countersign/core/api/changes.ts'
import type { JudgementView, ScanLineView } from '@countersign/core/api/history.ts'
import type { SponsorView } from '@countersign/core/api/sponsor.ts'
import { printable } from './terminal.ts'

/** Every text of these reports comes from the service, and some of it from the tenant: nothing of it may move the cursor. */
const narrowest = 60

function tableOf(head: string[], widths: (number | null)[]): InstanceType<typeof Table> {
  return new Table({ head, colWidths: widths, wordWrap: true, style: { head: [], border: [] } })
}

/** Results, newest first, with the id by which each is named to other commands. */
export function scansReport(scans: readonly ScanLineView[], columns: number): string {
  if (scans.length === 0) return 'Nothing has been scanned yet. Start with: countersign scan'
  const table = tableOf(['when (UTC)', 'score', 'what', 'id'], [18, 7, Math.max(narrowest, columns) - 70, 38])
  for (const { finishedAt, startedAt, score, sentence, id } of scans)
    table.push([minute(finishedAt ?? startedAt), score === null ? '–' : String(score), printable(sentence), id])
  return table.toString()
}

/** What changed, worst checks first: object by object, with what was changed in the tenant and by whom. */
export function changesReport(changes: Changes): string {
  const { before, after, sentence, score, areas, checks } = changes
  if (!before || !after) return printable(sentence)
  const moved = areas
    .filter(({ change }) => change !== null && change !== 0)
    .map(({ title, change }) => `${printable(title)} ${signed(change)}`)
  return [
    `From ${minute(before.finishedAt ?? before.startedAt)} to ${minute(after.finishedAt ?? after.startedAt)} UTC`,
    printable(sentence),
    `Score ${score.before ?? '–'} → ${score.after ?? '–'}${score.change === null ? '' : ` (${signed(score.change)} over what both could judge)`}.`,
    ...(moved.length > 0 ? [`Areas: ${moved.join(', ')}.`] : []),
    ...checks.flatMap(checkLines),
  ].join('\n')
}

function checkLines({ code, title, notComparable, objects, moreObjects }: Changes['checks'][number]): string[] {
  return [
    '',
    `${printable(code)} ${printable(title)}`,
    ...(notComparable === null ? [] : [`  cannot be compared. ${printable(notComparable)}`]),
    ...objects.flatMap(objectLines),
    ...(moreObjects > 0 ? [`  and ${moreObjects} more`] : []),
  ]
}

function objectLines({
  kind,
  name,
  type,
  before,
  after,
  facts,
  moreFacts,
  changedBy,
}: Changes['checks'][number]['objects'][number]): string[] {
  const because = after?.because ?? before?.because ?? ''
  return [
    `  ${kind.padEnd(8)} ${type === 'tenant' ? 'This tenant' : printable(name)}: ${printable(because)}`,
    ...facts.flatMap(({ title, kind: what, properties, more }) => [
      `    ${printable(title)}: ${what}${properties.length === 0 ? '' : ':'}`,
      ...properties.map((property) => `      ${printable(property.name)}: ${value(property.before)} → ${value(property.after)}`),
      ...(more > 0 ? [`      and ${more} more properties`] : []),
    ]),
    ...(moreFacts > 0 ? [`    and ${moreFacts} more rows`] : []),
    `    ${printable(changedBy.sentence)}`,
  ]
}

function value(text: string | null): string {
  return text === null ? '(not there)' : printable(text)
}

/** An earlier snapshot as today's checks see it. */
export function judgementReport(judgement: JudgementView, columns: number): string {
  const { sentence, score, checks, goneChecks } = judgement
  const table = tableOf(['check', 'then', 'now', 'what'], [10, 15, 15, Math.max(narrowest, columns) - 45])
  for (const { code, verdict, verdictThen, reason } of checks)
    table.push([printable(code), verdictThen ?? 'did not exist', verdict, printable(reason)])
  return [
    printable(sentence),
    `Score then ${score.then ?? '–'}, now ${score.now ?? '–'}.`,
    table.toString(),
    ...(goneChecks.length > 0 ? [`No longer checked: ${goneChecks.map(printable).join(', ')}.`] : []),
  ].join('\n')
}

export function sponsorReport({ sentence, nextRunAt, sponsor, ended }: SponsorView): string {
  const [last] = ended
  return [
    printable(sentence),
    ...(nextRunAt === null ? [] : [`Next scan: ${minute(nextRunAt)} UTC.`]),
    ...(sponsor?.lastRunAt == null ? [] : [`Last one started: ${minute(sponsor.lastRunAt)} UTC.`]),
    ...(!sponsor && last?.endedAt != null
      ? [`The last sponsorship ended on ${minute(last.endedAt)} UTC. ${printable(last.endReason ?? '')}`]
      : []),
  ].join('\n')
}

function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

function signed(change: number | null): string {
  if (change === null || change === 0) return '0'
  return change > 0 ? `+${change}` : `−${Math.abs(change)}`
}
