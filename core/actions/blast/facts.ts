import type { Baseline } from '../../posture/baseline.ts'
import type { DerivedFact, UnreadReason } from '../../posture/fact.ts'
import { derivedFactOf, factOf, type FactRow, type ReadFactId } from '../../posture/facts.ts'
import { licencesOf } from '../../posture/licences.ts'
import type { Settings } from '../../posture/settings.ts'

export interface Unread {
  readonly unread: UnreadReason
  /** A scope, a role, a licence, Graph's error code. */
  readonly detail: string
}

/** Parsed rows by fact. Of a streamed fact only those about the plan's objects; of a fact nobody asked for, nothing. */
export type FactRows = { readonly [Id in ReadFactId]?: readonly FactRow<Id>[] | Unread }

/** Numbers that are counted where the rows lie, because the rows are too many to hand over. */
export interface Counts {
  readonly enabledPeople: Count
  readonly guests: Count
  /** People and groups that are assigned to the plan's application. */
  readonly assignedPeople: Count
  readonly assignedGroups: Count
  /** Applications to which people consented for themselves. */
  readonly consentedApplications: Count
}
/** A number, or the fact that is needed for it and why it was not read. */
export type Count = number | (Unread & { readonly fact: ReadFactId })

/** People who signed in through an application in the last 30 days; `isAll`: false where there may be more. Or why that is not known. */
export type SignInsThrough =
  { readonly people: number; readonly isAll: boolean } | { readonly notKnown: UnreadReason | 'slow'; readonly detail: string }

/** What the last finished scan shows of the objects of a plan. */
export interface BlastFacts {
  /** ISO time of the scan. */
  readonly asOf: string
  /** Milliseconds since 1970 at which it is asked. */
  readonly now: number
  readonly settings: Settings
  readonly baseline: Baseline
  readonly rows: FactRows
  readonly counts: Partial<Counts>
  /** By client id in lower case: read when the change was asked for. */
  readonly signIns: ReadonlyMap<string, SignInsThrough>
  /** Object ids of the person who asks, and of the Aid where it is connected. */
  readonly requesterId: string
  readonly aid: { readonly id: string; readonly userPrincipalName: string } | null
}

/** Looks facts up and remembers what it could not answer: nothing unread is taken for nothing there. */
export interface Lookup {
  readonly facts: BlastFacts
  /** Rows of a fact, or undefined where it was not read. */
  readonly rows: <Id extends ReadFactId>(fact: Id) => readonly FactRow<Id>[] | undefined
  /** Rows of a derived fact, computed from these rows or from changed ones. */
  readonly derived: <Row>(fact: DerivedFact<string, Row>, rows?: FactRows) => readonly Row[] | undefined
  readonly count: (name: keyof Counts) => number | undefined
  /** Notes that something is not known although its fact was read. */
  readonly note: (title: string, unread: Unread) => void
  /** What could not be answered so far, by the title of the fact. */
  readonly missing: () => ReadonlyMap<string, Unread>
}

export function lookup(facts: BlastFacts): Lookup {
  const missing = new Map<string, Unread>()
  const note: Lookup['note'] = (title, unread) => void missing.set(title, unread)

  function rows<Id extends ReadFactId>(fact: Id, from: FactRows = facts.rows): readonly FactRow<Id>[] | undefined {
    const known = rowsOf(from, fact)
    if (isRows(known)) return known
    note(factOf(fact)?.title ?? fact, known)
    return undefined
  }

  function derived<Row>(fact: DerivedFact<string, Row>, from: FactRows = facts.rows): readonly Row[] | undefined {
    const whole: Record<string, readonly unknown[]> = {}
    for (const id of fact.needs) {
      const source = derivedFactOf(id)
      const known = source ? derived(source, from) : rows(id as ReadFactId, from)
      if (!known) return undefined
      whole[id] = known
    }
    // What only helps is used where it was read, and not missed where it was not.
    for (const id of fact.helps) {
      const known = derivedFactOf(id) ? undefined : rowsOf(from, id as ReadFactId)
      if (known && isRows(known)) whole[id] = known
    }
    const folding = fact.begin(whole)
    for (const id of fact.over) {
      const known = rows(id as ReadFactId, from)
      if (!known) return undefined
      for (const row of known) folding.add(id, row)
    }
    const answer = folding.finish()
    if ('rows' in answer) return answer.rows
    note(fact.title, { unread: 'shape', detail: answer.undecided })
    return undefined
  }

  function count(name: keyof Counts): number | undefined {
    const known = facts.counts[name]
    if (typeof known === 'number') return known
    const fact = known?.fact ?? countedFrom[name]
    note(factOf(fact)?.title ?? fact, known ?? { unread: 'notYet', detail: '' })
    return undefined
  }

  return { facts, rows, derived, count, note, missing: () => missing }
}

export const countedFrom = {
  enabledPeople: 'users',
  guests: 'users',
  assignedPeople: 'appRoleAssignments',
  assignedGroups: 'appRoleAssignments',
  consentedApplications: 'oauth2PermissionGrants',
} as const satisfies Record<keyof Counts, ReadFactId>

/** Rows of a fact; none where the tenant lacks the licence without which there can be none. */
export function rowsOf<Id extends ReadFactId>(rows: FactRows, id: Id): readonly FactRow<Id>[] | Unread {
  const known: readonly FactRow<Id>[] | Unread = rows[id] ?? { unread: 'notYet', detail: '' }
  if (isRows(known)) return known
  const fact = factOf(id)
  if (fact?.withoutLicence !== 'empty' || !fact.licence) return known
  const subscriptions = rows.subscribedSkus
  const licences = licencesOf(subscriptions && isRows(subscriptions) ? subscriptions : undefined)
  return licences[fact.licence] === 'absent' ? [] : known
}

/** Narrows a list of rows: `Array.isArray` does not know lists that are read only. */
export function isRows<Row>(known: readonly Row[] | Unread): known is readonly Row[] {
  return Array.isArray(known)
}
