import type { AnyCheck, Unknown } from './check.ts'
import type { DerivedFact, Fact, Folding } from './fact.ts'
import { derivedFacts as allDerivedFacts, facts as allFacts } from './facts.ts'
import type { Licences } from './licences.ts'
import { parseRow, parseRows, parseRowsInSteps } from './parse.ts'
import type { ParsedRows } from './parse.ts'
import type { FactReading, Readings } from './reading.ts'
import { unread } from './reading.ts'

/** Where licences show. */
export const licenceFact = 'subscribedSkus'

type Missing = Omit<Unknown, 'verdict'>
interface Unparsed {
  readonly state: 'unparsed'
  readonly fact: Fact
  readonly rows: readonly unknown[]
}
type Loaded = { readonly state: 'read'; readonly rows: readonly unknown[] } | ({ readonly state: 'unread' } & Missing)

/** Facts as the judge sees them: each parsed once, or with why it was not read. */
export interface LoadedFacts {
  /**
   * Why the fact cannot be used, or undefined when it can. Asking for a fact that rests on streamed rows sums those up: no more of
   * them may come.
   */
  readonly missing: (fact: string) => Missing | undefined
  readonly whole: (fact: string) => readonly unknown[] | undefined
  /** Parses one streamed row and hands it to what is folded from it; undefined once the fact has become unreadable. */
  readonly accept: (fact: string, row: unknown) => { readonly row: unknown } | undefined
  /**
   * Parses what is held whole and begins what is folded, pausing every few milliseconds. What it has not come to is done at once when it is
   * asked for.
   */
  readonly prepare: () => Generator<void, void, void>
}

export interface FactLists {
  readonly facts: readonly Fact[]
  readonly derived: readonly DerivedFact[]
}

export const productFacts: FactLists = { facts: allFacts, derived: allDerivedFacts }

interface Fold {
  readonly fact: DerivedFact
  folding: Folding<unknown> | Missing | undefined
}

/** Loads what the checks need; facts held whole are parsed, and derived ones computed, when they are first asked for. */
export function loadFacts(
  readings: Readings,
  licences: Licences,
  checks: readonly AnyCheck[],
  lists: FactLists = productFacts,
  /** Derived facts that are wanted beside those of the checks. */
  also: readonly string[] = [],
  /** Whether the reading goes on, so that what was not read may yet come. */
  isUnderWay = false,
): LoadedFacts {
  const needed = new Set([...neededFacts(checks, lists.derived), ...restsOn(also, lists.derived)])
  const loaded = new Map<string, Loaded>()
  const unparsed = new Map<string, Unparsed>()
  const streams = new Map<string, { readonly fact: Fact; readonly folds: readonly Fold[]; accepted: number }>()
  const mustHaveRows = new Map(lists.facts.filter(({ neverEmpty }) => neverEmpty).map((fact) => [fact.id, fact]))
  const derived = new Map(lists.derived.map((fact) => [fact.id, { fact, folding: undefined } as Fold]))
  const folds = [...derived.values()].filter(({ fact }) => fact.over.length > 0 && needed.has(fact.id))
  for (const fact of lists.facts) {
    if (needed.has(fact.id)) {
      const found = load(fact, readings[fact.id], licences)
      if (found.state === 'unparsed') unparsed.set(fact.id, found)
      else loaded.set(fact.id, found)
    }
    if (fact.held === 'streamed')
      streams.set(fact.id, { fact, folds: folds.filter((fold) => fold.fact.over.includes(fact.id)), accepted: 0 })
  }

  function reading(id: string): Loaded {
    const known = loaded.get(id)
    if (known) return known
    const open = unparsed.get(id)
    if (open) return keep(open.fact, parseRows(open.fact, open.rows))
    const fold = derived.get(id)
    if (!fold) throw new Error(`The fact ${id} is not in the list of facts.`)
    const answer = compute(fold)
    loaded.set(id, answer)
    return answer
  }

  function keep({ id }: Fact, parsed: ParsedRows<unknown>): Loaded {
    const answer: Loaded = parsed.ok
      ? { state: 'read', rows: parsed.rows }
      : { state: 'unread', fact: id, reason: 'shape', detail: parsed.detail }
    loaded.set(id, answer)
    unparsed.delete(id)
    return answer
  }

  function* prepare(): Generator<void, void, void> {
    for (const { fact, rows } of [...unparsed.values()]) {
      const parsed = yield* parseRowsInSteps(fact, rows)
      if (unparsed.has(fact.id)) keep(fact, parsed)
      yield
    }
    for (const fold of folds) {
      if (!restsOnRead(fold.fact)) continue
      begun(fold)
      yield
    }
  }

  /** Whether everything beside the rows to come is there: nothing that is folded from other streamed facts. */
  function restsOnRead({ needs, helps }: DerivedFact): boolean {
    return [...restsOn([...needs, ...helps], lists.derived)].every((id) => (derived.get(id)?.fact.over.length ?? 0) === 0)
  }

  function compute(fold: Fold): Loaded {
    const folding = begun(fold)
    const broken = 'reason' in folding ? folding : firstMissing(fold.fact.over)
    if (broken) return { state: 'unread', ...broken }
    if ('reason' in folding) throw new Error(`The derived fact ${fold.fact.id} has no sources.`)
    const answer = folding.finish()
    if ('rows' in answer) return { state: 'read', rows: answer.rows }
    return { state: 'unread', fact: fold.fact.id, reason: 'shape', detail: answer.undecided }
  }

  function begun(fold: Fold): Folding<unknown> | Missing {
    fold.folding ??= firstMissing(fold.fact.needs) ?? stillComing(fold.fact.helps) ?? fold.fact.begin(sourcesOf(fold.fact))
    return fold.folding
  }

  function sourcesOf({ needs, helps }: DerivedFact): Readonly<Record<string, readonly unknown[]>> {
    return wholeOf([...needs, ...helps.filter((id) => !missing(id))])
  }

  /** What helps and is still being read is waited for, so that nothing is said and taken back. */
  function stillComing(helps: readonly string[]): Missing | undefined {
    return isUnderWay ? helps.map(missing).find((one) => one?.reason === 'notYet') : undefined
  }

  function firstMissing(ids: readonly string[]): Missing | undefined {
    for (const id of ids) {
      const source = missing(id)
      if (source) return source
    }
    return undefined
  }

  function wholeOf(ids: readonly string[]): Readonly<Record<string, readonly unknown[]>> {
    return Object.fromEntries(ids.map((id) => [id, whole(id) ?? []]))
  }

  function missing(id: string): Missing | undefined {
    // Licences are asked for by checks that name no fact.
    if (id === licenceFact && !loaded.has(id) && !unparsed.has(id)) return undefined
    const known = reading(id)
    if (known.state === 'unread') return { fact: known.fact, reason: known.reason, detail: known.detail }
    const fact = mustHaveRows.get(id)
    const rows = streams.get(id)?.accepted ?? known.rows.length
    return fact && rows === 0 ? emptyAnswer(fact) : undefined
  }

  function whole(id: string): readonly unknown[] | undefined {
    const known = reading(id)
    return known.state === 'read' ? known.rows : undefined
  }

  function accept(id: string, value: unknown): { readonly row: unknown } | undefined {
    const stream = streams.get(id)
    if (!stream) throw new Error(`The fact ${id} is held whole: its rows come with its reading.`)
    if (loaded.get(id)?.state !== 'read') return undefined
    const parsed = parseRow(stream.fact, value, stream.accepted)
    stream.accepted += 1
    if (!parsed.ok) {
      loaded.set(id, { state: 'unread', fact: id, reason: 'shape', detail: parsed.detail })
      return undefined
    }
    for (const fold of stream.folds) {
      if (loaded.has(fold.fact.id))
        throw new Error(
          `A row of ${id} came after ${fold.fact.id} was summed up. Hand over streamed facts one after the other, in the order of the list.`,
        )
      const folding = begun(fold)
      if (!('reason' in folding)) folding.add(id, parsed.row)
    }
    return parsed
  }

  return { missing, whole, accept, prepare }
}

