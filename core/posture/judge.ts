import { factKey } from './fact.ts'
import type { FactKey, Reading } from './fact.ts'
import type { Baseline } from './baseline.ts'
import type { AnyCheck, CheckResult, JudgeContext, RowVerdict, Unknown, Verdict } from './check.ts'
import { derivedFactOf } from './facts.ts'
import type { DerivedFactId, FactRow } from './facts.ts'
import { firstObjects } from './first-objects.ts'
import type { FirstObjects } from './first-objects.ts'
import { licenceFact, loadFacts, neededFacts, productFacts, restsOn } from './judge-facts.ts'
import type { FactLists, LoadedFacts } from './judge-facts.ts'
import { namer } from './judge-near-miss.ts'
import { licenceTitles } from './licences.ts'
import { ownValuesOf, parametersInForce } from './parameters/in-force.ts'
import { watched } from './parameters/watch.ts'
import type { Licences } from './licences.ts'
import { judgedDeclared } from './near-miss.ts'
import type { Readings } from './reading.ts'
import { subscriptionKinds } from './rules/plan-licence.ts'
import type { Settings } from './settings.ts'

export interface JudgeInput {
  readonly checks: readonly AnyCheck[]
  readonly readings: Readings
  /** Milliseconds since 1970, UTC: the snapshot's time. */
  readonly now: number
  /** Its `overrides` take the place of the baseline's parameters. */
  readonly settings: Settings
  readonly baseline: Baseline
  readonly licences: Licences
  /** The facts there are; the product's own unless a test brings others. */
  readonly facts?: FactLists['facts']
  readonly derived?: FactLists['derived']
  /** Derived facts whose rows are asked for beside the results. */
  readonly also?: readonly DerivedFactId[]
  /** Whether the reading goes on: what was not read may yet come. */
  readonly isUnderWay?: boolean
}

export interface Judging {
  /** Parses facts that are held whole and pauses every few milliseconds, for a process that does other work in between; may be left out. */
  readonly prepare: () => Generator<void, void, void>
  /**
   * One stored row of a streamed fact; streamed facts come one after the other, in the order of the list of facts. A row is parsed once,
   * however many checks and folds look at it.
   */
  readonly accept: (fact: string, row: unknown) => void
  /** One result for each check, in the order of the checks. The same rows give the same bytes, in whatever order they came. */
  readonly finish: () => readonly CheckResult[]
  /** The same results one by one, for a process that does other work in between. */
  readonly results: () => Generator<CheckResult, void, void>
  /** Rows of a derived fact, or why it is not known; asked for when no more rows come. */
  readonly rowsOf: <Id extends DerivedFactId>(fact: Id) => Reading<FactRow<Id>>
}

/** The whole facts of a check, by id. Each entry typed them; the judge only passes them on. */
type WholeFacts = Readonly<Record<string, readonly unknown[]>>

interface RowTally {
  readonly check: AnyCheck
  readonly each: readonly string[]
  readonly context: JudgeContext
  /** What the check needs beside its rows; 'settled' where its verdict rests on no row. Undefined until the first row. */
  whole: WholeFacts | 'settled' | undefined
  failing: number
  warning: number
  readonly objects: FirstObjects
}

/** Starts judging: whole facts come with the readings, rows of streamed facts follow through `accept`. */
export function startJudging(input: JudgeInput): Judging {
  const contexts = contextsOf(input)
  const lists = { facts: input.facts ?? productFacts.facts, derived: input.derived ?? productFacts.derived }
  const loaded = loadFacts(input.readings, input.licences, input.checks, lists, input.also, input.isUnderWay)
  const named = namer(loaded, neededFacts(input.checks, lists.derived))
  const streamed = new Set(lists.facts.filter(({ held }) => held === 'streamed').map(({ id }) => id))
  const tallies = input.checks.flatMap((check): RowTally[] =>
    check.each
      ? [{ check, each: check.each, context: contexts.of(check), whole: undefined, failing: 0, warning: 0, objects: firstObjects() }]
      : [],
  )
  const byFact = new Map([...streamed].map((id) => [id, tallies.filter(({ each }) => each.includes(id))]))

  function accept(fact: string, row: unknown): void {
    const parsed = loaded.accept(fact, row)
    if (!parsed) return
    for (const tally of byFact.get(fact) ?? []) look(tally, fact, parsed.row)
  }

  function look(tally: RowTally, fact: string, row: unknown): void {
    const { check } = tally
    tally.whole ??= settled(check, loaded, input.licences) ? 'settled' : wholeFacts(check, loaded)
    if (tally.whole === 'settled') return
    const judge = check.judge as unknown as (row: { fact: string; row: unknown }, facts: WholeFacts, context: JudgeContext) => RowVerdict
    for (const { verdict, object } of judge({ fact, row }, tally.whole, tally.context)) {
      if (verdict === 'fail') tally.failing += 1
      else tally.warning += 1
      tally.objects.add(object)
    }
  }

  /** Rows that are held whole are looked at last, when everything that is folded can be known. */
  function* results(): Generator<CheckResult, void, void> {
    for (const check of input.checks) {
      const tally = tallies.find((candidate) => candidate.check === check)
      for (const fact of tally?.each.filter((id) => !streamed.has(id)) ?? []) {
        for (const row of loaded.whole(fact) ?? []) if (tally) look(tally, fact, row)
      }
      yield { checkId: check.id, outcome: outcomeOf(check) }
    }
  }

  // Asked again at the end: a streamed row may have made a fact unreadable since.
  function outcomeOf(check: AnyCheck): Verdict | Unknown {
    const known = settled(check, loaded, input.licences)
    if (known) return known
    const rows = tallies.find((candidate) => candidate.check === check)
    const context = contexts.of(check)
    if (rows) return contexts.marked(check, summarise(rows))
    const whole = wholeFacts(check, loaded)
    const judge = (settings: Settings): Verdict => judgeTenant(check, whole, { ...context, settings })
    return contexts.marked(check, listed(named(judgedDeclared(judge(context.settings), context.settings, judge))))
  }

  function rowsOf<Id extends DerivedFactId>(fact: Id): Reading<FactRow<Id>> {
    const missing = loaded.missing(fact)
    if (missing) return { state: 'unread', reason: missing.reason, detail: missing.detail }
    // The derived fact of that id made these rows.
    const rows = (loaded.whole(fact) ?? []) as readonly FactRow<Id>[]
    return { state: 'read', rows, asOf: new Date(input.now).toISOString() }
  }

  return { prepare: loaded.prepare, accept, finish: () => [...results()], results, rowsOf }
}

