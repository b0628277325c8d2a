import type { Json } from '@countersign/core/digest.ts'
import type { CheckResult } from '@countersign/core/posture/check.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { bothScores, covering } from '@countersign/core/posture/suppression.ts'
import { mapInSlices } from '../../in-slices.ts'
import { putJudgedWith, type JudgedWith } from '../../store/baselines.ts'
import { addFindingHistory, findingCounts, findingsOfChecks, putFindings, type StoredFinding } from '../../store/findings.ts'
import { inGroups } from '../../store/in-groups.ts'
import { appendEvent } from '../../store/outbox.ts'
import { putResults, putScore } from '../../store/results.ts'
import type { WriteTx } from '../../store/transaction.ts'
import { suppressionsFor } from '../suppressions.ts'
import { changeFindings } from './findings.ts'

/**
 * Stores the verdicts of a scan, what they went by, its score and what they make of the findings, some checks at a time. While the scan goes on (not `isFinal`) a check
 * that waits for a fact leaves its findings as they are, and findings that stay as they are are not written again.
 */
export async function keepJudgement(
  tx: WriteTx,
  { results, by }: { readonly results: readonly CheckResult[]; readonly by: JudgedWith },
  scan: {
    readonly id: string
    readonly at: string
    readonly isFinal: boolean
    /** Findings about which this judgement can say nothing. */
    readonly leaves?: (finding: StoredFinding) => boolean
  },
): Promise<void> {
  await putResults(tx, scan.id, results)
  const suppressions = await suppressionsFor(tx, scan.at)
  await putJudgedWith(tx, scan.id, by, suppressions)
  const { settings } = by
  const { score, open, leftOut } = bothScores(checks, results, suppressions, settings.suppressedInScore)
  const suppressed = { counting: settings.suppressedInScore, open, leftOut }
  await putScore(tx, scan.id, { value: score.value, detail: JSON.parse(JSON.stringify({ ...score, suppressed })) as Json })
  const suppressionOf = covering(suppressions)
  const told = results.filter((result) => scan.isFinal || !waits(result))
  const known = await findingCounts(tx)
  // Those known before and those to come.
  const findingsOf = ({ checkId, outcome }: CheckResult): number =>
    (known.get(checkId) ?? 0) + ('objects' in outcome ? outcome.objects.length : 0)
  for (const some of inGroups(told, findingsAtOnce, findingsOf)) {
    const before = await findingsOfChecks(
      tx,
      some.map(({ checkId }) => checkId),
    )
    const changes = await changeFindings(checks, some, before, scan, suppressionOf)
    const left = new Set(before.filter((finding) => scan.leaves?.(finding)).map(({ key }) => key))
    const findings = changes.findings.filter(({ key }) => !left.has(key))
    await putFindings(tx, scan.isFinal ? findings : await changed(findings, before))
    await addFindingHistory(
      tx,
      changes.history.filter(({ findingKey }) => !left.has(findingKey)),
    )
    for (const { kind, key } of changes.events.filter(({ key }) => !left.has(key))) appendEvent(tx, kind, key, scan.at)
  }
}

/** Findings that are in memory and compared at once, but for those of one check, which stay together. */
const findingsAtOnce = 500

function waits({ outcome }: CheckResult): boolean {
  return outcome.verdict === 'unknown' && outcome.reason === 'notYet'
}

async function changed(findings: readonly StoredFinding[], before: readonly StoredFinding[]): Promise<readonly StoredFinding[]> {
  const known = new Map(before.map((finding) => [finding.key, finding]))
  const isNews = await mapInSlices(findings, (finding) => {
    const previous = known.get(finding.key)
    return !previous || textOf(previous) !== textOf(finding)
  })
  return findings.filter((_, index) => isNews[index])
}

function textOf(finding: StoredFinding): string {
  return JSON.stringify({ ...finding, scanId: null })
}