function emptyAnswer({ id, source }: Fact): Missing {
  return { fact: id, reason: 'shape', detail: `${source.path} answered no row, and every tenant has at least one.` }
}

/** Ids of all facts that the checks rest on, through derived facts over derived facts down to what is read. */
export function neededFacts(checks: readonly AnyCheck[], derived: readonly DerivedFact[] = allDerivedFacts): ReadonlySet<string> {
  return restsOn(
    checks.flatMap((check) => [...check.needs, ...(check.each ?? []), ...(check.licence || check.subscription ? [licenceFact] : [])]),
    derived,
  )
}

/** The facts given and everything below them. */
export function restsOn(ids: readonly string[], derived: readonly DerivedFact[] = allDerivedFacts): ReadonlySet<string> {
  const found = new Set<string>()
  const byId = indexOf(derived)
  const open = [...ids]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    const fact = byId.get(id)
    if (fact) open.push(...fact.needs, ...fact.over, ...fact.helps)
  }
  return found
}

const indexes = new WeakMap<readonly DerivedFact[], ReadonlyMap<string, DerivedFact>>()

function indexOf(derived: readonly DerivedFact[]): ReadonlyMap<string, DerivedFact> {
  const known = indexes.get(derived)
  if (known) return known
  const made = new Map(derived.map((fact) => [fact.id, fact]))
  indexes.set(derived, made)
  return made
}

function load(fact: Fact, reading: FactReading | undefined, licences: Licences): Loaded | Unparsed {
  const known = reading ?? unread('notYet', `${fact.source.path} was not read.`)
  if (known.state === 'unread') {
    const absent = fact.withoutLicence === 'empty' && fact.licence && licences[fact.licence] === 'absent'
    return absent ? { state: 'read', rows: [] } : { state: 'unread', fact: fact.id, reason: known.reason, detail: known.detail }
  }
  if (fact.held === 'streamed') return { state: 'read', rows: [] }
  if (!known.rows) throw new Error(`The fact ${fact.id} is held whole, but its reading came without rows.`)
  return { state: 'unparsed', fact, rows: known.rows }
}
