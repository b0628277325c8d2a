import type { AffectedObject, AnyCheck, CheckResult, ObjectType, Severity } from '@countersign/core/posture/check.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import { severities } from '@countersign/core/posture/check.ts'
import type { FindingState } from '@countersign/core/posture/finding.ts'
import type { Score } from '@countersign/core/posture/score.ts'
import { bothScores, type BothScores } from '@countersign/core/posture/suppression.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { resultsOf } from '../../store/results.ts'
import { readSettings } from '../../store/settings.ts'
import { activeSuppressions } from '../../store/suppressions.ts'

/** A check of the catalogue with what a scan found. */
export interface Judged {
  readonly check: AnyCheck
  readonly result: CheckResult
}

/** Finding states that still ask for something. */
export const openStates: readonly FindingState[] = ['open', 'returned']

/** Results of one scan for checks that still exist, with the score they make today, counted in the tenant's way; `both` has it in the two ways. */
export async function judgedIn(
  tx: ReadTx,
  scanId: string,
): Promise<{ readonly judged: readonly Judged[]; readonly score: Score; readonly both: BothScores }> {
  const results = await resultsOf(tx, scanId)
  const judged = results.flatMap((result) => {
    const check = checkOf(result.checkId)
    return check ? [{ check, result }] : []
  })
  const { settings } = await readSettings(tx)
  const both = bothScores(checks, results, await activeSuppressions(tx), settings.suppressedInScore)
  return { judged, score: both.score, both }
}

export function isFailing({ result }: Judged): boolean {
  return result.outcome.verdict === 'fail' || result.outcome.verdict === 'warn'
}

/** The verdict's own severity where it gives one, else the check's. */
export function severityOf({ check, result: { outcome } }: Judged): Severity {
  return (outcome.verdict === 'fail' || outcome.verdict === 'warn' ? outcome.severity : undefined) ?? check.severity
}

export function affectedIn({ result: { outcome } }: Judged): readonly AffectedObject[] {
  return outcome.verdict === 'fail' || outcome.verdict === 'warn' ? outcome.objects : []
}

/** Whether the check's action could mend at least one of these objects. */
export function isFixable(judged: Judged): boolean {
  const { fix } = judged.check
  return fix !== undefined && affectedIn(judged).some((object) => fix.input(object) !== undefined)
}

const counted = {
  tenant: 'This tenant',
  user: '{count, plural, one {# person} other {# people}}',
  group: '{count, plural, one {# group} other {# groups}}',
  application: '{count, plural, one {# application} other {# applications}}',
  servicePrincipal: '{count, plural, one {# enterprise application} other {# enterprise applications}}',
  policy: '{count, plural, one {# policy} other {# policies}}',
  role: '{count, plural, one {# role} other {# roles}}',
} as const satisfies Record<ObjectType, string>

/** Distinct objects by type, in words: "12 applications, 3 enterprise applications". */
export function affectsText(judged: Judged, locale: string): string {
  const objects = affectedIn(judged)
  const types = [...new Set(objects.map(({ type }) => type))]
  const parts = types.map((type) =>
    renderMessage(counted[type], { count: new Set(objects.filter((object) => object.type === type).map(({ id }) => id)).size }, locale),
  )
  return parts.length === 0 ? counted.tenant : new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(parts)
}

export function bySeverity(left: Severity, right: Severity): number {
  return severities.indexOf(left) - severities.indexOf(right)
}
