import type { Baseline } from '../baseline.ts'
import { findingKey } from '../finding.ts'
import type { AnyCheck, CheckResult, ObjectType, Severity, Values, VerdictName } from '../check.ts'
import { explain } from '../explain.ts'
import { policyVerdicts } from '../policy-verdicts.ts'
import { bothScores, covering, type Suppressed, type SuppressedCounting } from '../suppression.ts'

/** What `countersign evaluate --json` prints for one file, apart from its name. docs/offline-input.md */
export interface OfflineReport {
  readonly baseline: string
  /** With suppressed findings counted as the file says, and both ways. */
  readonly score: {
    readonly value: number | null
    readonly suppressedAre: SuppressedCounting
    readonly suppressedOpen: number | null
    readonly suppressedLeftOut: number | null
  }
  readonly checks: readonly ReportedCheck[]
  readonly policies: Readonly<
    Record<
      string,
      { readonly verdict: VerdictName; readonly reason: string; readonly reasonId: string; readonly checks: readonly string[] }
    >
  >
}

export interface ReportedCheck {
  readonly id: string
  readonly code: string
  readonly verdict: VerdictName
  readonly severity: Severity
  /** A sentence for a person. */
  readonly reason: string
  /** The same for a machine. */
  readonly reasonId: string
  /** What would make the check pass; absent where no policy is near. */
  readonly nearMiss?: string
  readonly objects: readonly ReportedObject[]
  readonly frameworks: AnyCheck['frameworks']
}

interface ReportedObject {
  readonly type: ObjectType
  readonly id: string
  readonly name: string
  readonly part: string
  readonly reason: string
  readonly values: Values
  /** There where the finding is suppressed. */
  readonly suppressed?: true
}

/** What a file says is suppressed, and how that counts. */
export interface Suppressing {
  readonly suppressed: readonly Suppressed[]
  readonly counting: SuppressedCounting
}
const nothing: Suppressing = { suppressed: [], counting: 'open' }

export function reportOf(
  checks: readonly AnyCheck[],
  results: readonly CheckResult[],
  baseline: Baseline,
  { suppressed, counting }: Suppressing = nothing,
): OfflineReport {
  const covers = covering(suppressed)
  const { score, open, leftOut } = bothScores(checks, results, suppressed, counting)
  const reported = checks.flatMap((check) =>
    results.filter(({ checkId }) => checkId === check.id).map(({ outcome }) => reportCheck(check, outcome, covers)),
  )
  const policies = Object.entries(policyVerdicts(baseline, results)).map(([policy, { verdict, reason, decidedBy, checks: answering }]) => {
    const sentence = reported.find(({ id }) => id === decidedBy)?.reason ?? reason
    return [policy, { verdict, reason: sentence, reasonId: reason, checks: answering }] as const
  })
  const figures = { value: score.value, suppressedAre: counting, suppressedOpen: open, suppressedLeftOut: leftOut }
  return { baseline: baseline.id, score: figures, checks: reported, policies: Object.fromEntries(policies) }
}

function reportCheck(check: AnyCheck, outcome: CheckResult['outcome'], covers: ReturnType<typeof covering>): ReportedCheck {
  const explanation = explain(check, outcome)
  return {
    id: check.id,
    code: check.code,
    verdict: outcome.verdict,
    severity: ('severity' in outcome ? outcome.severity : undefined) ?? check.severity,
    reason: explanation.reason,
    reasonId: outcome.reason,
    ...(explanation.nearMiss === undefined ? {} : { nearMiss: explanation.nearMiss }),
    objects: explanation.objects.map(({ object, sentence }) => ({
      type: object.type,
      id: object.id,
      name: object.name,
      part: object.part ?? '',
      reason: sentence,
      values: object.values ?? {},
      ...(covers(check.id, findingKey(check.id, object)) ? { suppressed: true as const } : {}),
    })),
    frameworks: check.frameworks,
  }
}
