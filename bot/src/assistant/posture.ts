import { areaTitles } from '@countersign/core/posture/areas.ts'
import {
  areas,
  severities,
  type AnyCheck,
  type CheckResult,
  type NearMiss,
  type Severity,
  unlistedIn,
  type Values,
  type Verdict,
} from '@countersign/core/posture/check.ts'
import { checkOf, checks } from '@countersign/core/posture/checks.ts'
import { explain } from '@countersign/core/posture/explain.ts'
import { scoreOf } from '@countersign/core/posture/score.ts'
import { bothScores } from '@countersign/core/posture/suppression.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { firstOpen } from '../store/finding-heads.ts'
import { countsByCheck, type CheckCount } from '../store/finding-list.ts'
import type { StoredFinding } from '../store/findings.ts'
import { resultsOf } from '../store/results.ts'
import { finishedScans } from '../store/scans.ts'
import { readSettings } from '../store/settings.ts'
import { activeSuppressions } from '../store/suppressions.ts'
import type { ReadTx } from '../store/transaction.ts'

/** What chat says about the last scan; sentences only, made by the entries' templates. */
export interface PostureSummary {
  readonly scannedAt: string
  /** 0 to 100; null when nothing could be judged. */
  readonly score: number | null
  readonly checks: { readonly read: number; readonly of: number }
  readonly areas: readonly { readonly title: string; readonly score: number | null }[]
  readonly openFindings: number
}

export interface FindingLine {
  readonly checkId: string
  readonly code: string
  readonly severity: Severity
  readonly title: string
  readonly why: string
  /** What would make the check pass; null where no policy is near. */
  readonly nearMiss: string | null
  /** The first five of the open objects, those that can be mended first. */
  readonly objects: readonly { readonly findingKey: string; readonly name: string; readonly sentence: string; readonly fixable: boolean }[]
  /** Open objects that are not among them, those included that the scan counted and did not list. */
  readonly more: number
}

const objectsShown = 5

const locale = 'en'

export async function postureSummary(tx: ReadTx): Promise<PostureSummary | undefined> {
  const [last] = await finishedScans(tx, 1)
  if (!last) return undefined
  const { settings } = await readSettings(tx)
  const { score } = bothScores(checks, await resultsOf(tx, last.id), await activeSuppressions(tx), settings.suppressedInScore)
  return {
    scannedAt: last.factsAsOf ?? last.startedAt,
    score: score.value,
    checks: score.checks,
    areas: areas.flatMap((area) =>
      checks.some((check) => check.area === area) ? [{ title: areaTitles[area], score: score.areas[area] }] : [],
    ),
    openFindings: openIn(await countsByCheck(tx)).reduce((sum, { count }) => sum + count, 0),
  }
}

/** Checks with open findings, the most serious first; undefined before the first scan. */
export async function openFindings(tx: ReadTx): Promise<readonly FindingLine[] | undefined> {
  const [last] = await finishedScans(tx, 1)
  if (!last) return undefined
  const results = await resultsOf(tx, last.id)
  const { gains } = scoreOf(checks, results)
  const counts = openIn(await countsByCheck(tx))
  const first = await firstOpen(tx, objectsShown)
  const lines = [...new Set(counts.map(({ checkId }) => checkId))].flatMap((id) => {
    const check = checkOf(id)
    const result = results.find(({ checkId }) => checkId === id)
    const own = counts.filter(({ checkId }) => checkId === id)
    const shown = first.filter(({ checkId }) => checkId === id)
    return check ? [lineOf(check, result, shown, { count: own.reduce((sum, { count }) => sum + count, 0), severities: own })] : []
  })
  const rank = (severity: Severity): number => severities.indexOf(severity)
  return lines.sort(
    (a, b) => rank(a.severity) - rank(b.severity) || (gains[b.checkId] ?? 0) - (gains[a.checkId] ?? 0) || a.code.localeCompare(b.code),
  )
}

function openIn(counts: readonly CheckCount[]): readonly CheckCount[] {
  return counts.filter(({ state }) => state === 'open' || state === 'returned')
}

/** What chat says of one check with these open objects, however many they are. */
export function findingLine(check: AnyCheck, result: CheckResult | undefined, open: readonly StoredFinding[]): FindingLine {
  return lineOf(check, result, open, { count: open.length, severities: open })
}

/** The same where only some of the open objects are at hand. */
function lineOf(
  check: AnyCheck,
  result: CheckResult | undefined,
  some: readonly StoredFinding[],
  all: { readonly count: number; readonly severities: readonly { readonly severity: Severity }[] },
): FindingLine {
  const failing = result && (result.outcome.verdict === 'fail' || result.outcome.verdict === 'warn') ? result.outcome : undefined
  const worst = severities.find((severity) => all.severities.some((one) => one.severity === severity))
  const judged = some.map((finding) => ({ finding, fixable: isFixable(check, finding) }))
  const shown = judged.sort((a, b) => Number(b.fixable) - Number(a.fixable)).slice(0, objectsShown)
  return {
    checkId: check.id,
    code: check.code,
    severity: worst ?? check.severity,
    title: failing ? explain(check, { ...failing, values: cleanValues(failing.values), objects: [] }, locale).title : check.title,
    why: check.why,
    nearMiss: failing?.nearMiss ? nearMissOf(check, failing, failing.nearMiss) : null,
    objects: shown.map(({ finding, fixable }) => objectLine(check, finding, fixable)),
    more: all.count - shown.length + unlistedIn(failing),
  }
}

function nearMissOf(check: AnyCheck, outcome: Extract<Verdict, { verdict: 'fail' | 'warn' }>, near: NearMiss): string {
  const undeclared = near.undeclared.map((object) => ({ ...object, name: cleanName(object.name) }))
  const nearMiss = { ...near, policyName: cleanName(near.policyName), undeclared }
  return explain(check, { ...outcome, objects: [], nearMiss }, locale).nearMiss ?? ''
}

function isFixable(check: AnyCheck, { object, values }: StoredFinding): boolean {
  return check.fix?.input({ ...object, values, basis: [] }) !== undefined
}

function objectLine(check: AnyCheck, { key, object, values }: StoredFinding, fixable: boolean): FindingLine['objects'][number] {
  return {
    findingKey: key,
    name: object.id === '' ? 'The tenant' : cleanName(object.name),
    sentence: Object.keys(values).length === 0 ? '' : renderMessage(check.objectReason, cleanValues(values), locale),
    fixable,
  }
}

/** Names within values (of secrets, for example) come from the tenant too. Dates and ids pass unchanged. */
function cleanValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' && value !== '' ? cleanName(value) : value]),
  )
}
