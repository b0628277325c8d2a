import type { Overview } from '@countersign/core/api/posture.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Profile } from '@countersign/core/profile.ts'
import { areaTitles } from '@countersign/core/posture/areas.ts'
import { areas, type AnyCheck, type Area } from '@countersign/core/posture/check.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import { explain, factTitle } from '@countersign/core/posture/explain.ts'
import type { UnreadReason } from '@countersign/core/posture/fact.ts'
import type { Score } from '@countersign/core/posture/score.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import type { Store } from '../../store/database.ts'
import { changedSince } from '../../store/finding-heads.ts'
import { countsByCheck, type CheckCount } from '../../store/finding-list.ts'
import type { StoredFinding } from '../../store/findings.ts'
import { listProposals } from '../../store/proposals.ts'
import { finishedScans, runningScan, scanById, shownScan, type StoredScan } from '../../store/scans.ts'
import { scores } from '../../store/results.ts'
import { scoreTarget } from '../../store/saved-views.ts'
import { readSettings } from '../../store/settings.ts'
import { tenantOf } from '../../store/tenants.ts'
import { readTx, type ReadTx } from '../../store/transaction.ts'
import { declaredCounts } from '../../engine/exceptions.ts'
import { interruptedView } from '../../engine/scan/interrupted.ts'
import { receiptLines, type ViewOptions } from '../../engine/act/views.ts'
import { scanView } from '../routes/scans.ts'
import { isFailing, judgedIn, openStates, severityOf, type Judged } from './results.ts'
import { riskLines } from './top-risks.ts'

export interface OverviewDependencies {
  readonly store: Store
  readonly profile: Profile
  /** How receipts are rendered for a reader of this language. */
  readonly viewOptions: (locale: string) => ViewOptions
}

const trendLength = 30
const changesShown = 12
const receiptsShown = 5

/** Everything of the overview page from the store, in one snapshot. */
export async function overviewView(deps: OverviewDependencies, principal: Principal, locale: string): Promise<Overview> {
  return readTx(deps.store, principal, async (tx) => {
    const tenant = await tenantOf(tx)
    const [last, previous] = await finishedScans(tx, 2)
    const read = last?.kind === 'judge' ? await scanById(tx, last.factsOf) : last
    const running = await runningScan(tx)
    const counts = await countsByCheck(tx)
    const shown = await shownScan(tx)
    const earlier = shown?.id === last?.id ? previous : last
    const now = shown && (await judgedIn(tx, shown.id))
    const before = earlier && (await judgedIn(tx, earlier.id))
    const judged = now?.judged ?? []
    const open = counts.filter(({ state }) => openStates.includes(state))
    const suppressed = sumOf(counts.filter(({ state }) => state === 'suppressed'))
    const { settings } = await readSettings(tx)
    const isComparable = now !== undefined && before !== undefined && sameChecks(now.judged, before.judged)
    const proposals = await listProposals(tx, { withReceipt: true })
    const receipts = permission(principal, 'viewReceipts').may ? await receiptLines(tx, deps.viewOptions(locale), receiptsShown) : []
    return {
      tenant: { displayName: tenant?.displayName ?? '', domain: tenant?.domain ?? '' },
      lastScan: read ? scanView(read) : null,
      judgedAt: last?.kind === 'judge' ? last.finishedAt : null,
      runningScan: running ? scanView(running) : null,
      interrupted: await interruptedView(tx, principal, Date.now()),
      score: withBoth(
        await scoreBlock(tx, now?.score, isComparable ? before.score : undefined, earlier),
        suppressed > 0 && now ? { counting: settings.suppressedInScore, open: now.both.open, leftOut: now.both.leftOut } : undefined,
      ),
      checks: now?.score.checks ?? { read: 0, of: 0 },
      areas: now ? areaLines(now.judged, now.score, isComparable ? before.score : undefined, open) : [],
      risks: await riskLines(tx, judged, now?.score, deps.profile.act === 'on', locale),
      openFindings: sumOf(open),
      suppressedFindings: suppressed,
      declared: await declaredCounts(tx, last?.finishedAt ?? new Date(0).toISOString()),
      sinceLastScan:
        shown && earlier && permission(principal, 'viewFindings').may
          ? changesOf(await changedSince(tx, shown.startedAt, changesShown), judged, proposals, locale)
          : [],
      notRead: notReadLines(judged, locale),
      receipts: receipts.map(({ proposalId, receiptNumber, title, by, at, state, echo }) => ({
        proposalId,
        receiptNumber,
        title,
        by,
        at,
        state,
        echo,
      })),
      countersigned: proposals.length,
    }
  })
}

function withBoth(score: Overview['score'], suppressed: NonNullable<Overview['score']>['suppressed']): Overview['score'] {
  return score && suppressed ? { ...score, suppressed } : score
}

async function scoreBlock(
  tx: ReadTx,
  now: Score | undefined,
  before: Score | undefined,
  previous: StoredScan | undefined,
): Promise<Overview['score']> {
  if (now?.value == null) return null
  const trend = (await scores(tx, trendLength)).flatMap(({ at, value }) => (value === null ? [] : [{ at, value }])).reverse()
  const change = before?.value == null ? null : round(now.value - before.value)
  return { value: now.value, change, since: change === null ? null : (previous?.finishedAt ?? null), trend, target: await scoreTarget(tx) }
}

