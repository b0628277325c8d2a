import type { AnyCheck, Framework, VerdictName } from '../posture/check.ts'
import { policyVerdicts } from '../posture/policy-verdicts.ts'
import type { CheckSummary, Report } from './report.ts'

/** What a framework asks for, with the checks that look at it. */
export interface Objective {
  readonly framework: Framework
  readonly id: string
  readonly checks: readonly AnyCheck[]
  /** Undefined where it was not judged: then nothing is said of it being met or not. */
  readonly state: 'satisfied' | 'not-satisfied' | undefined
  /** `other`: a warning. */
  readonly because: 'pass' | 'fail' | 'other' | undefined
  /** The verdict that decided. */
  readonly verdict: VerdictName
}

/**
 * Frameworks whose ids name one thing that can be tested. The others name techniques of attackers or broad criteria, which no check
 * meets by itself: observations and risks carry their ids, and nothing is called satisfied.
 */
const testable: Readonly<Record<string, true>> = { scuba: true, cis: true, eidsca: true, maester: true, zeroTrust: true, prowler: true }

/** The worst verdict decides, as it does for policies. */
const order: readonly VerdictName[] = ['fail', 'unknown', 'manual', 'warn', 'pass', 'notApplicable']

const said = {
  pass: { state: 'satisfied', because: 'pass' },
  fail: { state: 'not-satisfied', because: 'fail' },
  warn: { state: 'not-satisfied', because: 'other' },
  notApplicable: { state: undefined, because: undefined },
  manual: { state: undefined, because: undefined },
  unknown: { state: undefined, because: undefined },
} as const satisfies Record<VerdictName, Pick<Objective, 'state' | 'because'>>

/** Everything testable that the judged checks look at, by framework and id. */
export function objectivesOf(report: Report): readonly Objective[] {
  const found = new Map<string, { readonly framework: Framework; readonly id: string; readonly summaries: CheckSummary[] }>()
  for (const summary of report.checks) {
    for (const [framework, id] of frameworkIds(summary.check)) {
      if (!testable[framework]) continue
      const key = `${framework} ${id}`
      const known = found.get(key) ?? { framework, id, summaries: [] }
      known.summaries.push(summary)
      found.set(key, known)
    }
  }
  const own = policiesOfBaseline(report)
  return [...found.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { framework, id, summaries }]) => {
      const verdict = (framework === report.baseline.id ? own[id]?.verdict : undefined) ?? worst(summaries)
      return { framework, id, checks: summaries.map(({ check }) => check), verdict, ...said[verdict] }
    })
}

/** Framework and id of everything that a check carries, in the order of the entry. */
export function frameworkIds(check: AnyCheck): readonly (readonly [Framework, string])[] {
  // The entry's keys are frameworks; Object.entries widens them.
  const entries = Object.entries(check.frameworks) as [Framework, readonly string[]][]
  return entries.flatMap(([framework, ids]) => ids.map((id) => [framework, id] as const))
}

/** The tenant's own baseline has its say about its policies: for one a missing licence is a failure. */
function policiesOfBaseline({ baseline, checks }: Report): ReturnType<typeof policyVerdicts> {
  const known = new Set(checks.map(({ check }): string => check.id))
  const policies = Object.fromEntries(Object.entries(baseline.policies).filter(([, ids]) => ids.every((id) => known.has(id))))
  return policyVerdicts(
    { ...baseline, policies },
    checks.map(({ check, outcome }) => ({ checkId: check.id, outcome })),
  )
}

function worst(summaries: readonly CheckSummary[]): VerdictName {
  const [first] = summaries.map(({ outcome }) => outcome.verdict).sort((one, other) => order.indexOf(one) - order.indexOf(other))
  return first ?? 'notApplicable'
}

/** An id as OSCAL's tokens allow it: letters, digits, dots, hyphens and underscores, with a letter first. */
export function tokenOf(framework: Framework, id: string): string {
  return `${framework}-${id.replace(/[^\p{L}\p{N}._-]+/gu, '-')}`
}
