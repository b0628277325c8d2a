import { severities, unlistedIn } from './check.ts'
import type { AffectedObject, AnyCheck, Area, CheckResult, Severity, Values, VerdictName } from './check.ts'
import type { FactKey, UnreadReason } from './fact.ts'
import { findingKey } from './finding.ts'
import { scoreOf } from './score.ts'

/** What became of one object, or of the tenant itself, between two judgements. */
export const changeKinds = ['new', 'returned', 'worse', 'better', 'fixed'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** How a check saw one object. */
export interface ObjectState {
  readonly verdict: 'fail' | 'warn'
  readonly severity: Severity
  readonly values: Values
}

export interface ObjectChange {
  /** core/posture/finding.ts `findingKey`. */
  readonly key: string
  readonly object: { readonly type: AffectedObject['type']; readonly id: string; readonly part: string; readonly name: string }
  readonly kind: ChangeKind
  /** Null where the check did not list the object. */
  readonly before: ObjectState | null
  readonly after: ObjectState | null
  /** What either side rests on, in order. */
  readonly basis: readonly FactKey[]
}

/** Why a check cannot be compared: the side that has no answer, and why. */
export interface NotComparable {
  readonly side: 'before' | 'after'
  readonly reason: UnreadReason | 'manual' | 'noSuchCheck'
  /** What was not read; '' where nothing is missing. */
  readonly fact: string
  readonly detail: string
}

export interface CheckChange {
  readonly checkId: string
  /** Null where the check was not judged at all. */
  readonly before: VerdictName | null
  readonly after: VerdictName | null
  readonly notComparable: NotComparable | null
  readonly objects: readonly ObjectChange[]
  /** Objects of one side that may be among those which the other side only counts. */
  readonly notListed: number
}

export interface ScoreChange {
  /** Each side as it stood, over everything that it could judge. */
  readonly before: number | null
  readonly after: number | null
  /** Points between the two over the checks that both could judge; null where there are none. */
  readonly change: number | null
}

export interface Comparison {
  readonly score: ScoreChange
  readonly areas: Readonly<Record<Area, ScoreChange>>
  /** Only checks with a difference, by id. */
  readonly checks: readonly CheckChange[]
  readonly counts: Readonly<Record<ChangeKind, number>> & { readonly notComparable: number }
}

/**
 * Holds two judgements against each other, check by check and object by object. Pure: the same input gives the same bytes. What was not judged on
 * one side is neither new nor fixed. `closedBefore` holds the keys of findings that were closed at some time before `after`.
 */
export function compare(
  before: readonly CheckResult[],
  after: readonly CheckResult[],
  { checks, closedBefore = new Set() }: { readonly checks: readonly AnyCheck[]; readonly closedBefore?: ReadonlySet<string> },
): Comparison {
  const [left, right] = [byCheck(before), byCheck(after)]
  const changes = [...checks]
    .sort((one, other) => compareText(one.id, other.id))
    .flatMap((check) => changeOf(check, left.get(check.id), right.get(check.id), closedBefore))
  const kinds = changes.flatMap(({ objects }) => objects.map(({ kind }) => kind))
  const count = (kind: ChangeKind): number => kinds.filter((one) => one === kind).length
  return {
    ...scoreChanges(checks, left, right),
    checks: changes,
    counts: {
      new: count('new'),
      returned: count('returned'),
      worse: count('worse'),
      better: count('better'),
      fixed: count('fixed'),
      notComparable: changes.filter(({ notComparable }) => notComparable !== null).length,
    },
  }
}

type Outcome = CheckResult['outcome']
type Outcomes = ReadonlyMap<string, Outcome>

function byCheck(results: readonly CheckResult[]): Outcomes {
  return new Map(results.map(({ checkId, outcome }) => [checkId, outcome]))
}

function isJudged(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome.verdict !== 'unknown' && outcome.verdict !== 'manual'
}

function changeOf(check: AnyCheck, before: Outcome | undefined, after: Outcome | undefined, closed: ReadonlySet<string>): CheckChange[] {
  const verdicts = { checkId: check.id, before: before?.verdict ?? null, after: after?.verdict ?? null }
  const notComparable = gapOf(before, after)
  if (notComparable) return [{ ...verdicts, notComparable, objects: [], notListed: 0 }]
  if (!isJudged(before) || !isJudged(after)) return []
  const [old, now] = [statesOf(check, before), statesOf(check, after)]
  const objects: ObjectChange[] = []
  let notListed = 0
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort(compareText)) {
    const [first, second] = [old.get(key), now.get(key)]
    if ((!first && unlistedIn(before) > 0) || (!second && unlistedIn(after) > 0)) {
      notListed += 1
      continue
    }
    const kind = kindOf(check, key, first?.state, second?.state, closed)
    const seen = second ?? first
    if (!kind || !seen) continue
    const basis = [...new Set([...(first?.basis ?? []), ...(second?.basis ?? [])])].sort(compareText)
    objects.push({ key, object: seen.object, kind, before: first?.state ?? null, after: second?.state ?? null, basis })
  }
  const isSame = objects.length === 0 && notListed === 0 && verdicts.before === verdicts.after
  return isSame ? [] : [{ ...verdicts, notComparable: null, objects, notListed }]
}

