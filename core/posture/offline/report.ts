import type { Baseline } from '../baseline.ts'
import type { AnyCheck, CheckResult, ObjectType, Severity, Values, VerdictName } from '../check.ts'
import { explain } from '../explain.ts'
import { policyVerdicts } from '../policy-verdicts.ts'

/** What `countersign evaluate --json` prints for one file, apart from its name. docs/offline-input.md */
export interface OfflineReport {
  readonly baseline: string
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
}

export function reportOf(checks: readonly AnyCheck[], results: readonly CheckResult[], baseline: Baseline): OfflineReport {
  const reported = checks.flatMap((check) =>
    results.filter(({ checkId }) => checkId === check.id).map(({ outcome }) => reportCheck(check, outcome)),
  )
  const policies = Object.entries(policyVerdicts(baseline, results)).map(([policy, { verdict, reason, decidedBy, checks: answering }]) => {
    const sentence = reported.find(({ id }) => id === decidedBy)?.reason ?? reason
    return [policy, { verdict, reason: sentence, reasonId: reason, checks: answering }] as const
  })
  return { baseline: baseline.id, checks: reported, policies: Object.fromEntries(policies) }
}

function reportCheck(check: AnyCheck, outcome: CheckResult['outcome']): ReportedCheck {
  const explanation = explain(check, outcome)
  return {
    id: check.id,
    code: check.code,
    verdict: outcome.verdict,
    severity: ('severity' in outcome ? outcome.severity : undefined) ?? check.severity,
    reason: explanation.reason,
    reasonId: outcome.reason,
    objects: explanation.objects.map(({ object, sentence }) => ({
      type: object.type,
      id: object.id,
      name: object.name,
      part: object.part ?? '',
      reason: sentence,
      values: object.values ?? {},
    })),
    frameworks: check.frameworks,
  }
}
