import { baselineOf } from '../../core/posture/baselines.ts'
import { checks } from '../../core/posture/checks.ts'
import { judgeOffline, readOffline } from '../../core/posture/offline.ts'

/** What each check says about saved answers, by its id. */
export function verdicts(input: unknown): Record<string, { readonly verdict: string; readonly reason: string }> {
  const read = readOffline(JSON.stringify(input))
  const baseline = baselineOf('default')
  if (!read.ok || !baseline) throw new Error(read.ok ? 'There is no default baseline.' : read.problem)
  return Object.fromEntries(
    judgeOffline(read.input, baseline, checks).map(({ checkId, outcome }) => [
      checkId,
      { verdict: outcome.verdict, reason: outcome.reason },
    ]),
  )
}
