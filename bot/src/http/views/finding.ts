import type { FindingFilter } from '@countersign/core/api/finding-objects.ts'
import type { FindingPage } from '@countersign/core/api/findings.ts'
import { findAction } from '@countersign/core/actions/catalogue.ts'
import { isTerminal } from '@countersign/core/actions/gate.ts'
import type { Principal } from '@countersign/core/principal.ts'
import type { Profile } from '@countersign/core/profile.ts'
import { areaTitles } from '@countersign/core/posture/areas.ts'
import { unlistedIn, type AffectedObject, type AnyCheck } from '@countersign/core/posture/check.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import { declarableAs } from '@countersign/core/posture/declarable.ts'
import { explain } from '@countersign/core/posture/explain.ts'
import type { FindingState } from '@countersign/core/posture/finding.ts'
import { licenceTitles } from '@countersign/core/posture/licences.ts'
import { covering } from '@countersign/core/posture/suppression.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import type { Store } from '../../store/database.ts'
import { countsByCheck, type CheckCount } from '../../store/finding-list.ts'
import { findingChanges, findingsOfCheck, type StoredFinding } from '../../store/findings.ts'
import { listProposals } from '../../store/proposals.ts'
import { activeSuppressions, suppressionById, type StoredSuppression } from '../../store/suppressions.ts'
import { shownScan } from '../../store/scans.ts'
import { readTx, type ReadTx } from '../../store/transaction.ts'
import { nearMissView } from './near-miss.ts'
import { answersBehind } from './finding-answers.ts'
import { newSince } from './finding-objects.ts'
import { isFiltered, queryOf } from './finding-query.ts'
import { relatedFindings } from './related-findings.ts'
import { bySeverity, judgedIn, openStates, severityOf, type Judged } from './results.ts'

export interface FindingDependencies {
  readonly store: Store
  readonly profile: Profile
}

type Summary = Omit<
  FindingPage,
  | 'verdict'
  | 'why'
  | 'reason'
  | 'remediation'
  | 'portal'
  | 'frameworks'
  | 'licence'
  | 'whoCanFix'
  | 'affected'
  | 'related'
  | 'history'
  | 'answers'
>

/** One line for each check that found something, now or before, or that has findings that fit; worst first. */
export async function findingLines(
  deps: FindingDependencies,
  principal: Principal,
  locale: string,
  filter: FindingFilter = {},
): Promise<Summary[]> {
  return readTx(deps.store, principal, async (tx) => {
    const last = await shownScan(tx)
    if (!last) return []
    const { judged, score } = await judgedIn(tx, last.id)
    const counts = await countsByCheck(tx, isFiltered(filter) ? queryOf(filter, await newSince(tx)) : undefined)
    return judged
      .flatMap((entry) => {
        const own = counts.filter(({ checkId }) => checkId === entry.check.id)
        return own.length === 0 ? [] : [summaryOf(entry, own, score.gains[entry.check.id] ?? 0, locale)]
      })
      .sort(
        (left, right) =>
          Number(right.open > 0) - Number(left.open > 0) || bySeverity(left.severity, right.severity) || right.adds - left.adds,
      )
  })
}

/** The page of one finding; undefined where no scan has judged the check. */
export async function findingPage(
  deps: FindingDependencies,
  principal: Principal,
  checkId: string,
  locale: string,
): Promise<FindingPage | undefined> {
  const check = checkOf(checkId)
  if (!check) return undefined
  return readTx(deps.store, principal, async (tx) => {
    const last = await shownScan(tx)
    const now = last && (await judgedIn(tx, last.id))
    const entry = now?.judged.find((known) => known.check.id === checkId)
    if (!last || !now || !entry) return undefined
    const findings = await findingsOfCheck(tx, checkId)
    const { outcome } = entry.result
    const summary = summaryOf(
      entry,
      findings.map(({ state, firstSeen }) => ({ state, firstSeen, count: 1 })),
      now.score.gains[checkId] ?? 0,
      locale,
    )
    return {
      ...summary,
      verdict: outcome.verdict,
      why: check.why,
      reason: explain(check, 'objects' in outcome ? { ...outcome, objects: [] } : outcome, locale).reason,
      remediation: [...check.remediation],
      portal: check.portal,
      nearMiss: nearMissView(check, outcome, principal, locale),
      frameworks: Object.fromEntries(Object.entries(check.frameworks).map(([framework, ids]) => [framework, [...(ids ?? [])]])),
      licence: check.licence ? licenceTitles[check.licence] : null,
      whoCanFix: whoCanFix(check, deps.profile),
      affected: await affectedLines(tx, check, findings, deps.profile, locale, summary.title),
      related: await relatedFindings(tx, check, now.judged, locale),
      history: await historyLines(tx, checkId, locale),
      answers: await answersBehind(tx, last.factsOf, check, findings),
    }
  })
}

type Counted = Pick<CheckCount, 'state' | 'count' | 'firstSeen'>

