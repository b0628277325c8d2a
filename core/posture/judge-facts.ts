import type { AnyCheck, Unknown } from './check.ts'
import type { Fact, Reading } from './fact.ts'
import { derivedFactOf, facts as allFacts } from './facts.ts'
import type { Licences } from './licences.ts'
import { parseRow, parseRows } from './parse.ts'
import type { FactReading, Readings } from './reading.ts'
import { unread } from './reading.ts'

/** Where licences show. */
export const licenceFact = 'subscribedSkus'

type Missing = Omit<Unknown, 'verdict'>
type Loaded = Reading<unknown>

/** Facts as the judge sees them: each parsed once, or with why it was not read. */
export interface LoadedFacts {
  /** Why the fact cannot be used, or undefined when it can. */
  readonly missing: (fact: string) => Missing | undefined
  readonly whole: (fact: string) => readonly unknown[] | undefined
  /** Parses one streamed row; undefined once the fact has become unreadable. */
  readonly accept: (fact: string, row: unknown) => { readonly row: unknown } | undefined
}

/** Parses what the checks need and computes the derived facts. */
export function loadFacts(
  readings: Readings,
  licences: Licences,
  checks: readonly AnyCheck[],
  facts: readonly Fact[] = allFacts,
): LoadedFacts {
  const needed = neededFacts(checks)
  const loaded = new Map<string, Loaded>()
  const accepted = new Map<string, number>()
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  for (const fact of facts) {
    if (needed.has(fact.id)) loaded.set(fact.id, load(fact, readings[fact.id], licences))
  }
  for (const id of needed) {
    const derived = derivedFactOf(id)
    if (derived)
      loaded.set(
        id,
        derive(derived, (source) => loaded.get(source)),
      )
  }

  function missing(id: string): Missing | undefined {
    const reading = loaded.get(id)
    if (!reading && id === licenceFact) return undefined
    if (!reading) throw new Error(`The fact ${id} is not in the list of facts.`)
    if (reading.state === 'read') return undefined
    const source = derivedFactOf(id)?.needs.find((need) => loaded.get(need)?.state === 'unread')
    return { fact: source ?? id, reason: reading.reason, detail: reading.detail }
  }

  function whole(id: string): readonly unknown[] | undefined {
    const reading = loaded.get(id)
    return reading?.state === 'read' ? reading.rows : undefined
  }

  function accept(id: string, value: unknown): { readonly row: unknown } | undefined {
    const fact = byId.get(id)
    if (!fact || fact.held !== 'streamed') throw new Error(`The fact ${id} is held whole: its rows come with its reading.`)
    const reading = loaded.get(id)
    if (reading?.state !== 'read') return undefined
    const index = accepted.get(id) ?? 0
    accepted.set(id, index + 1)
    const parsed = parseRow(fact, value, index)
    if (parsed.ok) return { row: parsed.row }
    loaded.set(id, unread('shape', parsed.detail))
    return undefined
  }

  return { missing, whole, accept }
}

/** Ids of all facts that the checks rest on, sources of derived facts included. */
export function neededFacts(checks: readonly AnyCheck[]): ReadonlySet<string> {
  const direct = checks.flatMap((check) => [...check.needs, ...(check.each ?? []), ...(check.licence ? [licenceFact] : [])])
  return new Set([...direct.flatMap((id) => derivedFactOf(id)?.needs ?? []), ...direct])
}

function load(fact: Fact, reading: FactReading | undefined, licences: Licences): Loaded {
  const known = reading ?? unread('notYet', `${fact.source.path} was not read.`)
  if (known.state === 'unread') {
    const absent = fact.withoutLicence === 'empty' && fact.licence && licences[fact.licence] === 'absent'
    return absent ? { state: 'read', rows: [], asOf: '' } : known
  }
  if (fact.held === 'streamed') return { state: 'read', rows: [], asOf: known.asOf }
  if (!known.rows) throw new Error(`The fact ${fact.id} is held whole, but its reading came without rows.`)
  const parsed = parseRows(fact, known.rows)
  return parsed.ok ? { state: 'read', rows: parsed.rows, asOf: known.asOf } : unread('shape', parsed.detail)
}

function derive(derived: NonNullable<ReturnType<typeof derivedFactOf>>, reading: (source: string) => Loaded | undefined): Loaded {
  const rows: Record<string, readonly unknown[]> = {}
  let asOf = ''
  for (const need of derived.needs) {
    const source = reading(need)
    if (!source) throw new Error(`The derived fact ${derived.id} rests on ${need}, which is not in the list of facts.`)
    if (source.state === 'unread') return source
    rows[need] = source.rows
    asOf = source.asOf > asOf ? source.asOf : asOf
  }
  const answer = derived.begin(rows).finish()
  return 'rows' in answer ? { state: 'read', rows: answer.rows, asOf } : unread('shape', answer.undecided)
}
