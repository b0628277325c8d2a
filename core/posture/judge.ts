import { factKey } from './fact.ts'
import type { Fact, FactKey } from './fact.ts'
import type { Baseline } from './baseline.ts'
import type { AffectedObject, AnyCheck, CheckResult, JudgeContext, RowVerdict, Unknown, Verdict } from './check.ts'
import { licenceFact, loadFacts } from './judge-facts.ts'
import type { LoadedFacts } from './judge-facts.ts'
import { licenceTitles } from './licences.ts'
import type { Licences } from './licences.ts'
import type { Readings } from './reading.ts'
import type { Settings } from './settings.ts'

export interface JudgeInput {
  readonly checks: readonly AnyCheck[]
  readonly readings: Readings
  /** Milliseconds since 1970, UTC: the snapshot's time. */
  readonly now: number
  readonly settings: Settings
  readonly baseline: Baseline
  readonly licences: Licences
  /** The facts there are; the product's own unless a test brings others. */
  readonly facts?: readonly Fact[]
}

export interface Judging {
  /** One stored row of a streamed fact. It is parsed once, however many checks look at it. */
  readonly accept: (fact: string, row: unknown) => void
  /** One result for each check, in the order of the checks. The same rows give the same bytes, in whatever order they came. */
  readonly finish: () => readonly CheckResult[]
}

/** The whole facts of a check, by id. Each entry typed them; the judge only passes them on. */
type WholeFacts = Readonly<Record<string, readonly unknown[]>>

interface RowTally {
  readonly check: AnyCheck
  readonly each: readonly string[]
  readonly whole: WholeFacts
  readonly found: RowVerdict[number][]
}

/** Starts judging: whole facts come with the readings, rows of streamed facts follow through `accept`. */
export function startJudging(input: JudgeInput): Judging {
  const context: JudgeContext = { now: input.now, settings: input.settings, parameters: input.baseline.parameters }
  const loaded = loadFacts(input.readings, input.licences, input.checks, input.facts)
  const tallies = input.checks.flatMap((check) =>
    check.each && !settled(check, loaded, input.licences) ? [{ check, each: check.each, whole: wholeFacts(check, loaded), found: [] }] : [],
  )

  for (const fact of new Set(tallies.flatMap(({ each }) => each))) {
    for (const row of loaded.whole(fact) ?? []) tally(tallies, fact, row, context)
  }

  function accept(fact: string, row: unknown): void {
    const parsed = loaded.accept(fact, row)
    if (parsed) tally(tallies, fact, parsed.row, context)
  }

  function finish(): readonly CheckResult[] {
    return input.checks.map((check) => ({ checkId: check.id, outcome: outcomeOf(check) }))
  }

  // Asked again at the end: a streamed row may have made a fact unreadable since.
  function outcomeOf(check: AnyCheck): Verdict | Unknown {
    const known = settled(check, loaded, input.licences)
    if (known) return known
    const rows = tallies.find((candidate) => candidate.check === check)
    return rows ? summarise(rows, context) : ordered(judgeTenant(check, wholeFacts(check, loaded), context))
  }

  return { accept, finish }
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
    if (missing) return { verdict: 'unknown', ...missing }
  }
  return undefined
}

function wholeFacts(check: AnyCheck, loaded: LoadedFacts): WholeFacts {
  return Object.fromEntries(check.needs.map((fact) => [fact, loaded.whole(fact) ?? []]))
}

function judgeTenant(check: AnyCheck, whole: WholeFacts, context: JudgeContext): Verdict {
  // `needs` was typed against this very function by defineCheck; the list of checks forgets it.
  const judge = check.judge as unknown as (facts: WholeFacts, context: JudgeContext) => Verdict
  return judge(whole, context)
}

function tally(tallies: readonly RowTally[], fact: string, row: unknown, context: JudgeContext): void {
  for (const { check, each, whole, found } of tallies) {
    if (!each.includes(fact)) continue
    const judge = check.judge as unknown as (row: { fact: string; row: unknown }, facts: WholeFacts, context: JudgeContext) => RowVerdict
    found.push(...judge({ fact, row }, whole, context))
  }
}

function summarise({ check, each, found }: RowTally, context: JudgeContext): Verdict {
  if (!check.summary) throw new Error(`The check ${check.id} looks at rows but has no summary.`)
  const basis = each.map((fact) => factKey(fact, ''))
  const failing = found.filter(({ verdict }) => verdict === 'fail').length
  const values = { count: found.length, failing, warning: found.length - failing, ...check.summary.values?.(context) }
  if (found.length === 0) return { verdict: 'pass', reason: check.summary.pass, values, basis }
  const verdict = failing > 0 ? 'fail' : 'warn'
  return ordered({ verdict, reason: check.summary[verdict], values, objects: found.map(({ object }) => object), basis })
}

/** Order must not depend on the order in which Graph gave the rows. */
function ordered(verdict: Verdict): Verdict {
  if (verdict.verdict !== 'fail' && verdict.verdict !== 'warn') return verdict
  return { ...verdict, objects: [...verdict.objects].sort(byObject), basis: distinct(verdict.basis) }
}

function byObject(left: AffectedObject, right: AffectedObject): number {
  const [first, second] = [sortKey(left), sortKey(right)]
  return first < second ? -1 : first > second ? 1 : 0
}

function sortKey({ type, id, part }: AffectedObject): string {
  return `${type}\n${id.toLowerCase()}\n${(part ?? '').toLowerCase()}`
}

function distinct(basis: readonly FactKey[]): readonly FactKey[] {
  return [...new Set(basis)].sort()
}