function summaryOf(entry: Judged, counts: readonly Counted[], adds: number, locale: string): Summary {
  const { check, result } = entry
  const { outcome } = result
  const open = counts.filter(({ state }) => openStates.includes(state))
  const firstSeen = (open.length > 0 ? open : counts).map((one) => one.firstSeen).sort()[0] ?? ''
  return {
    checkId: check.id,
    code: check.code,
    // The title names no object, and there may be thousands of sentences about them.
    title: explain(check, 'objects' in outcome ? { ...outcome, objects: [] } : outcome, locale).title,
    severity: severityOf(entry),
    area: check.area,
    areaTitle: areaTitles[check.area],
    state: groupState(counts),
    open: sumOf(open),
    suppressed: sumOf(counts.filter(({ state }) => state === 'suppressed')),
    unlisted: unlistedIn(outcome),
    adds,
    firstSeen,
  }
}

function sumOf(counts: readonly Counted[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}

const historyMessages: Partial<Record<string, string>> = {
  'finding.opened': 'Found{count, plural, =1 {} other { on # objects}}',
  'finding.closed': 'No longer found{count, plural, =1 {} other { on # objects}}',
  'finding.returned': 'Found again{count, plural, =1 {} other { on # objects}}',
  'finding.changed': 'Fixed by the Aid; the next scan looks again',
  'finding.suppressed': 'Suppressed{count, plural, =1 {} other { on # objects}}',
  'finding.unsuppressed': 'No longer suppressed{count, plural, =1 {} other { on # objects}}',
}

/** What became of a check's findings, newest first: one line for all the objects to which the same happened at the same moment. */
async function historyLines(tx: ReadTx, checkId: string, locale: string): Promise<FindingPage['history']> {
  const lines: FindingPage['history'] = []
  for (const { at, what, receiptNumber, suppressionId, objects } of await findingChanges(tx, checkId, 50)) {
    const message = historyMessages[what]
    if (!message) continue
    const suppression = suppressionId === null ? undefined : await suppressionById(tx, suppressionId)
    const why = suppression ? `: ${whyText(what, suppression)}` : ''
    lines.push({ at, what: `${renderMessage(message, { count: objects }, locale)}${why}`, receiptNumber })
  }
  return lines
}

function whyText(what: string, { byName, reason, until, endedByName, endedBecause }: StoredSuppression): string {
  if (what === 'finding.suppressed') return `${byName}, until ${until.slice(0, 10)}. ${reason}`
  return endedByName === null ? `its day came (${until.slice(0, 10)}).` : `lifted by ${endedByName}. ${endedBecause ?? ''}`
}

/** State of a check from those of its findings: the one that asks for most attention. */
function groupState(findings: readonly Pick<StoredFinding, 'state'>[]): FindingState {
  const order: readonly FindingState[] = ['returned', 'open', 'fixedAwaitingScan', 'suppressed', 'closed']
  return order.find((state) => findings.some((finding) => finding.state === state)) ?? 'closed'
}

async function affectedLines(
  tx: ReadTx,
  check: AnyCheck,
  findings: readonly StoredFinding[],
  profile: Profile,
  locale: string,
  /** What is said of the tenant itself, which is no object with values of its own. */
  ofTenant: string,
): Promise<FindingPage['affected']> {
  const proposals = (await listProposals(tx)).filter(({ state }) => !isTerminal(state))
  const suppressionOf = covering(await activeSuppressions(tx, check.id))
  return findings
    .filter(({ state }) => state !== 'closed')
    .sort((left, right) => bySeverity(left.severity, right.severity) || left.object.name.localeCompare(right.object.name))
    .map((finding) => ({
      findingKey: finding.key,
      state: finding.state,
      type: finding.object.type,
      objectId: finding.object.id,
      part: finding.object.part,
      name: finding.object.name,
      because: finding.object.id === '' ? ofTenant : renderMessage(check.objectReason, finding.values, locale),
      firstSeen: finding.firstSeen,
      notReadSince: finding.notReadSince,
      fix: profile.act === 'on' && openStates.includes(finding.state) ? fixFor(check, finding) : null,
      proposalId: proposals.find((proposal) => proposal.findingKeys.includes(finding.key))?.id ?? null,
      basis: [...finding.basis],
      severity: finding.severity,
      declarable: finding.object.id === '' ? [] : [...declarableAs[finding.object.type]],
      ...(finding.state === 'suppressed' ? suppressionLine(suppressionOf(check.id, finding.key)) : {}),
    }))
}

function suppressionLine(suppression: StoredSuppression | undefined): Pick<FindingPage['affected'][number], 'suppression'> {
  if (!suppression) return {}
  const { id, reason, owner, until } = suppression
  return { suppression: { id, reason, owner, until } }
}

function fixFor(check: AnyCheck, finding: StoredFinding): { actionId: string; title: string } | null {
  const { type, id, part, name } = finding.object
  const object: AffectedObject = { type, id, name, values: finding.values, basis: [], ...(part === '' ? {} : { part }) }
  const action = check.fix?.input(object) ? findAction(check.fix.action) : undefined
  return action ? { actionId: action.id, title: action.title } : null
}

function whoCanFix(check: AnyCheck, profile: Profile): string {
  const action = check.fix ? findAction(check.fix.action) : undefined
  if (!action || profile.act === 'off') return 'An administrator in the Entra admin centre.'
  return renderMessage('The Aid, once an administrator has countersigned. It needs the role {role}.', { role: action.directoryRole.name })
}
