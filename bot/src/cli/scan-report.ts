import Table from 'cli-table3'
import type { z } from 'zod'
import type { findingSummarySchema } from '@countersign/core/api/findings.ts'
import type { Overview, Scan } from '@countersign/core/api/posture.ts'
import { printable } from './terminal.ts'

export interface ScanResult {
  readonly service: string
  readonly scan: Scan
  readonly overview: Overview
  readonly findings: readonly z.output<typeof findingSummarySchema>[]
}

/** The result as one document for other programs. */
export function scanDocument({ service, scan, overview, findings }: ScanResult) {
  return {
    service,
    tenant: overview.tenant,
    scan,
    score: overview.score,
    checks: overview.checks,
    openFindings: overview.openFindings,
    findings,
    notRead: overview.notRead,
  }
}

const narrowest = 60
const otherColumns = 36

/** The result for a person: the score, findings by check with the worst first, and what could not be read. */
export function scanReport({ service, overview, findings }: ScanResult, columns: number): string {
  const open = findings.filter((finding) => finding.open > 0)
  return [
    scoreLines(overview),
    '',
    open.length === 0 ? 'No open findings.' : findingTable(open, columns),
    ...notReadLines(overview),
    '',
    `Details: ${service}/`,
  ].join('\n')
}

function scoreLines({ tenant, score, checks, openFindings }: Overview): string {
  const change =
    score?.change == null || score.change === 0 ? '' : ` (${score.change > 0 ? '+' : '−'}${Math.abs(score.change)} since the scan before)`
  const value = score === null ? 'No score: nothing could be judged.' : `Score ${score.value} of 100${change}.`
  return `${printable(tenant.displayName)} (${printable(tenant.domain)})\n${value} ${checks.read} of ${checks.of} checks read. ${openFindings} open ${openFindings === 1 ? 'finding' : 'findings'}.`
}

function findingTable(open: ScanResult['findings'], columns: number): string {
  const width = Math.max(narrowest, columns) - otherColumns
  const table = new Table({
    head: ['severity', 'check', 'finding', 'affected'],
    colWidths: [10, 10, width, 10],
    colAligns: ['left', 'left', 'left', 'right'],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const { severity, code, title, open: listed, unlisted } of open)
    table.push([severity, printable(code), printable(title), String(listed + unlisted)])
  return table.toString()
}

const mends = {
  grantPermission: 'An administrator must grant the permission in Entra.',
  assignRole: 'The person who scans needs a directory role that may read it.',
  retry: 'Scan again later.',
  none: '',
} as const satisfies Record<Overview['notRead'][number]['mend'], string>

/** Unknown is its own answer: what could not be read is never counted as fine. */
function notReadLines({ notRead }: Overview): string[] {
  if (notRead.length === 0) return []
  const lines = notRead.map(
    ({ title, sentence, checks, mend }) =>
      `- ${printable(title)} (${checks} ${checks === 1 ? 'check' : 'checks'}): ${printable(`${sentence} ${mends[mend]}`)}`,
  )
  return ['', 'Could not be read:', ...lines]
}