/** Two scores can be compared only when the same checks counted in both. */
function sameChecks(left: readonly Judged[], right: readonly Judged[]): boolean {
  const counted = (list: readonly Judged[]): string =>
    list
      .filter(({ result }) => ['pass', 'fail', 'warn'].includes(result.outcome.verdict))
      .map(({ check }) => check.id)
      .sort()
      .join(' ')
  return counted(left) === counted(right)
}

/** Worst first; areas that could not be judged last. */
function areaLines(judged: readonly Judged[], now: Score, before: Score | undefined, open: readonly CheckCount[]): Overview['areas'] {
  const lines = areas.flatMap((area) => {
    const own = judged.filter(({ check }) => check.area === area)
    return own.length === 0 ? [] : [areaLine(area, own, now, before, open)]
  })
  return lines.sort((left, right) => (left.score ?? 101) - (right.score ?? 101))
}

function areaLine(
  area: Area,
  own: readonly Judged[],
  now: Score,
  before: Score | undefined,
  open: readonly CheckCount[],
): Overview['areas'][number] {
  const failing = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const judged of own.filter(isFailing)) failing[severityOf(judged)] += 1
  const score = now.areas[area]
  const previous = before?.areas[area]
  return {
    area,
    title: areaTitles[area],
    score,
    change: score === null || previous == null ? null : round(score - previous),
    checks: {
      failing,
      passed: own.filter(({ result }) => result.outcome.verdict === 'pass').length,
      notRead: own.filter(({ result }) => result.outcome.verdict === 'unknown').length,
    },
    open: sumOf(open.filter(({ checkId }) => checkOf(checkId)?.area === area)),
  }
}

/** What the last scan opened, found again or found mended; the most serious come first. */
export function changesOf(
  changed: readonly StoredFinding[],
  judged: readonly Judged[],
  proposals: readonly Proposal[],
  locale: string,
): Overview['sinceLastScan'] {
  return changed.flatMap((finding) => {
    const check = checkOf(finding.checkId)
    const kind = changeKind(finding)
    if (!check || !kind) return []
    return [
      {
        kind,
        findingKey: finding.key,
        checkId: check.id,
        title: changeTitle(check, finding, kind, judged, locale),
        areaTitle: areaTitles[check.area],
        receiptNumber: receiptOf(finding, proposals),
      },
    ]
  })
}

/** A check's own title says how it should be: so of a tenant that was mended; an object may have other findings of the same check. */
function changeTitle(
  check: AnyCheck,
  { object: { name }, values }: StoredFinding,
  kind: Overview['sinceLastScan'][number]['kind'],
  judged: readonly Judged[],
  locale: string,
): string {
  if (kind === 'fixed') return name === '' ? check.title : renderMessage('{name}, check “{title}”', { name, title: check.title })
  if (name !== '') return renderMessage('{name}: {what}', { name, what: renderMessage(check.objectReason, values, locale) })
  const outcome = judged.find((entry) => entry.check.id === check.id)?.result.outcome
  if (!outcome) return check.title
  return explain(check, 'objects' in outcome ? { ...outcome, objects: [] } : outcome, locale).title
}

/** The receipt that mended a closed finding. Proposals come newest first. */
function receiptOf(finding: StoredFinding, proposals: readonly Proposal[]): number | null {
  if (finding.state !== 'closed') return null
  return proposals.find((proposal) => proposal.state === 'verified' && proposal.findingKeys.includes(finding.key))?.receiptNumber ?? null
}

function changeKind({ state }: StoredFinding): Overview['sinceLastScan'][number]['kind'] | undefined {
  if (state === 'open') return 'new'
  if (state === 'returned') return 'returned'
  return state === 'closed' ? 'fixed' : undefined
}

const mends = {
  scope: 'grantPermission',
  role: 'assignRole',
  licence: 'none',
  graph: 'retry',
  notYet: 'retry',
  beta: 'none',
  shape: 'none',
} as const satisfies Record<UnreadReason, Overview['notRead'][number]['mend']>

/** Facts that could not be read, each with the checks that went without an answer for it. */
function notReadLines(judged: readonly Judged[], locale: string): Overview['notRead'] {
  const lines = new Map<string, Overview['notRead'][number]>()
  for (const { check, result } of judged) {
    const { outcome } = result
    if (outcome.verdict !== 'unknown') continue
    const key = `${outcome.fact} ${outcome.reason}`
    const known = lines.get(key)
    const sentence = explain(check, outcome, locale).reason
    lines.set(
      key,
      known
        ? { ...known, checks: known.checks + 1 }
        : { fact: outcome.fact, title: factTitle(outcome.fact), checks: 1, reason: outcome.reason, sentence, mend: mends[outcome.reason] },
    )
  }
  return [...lines.values()]
}

function sumOf(counts: readonly CheckCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
