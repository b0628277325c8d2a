import type { Baseline } from './baseline.ts'
import type { CheckResult, Unknown, Verdict, VerdictName } from './check.ts'

export interface PolicyVerdict {
  readonly verdict: VerdictName
  /** The reason of the check that decided. */
  readonly reason: string
  /** The check that decided. */
  readonly decidedBy: string
  readonly checks: readonly string[]
}

/** The worst verdict decides; a policy whose checks do not apply does not apply. */
const order: readonly VerdictName[] = ['fail', 'unknown', 'manual', 'warn', 'pass', 'notApplicable']

/** Verdicts of a framework's policies. Policies without a check are not listed; one whose check gave no result is a broken promise. */
export function policyVerdicts(baseline: Baseline, results: readonly CheckResult[]): Readonly<Record<string, PolicyVerdict>> {
  const outcomes = new Map(results.map(({ checkId, outcome }) => [checkId, outcome]))
  const policies = Object.entries(baseline.policies).map(([policy, checkIds]) => {
    const answers = checkIds.map((checkId) => {
      const outcome = outcomes.get(checkId)
      if (!outcome) throw new Error(`The policy ${policy} of ${baseline.id} rests on the check ${checkId}, which was not judged.`)
      return { checkId, verdict: countedAs(baseline, outcome), reason: outcome.reason }
    })
    const [worst] = answers.sort((left, right) => order.indexOf(left.verdict) - order.indexOf(right.verdict))
    if (!worst) throw new Error(`The policy ${policy} of ${baseline.id} names no check.`)
    return [policy, { verdict: worst.verdict, reason: worst.reason, decidedBy: worst.checkId, checks: checkIds }] as const
  })
  return Object.fromEntries(policies)
}

/** SCuBA counts a licence that is known to be absent as not met. */
function countedAs(baseline: Baseline, outcome: Verdict | Unknown): VerdictName {
  if (outcome.verdict === 'notApplicable' && outcome.reason === 'licence') return baseline.absentLicence
  return outcome.verdict
}
