import type { Baseline } from '../posture/baseline.ts'
import { checks } from '../posture/checks.ts'
import { organization } from '../posture/facts/organization.ts'
import { goingBy } from '../posture/offline/params.ts'
import { judgeOffline, readingsOf, type OfflineInput } from '../posture/offline.ts'
import { parseRows } from '../posture/parse.ts'
import type { OutcomeSource } from './objects.ts'
import { buildReport } from './build-report.ts'
import type { Report } from './report.ts'

/** A tenant in a file as a report, by its own baseline unless another is asked for. `digest` of the file's text names it, so that the same file gives the same report. */
export function offlineReport(
  input: OfflineInput,
  asked: Baseline | undefined,
  digest: string,
): { readonly report: Report; readonly outcomeOf: OutcomeSource } {
  const { baseline, settings, isOther } = goingBy(input, asked)
  const results = judgeOffline({ ...input, settings }, baseline, checks)
  const asOf = new Date(input.asOf).toISOString()
  const builder = buildReport({
    tenant: tenantIn(input),
    scan: { id: `file-${digest.slice(0, 32)}`, kind: 'file', startedBy: '', startedAt: asOf, finishedAt: asOf, factsAsOf: asOf },
    asOf,
    baseline,
    judgedAgain: isOther && input.settings.overrides.length > 0,
    isAsOfScan: true,
    settings,
    suppressed: input.suppressed,
  })
  for (const result of results) builder.add(result)
  const outcomes = new Map(results.map(({ checkId, outcome }) => [checkId, outcome]))
  return { report: builder.finish(), outcomeOf: async (checkId) => outcomes.get(checkId) }
}

/** Whose answers these are, where the file says it. */
function tenantIn(input: OfflineInput): Report['tenant'] {
  const reading = readingsOf(input).organization
  const parsed = reading?.state === 'read' ? parseRows(organization, reading.rows ?? []) : undefined
  const own = parsed?.ok ? parsed.rows[0] : undefined
  if (!own) return { id: '', displayName: '', domain: '' }
  return { id: own.id, displayName: own.displayName ?? '', domain: own.verifiedDomains.find(({ isDefault }) => isDefault)?.name ?? '' }
}