/** What each check is told beside the facts; a verdict that looked at a value of the tenant's own is marked with it. */
function contextsOf({ now, settings, baseline }: JudgeInput) {
  const parameters = parametersInForce(baseline, settings.overrides)
  const own = ownValuesOf(baseline, settings.overrides)
  const common: JudgeContext = { now, settings, parameters }
  const seen = new Map<AnyCheck, { readonly context: JudgeContext; readonly looked: Set<string> }>()
  function of(check: AnyCheck): JudgeContext {
    if (own.size === 0) return common
    const known = seen.get(check)
    if (known) return known.context
    const looked = new Set<string>()
    const context = { now, settings, parameters: watched(parameters, (id) => looked.add(id)) }
    seen.set(check, { context, looked })
    return context
  }
  function marked(check: AnyCheck, verdict: Verdict): Verdict {
    const looked = seen.get(check)?.looked
    const ownValues = [...own.values()].filter(({ parameter }) => looked?.has(parameter))
    return ownValues.length === 0 ? verdict : { ...verdict, ownValues }
  }
  return { of, marked }
}

/** What is clear before a check is asked: the licence is known to be absent, or something that it needs was not read. */
function settled(check: AnyCheck, loaded: LoadedFacts, licences: Licences): Verdict | Unknown | undefined {
  if (check.licence) {
    if (licences[check.licence] === 'absent') {
      return { verdict: 'notApplicable', reason: 'licence', values: { licence: licenceTitles[check.licence] } }
    }
    // Subscriptions that were answered but cannot be understood might have said that the check does not apply.
    const subscriptions = loaded.missing(licenceFact)
    if (subscriptions?.reason === 'shape') return { verdict: 'unknown', ...subscriptions }
  }
  for (const fact of [...check.needs, ...(check.each ?? [])]) {
    const missing = loaded.missing(fact)
    // A fault says nothing of subscriptions, and nor does a missing permission: only a refusal for want of a licence does.
    if (missing?.reason === 'licence' && lacksSubscription(check, loaded))
      return { verdict: 'notApplicable', reason: 'notLicensed', values: {} }
    if (missing) return { verdict: 'unknown', ...missing }
  }
  return undefined
}

/** Whether the subscriptions were read and none brings what the check names. */
function lacksSubscription({ subscription }: AnyCheck, loaded: LoadedFacts): boolean {
  const rows = subscription && !loaded.missing(licenceFact) ? loaded.whole(licenceFact) : undefined
  // The fact's own schema made these rows.
  return (
    subscription !== undefined && rows !== undefined && !subscriptionKinds[subscription](rows as readonly FactRow<typeof licenceFact>[])
  )
}

function wholeFacts(check: AnyCheck, loaded: LoadedFacts): WholeFacts {
  return Object.fromEntries(check.needs.map((fact) => [fact, loaded.whole(fact) ?? []]))
}

function judgeTenant(check: AnyCheck, whole: WholeFacts, context: JudgeContext): Verdict {
  // `needs` was typed against this very function by defineCheck; the list of checks forgets it.
  const judge = check.judge as unknown as (facts: WholeFacts, context: JudgeContext) => Verdict
  return judge(whole, context)
}

function summarise({ check, each, context, failing, warning, objects }: RowTally): Verdict {
  if (!check.summary) throw new Error(`The check ${check.id} looks at rows but has no summary.`)
  // A derived fact is nothing that a person can look up: what it was computed from is.
  const basis = distinct([...restsOn(each)].filter((fact) => !derivedFactOf(fact)).map((fact) => factKey(fact, '')))
  const values = { count: failing + warning, failing, warning, ...check.summary.values?.(context) }
  if (failing + warning === 0) return { verdict: 'pass', reason: check.summary.pass, values, basis }
  const verdict = failing > 0 ? 'fail' : 'warn'
  return { verdict, reason: check.summary[verdict], values, ...shown(objects), basis }
}

/** Order must not depend on the order in which Graph gave the rows. */
function listed(verdict: Verdict): Verdict {
  if (verdict.verdict !== 'fail' && verdict.verdict !== 'warn') return verdict
  const objects = firstObjects()
  for (const object of verdict.objects) objects.add(object)
  return { ...verdict, ...shown(objects), basis: distinct(verdict.basis) }
}

function shown(objects: FirstObjects): Pick<Extract<Verdict, { objects: unknown }>, 'objects' | 'unlisted'> {
  const list = objects.list()
  const unlisted = objects.count() - list.length
  return { objects: list, ...(unlisted > 0 ? { unlisted } : {}) }
}

function distinct(basis: readonly FactKey[]): readonly FactKey[] {
  return [...new Set(basis)].sort()
}
