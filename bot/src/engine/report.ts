import { baselineOf } from '@countersign/core/posture/baselines.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import type { Principal } from '@countersign/core/principal.ts'
import type { OutcomeSource } from '@countersign/core/report/objects.ts'
import { buildReport } from '@countersign/core/report/build-report.ts'
import type { Report, Suppression } from '@countersign/core/report/report.ts'
import { judgedWith, type JudgedWith } from '../store/baselines.ts'
import type { Store } from '../store/database.ts'
import { factReads } from '../store/facts.ts'
import { resultOf } from '../store/results.ts'
import { finishedScans, scanById, type StoredScan } from '../store/scans.ts'
import { readSettings } from '../store/settings.ts'
import { activeSuppressions, suppressionsAt } from '../store/suppressions.ts'
import { tenantOf } from '../store/tenants.ts'
import { readTx, type ReadTx } from '../store/transaction.ts'
import { baselineIn } from './baselines.ts'
import { judgeScan } from './scan/judge.ts'

export type ReportOfScan =
  | { readonly kind: 'report'; readonly report: Report; readonly outcomeOf: OutcomeSource }
  /** `pruned`: its verdicts, or the facts that another baseline would need, were deleted because they were too old. */
  | { readonly kind: 'noScan' | 'noSuchScan' | 'unfinished' | 'pruned' }

export interface ReportWanted {
  /** The newest unless given. */
  readonly scanId?: string | undefined
  /** What the scan went by unless given; a baseline that is given counts with its own values alone. */
  readonly baselineId?: string | undefined
}

/**
 * A finished scan or judgement as a report. Verdicts are read one check at a time, each in a transaction of its own, so that a slow
 * reader holds neither memory nor a transaction; those of a finished scan change no more.
 */
export async function reportOf(store: Store, principal: Principal, wanted: ReportWanted): Promise<ReportOfScan> {
  return readTx(store, principal, async (tx): Promise<ReportOfScan> => {
    const [newest] = await finishedScans(tx, 1)
    const scan = wanted.scanId === undefined ? newest : await scanById(tx, wanted.scanId)
    if (!scan) return { kind: wanted.scanId === undefined ? 'noScan' : 'noSuchScan' }
    if (scan.state !== 'finished') return { kind: 'unfinished' }
    if (scan.prunedAt !== null) return { kind: 'pruned' }
    const kept = await judgedWith(tx, scan.id)
    const own = kept ?? (await today(tx))
    const asked = wanted.baselineId === undefined ? undefined : baselineOf(wanted.baselineId)
    const judgedAgain = asked !== undefined && (asked.id !== own.baseline.id || own.settings.overrides.length > 0)
    const by = judgedAgain ? { baseline: asked, settings: { ...own.settings, overrides: [] } } : own
    if (judgedAgain && (await scanById(tx, scan.factsOf))?.prunedAt !== null) return { kind: 'pruned' }
    const tenant = await tenantOf(tx)
    const builder = buildReport({
      tenant: { id: principal.tenantId, displayName: tenant?.displayName ?? '', domain: tenant?.domain ?? '' },
      scan: {
        id: scan.id,
        kind: scan.kind,
        startedBy: scan.startedByName,
        startedAt: scan.startedAt,
        finishedAt: scan.finishedAt ?? scan.startedAt,
        factsAsOf: scan.factsAsOf ?? scan.finishedAt ?? scan.startedAt,
      },
      asOf: await judgedAsOf(tx, scan),
      baseline: by.baseline,
      judgedAgain,
      isAsOfScan: kept !== undefined,
      settings: by.settings,
      suppressed: await suppressedIn(tx, scan.id === newest?.id ? undefined : (scan.finishedAt ?? scan.startedAt)),
    })
    const outcomeOf = judgedAgain ? await judgedBy(tx, scan, by) : storedIn(store, principal, scan.id)
    for (const { id } of checks) {
      const outcome = judgedAgain ? await outcomeOf(id) : (await resultOf(tx, scan.id, id))?.outcome
      if (outcome) builder.add({ checkId: id, outcome })
    }
    return { kind: 'report', report: builder.finish(), outcomeOf }
  })
}

/** The time that the checks took for now: a judgement's own, else that of the newest reading. */
async function judgedAsOf(tx: ReadTx, scan: StoredScan): Promise<string> {
  if (scan.kind === 'judge') return scan.startedAt
  const read = (await factReads(tx, scan.id)).flatMap(({ asOf }) => (asOf === null ? [] : [Date.parse(asOf)]))
  return read.length === 0 ? scan.startedAt : new Date(Math.max(...read)).toISOString()
}

function storedIn(store: Store, principal: Principal, scanId: string): OutcomeSource {
  return async (checkId) => (await readTx(store, principal, (tx) => resultOf(tx, scanId, checkId)))?.outcome
}

async function judgedBy(tx: ReadTx, scan: StoredScan, by: JudgedWith): Promise<OutcomeSource> {
  const at = scan.kind === 'judge' ? Date.parse(scan.startedAt) : undefined
  const results = await judgeScan(tx, scan.factsOf, at, by)
  const outcomes = new Map(results.map(({ checkId, outcome }) => [checkId, outcome]))
  return async (checkId) => outcomes.get(checkId)
}

/** What is suppressed now, which is what the newest scan is shown with; or what was at the time of an earlier one. */
async function suppressedIn(tx: ReadTx, at: string | undefined): Promise<readonly Suppression[]> {
  const list = at === undefined ? await activeSuppressions(tx) : await suppressionsAt(tx, at)
  return list.map(({ checkId, findingKey, reason, owner, byName, until }) => ({ checkId, findingKey, reason, owner, byName, until }))
}

async function today(tx: ReadTx): Promise<JudgedWith> {
  const stored = await readSettings(tx)
  return { baseline: baselineIn(stored), settings: stored.settings }
}