/** Where exactly one side has an answer. Where neither has one there is nothing to tell apart. */
function gapOf(before: Outcome | undefined, after: Outcome | undefined): NotComparable | undefined {
  if (isJudged(before) === isJudged(after)) return undefined
  const [side, outcome] = isJudged(before) ? (['after', after] as const) : (['before', before] as const)
  if (outcome?.verdict === 'unknown') return { side, reason: outcome.reason, fact: outcome.fact, detail: outcome.detail }
  return { side, reason: outcome ? 'manual' : 'noSuchCheck', fact: '', detail: '' }
}

interface Seen {
  readonly object: ObjectChange['object']
  readonly state: ObjectState
  readonly basis: readonly FactKey[]
}

/** What a judgement says about each object, by finding key; a failing verdict that lists none is about the tenant itself. */
function statesOf(check: AnyCheck, outcome: Outcome | undefined): ReadonlyMap<string, Seen> {
  if (outcome?.verdict !== 'fail' && outcome?.verdict !== 'warn') return new Map()
  const severity = outcome.severity ?? check.severity
  const { verdict } = outcome
  if (outcome.objects.length === 0) {
    const tenant = { type: 'tenant', id: '', part: '', name: '' } as const
    return new Map([
      [findingKey(check.id, undefined), { object: tenant, state: { verdict, severity, values: outcome.values }, basis: outcome.basis }],
    ])
  }
  const states = new Map<string, Seen>()
  for (const { type, id, name, part = '', values = {}, severity: own, basis } of outcome.objects) {
    const key = findingKey(check.id, { id, part })
    const state = { verdict, severity: own ?? severity, values }
    const known = states.get(key)
    if (known && rankOf(known.state.severity) >= rankOf(state.severity)) continue
    states.set(key, { object: { type, id, part, name }, state, basis })
  }
  return states
}

function kindOf(
  check: AnyCheck,
  key: string,
  before: ObjectState | undefined,
  after: ObjectState | undefined,
  closed: ReadonlySet<string>,
): ChangeKind | undefined {
  if (!before) return closed.has(key) ? 'returned' : 'new'
  if (!after) return 'fixed'
  const worse = worsened(check, before, after)
  if (worse === 0) return undefined
  return worse > 0 ? 'worse' : 'better'
}

/** Above zero: worse. The verdict weighs most, then the severity, then the values for which the check says what worse means. */
function worsened(check: AnyCheck, before: ObjectState, after: ObjectState): number {
  // A row check has one verdict over all its rows: it says nothing about the single one.
  const byVerdict = check.each ? 0 : Number(after.verdict === 'fail') - Number(before.verdict === 'fail')
  if (byVerdict !== 0) return byVerdict
  const bySeverity = rankOf(after.severity) - rankOf(before.severity)
  if (bySeverity !== 0) return bySeverity
  for (const [name, direction] of Object.entries(check.worseWhen ?? {}).sort(([one], [other]) => compareText(one, other))) {
    const [old, now] = [before.values[name], after.values[name]]
    if (typeof old !== 'number' || typeof now !== 'number' || old === now) continue
    return direction === 'higher' ? now - old : old - now
  }
  return 0
}

/** Higher is more serious. */
function rankOf(severity: Severity): number {
  return severities.length - severities.indexOf(severity)
}

/** Order of code units: the same on every machine, whatever its language. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function scoreChanges(checks: readonly AnyCheck[], before: Outcomes, after: Outcomes): Pick<Comparison, 'score' | 'areas'> {
  const shared = checks.filter(({ id }) => counts(before.get(id)) && counts(after.get(id)))
  const score = (list: readonly AnyCheck[], outcomes: Outcomes): ReturnType<typeof scoreOf> =>
    scoreOf(
      list,
      list.flatMap(({ id }) => resultOf(id, outcomes)),
    )
  const [old, now] = [score(checks, before), score(checks, after)]
  const [sharedOld, sharedNow] = [score(shared, before), score(shared, after)]
  const area = (name: Area): ScoreChange => ({
    before: old.areas[name],
    after: now.areas[name],
    change: difference(sharedOld.areas[name], sharedNow.areas[name]),
  })
  return {
    score: { before: old.value, after: now.value, change: difference(sharedOld.value, sharedNow.value) },
    areas: {
      applications: area('applications'),
      conditionalAccess: area('conditionalAccess'),
      authentication: area('authentication'),
      privilegedRoles: area('privilegedRoles'),
      guestsAndUsers: area('guestsAndUsers'),
      devicesAndSync: area('devicesAndSync'),
    },
  }
}

/** Verdicts that count in a score. */
function counts(outcome: Outcome | undefined): boolean {
  return outcome?.verdict === 'pass' || outcome?.verdict === 'warn' || outcome?.verdict === 'fail'
}

function resultOf(checkId: string, outcomes: Outcomes): CheckResult[] {
  const outcome = outcomes.get(checkId)
  return outcome ? [{ checkId, outcome }] : []
}

function difference(before: number | null, after: number | null): number | null {
  if (before === null || after === null) return null
  // Zero and not minus zero: both sides of a mirror read the same.
  return Math.round((after - before) * 10) / 10 + 0
}
