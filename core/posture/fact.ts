import type { z } from 'zod'

/** Graph throttling buckets (learn.microsoft.com/graph/throttling-limits). */
export type Bucket = 'identity' | 'reports' | 'conditionalAccess'

export type Licence = 'p1' | 'p2'

/** $expand on directory objects answers at most so many and no link to the rest: https://learn.microsoft.com/graph/query-parameters#expand */
export const expandLimit = 20

/** Where a fact is read: data only, interpreted by bot/src/graph/collect.ts and by the offline reader. */
export interface FactSource {
  /** Graph v1.0 path, for example '/applications'. With `each`, `{id}` stands for the parent row's id. */
  readonly path: string
  readonly select?: readonly string[]
  readonly filter?: string
  readonly expand?: string
  /** Largest page Graph accepts here; 'none' where Graph refuses $top. */
  readonly pageSize: number | 'none'
  /** Resource units of the plain request, before $select and $expand (learn.microsoft.com/graph/throttling-limits); 1 unless given. */
  readonly cost?: number
  /**
   * A never-null text property by whose beginnings a long list is read in parallel ranges. Needs `/$count`, by which the ranges are
   * proven complete.
   */
  readonly ranges?: string
  /** Filters that share no row and together let every row through, by the property's documented values: read in parallel. */
  readonly shares?: readonly string[]
  /** $expand answers at most 20 objects and says nothing of the rest: rows with 20 are completed from this path. */
  readonly completes?: { readonly property: string; readonly path: string }
  /**
   * Reads the path once for each distinct `id` (one or several of a row) among the parsed rows of other facts that `when` lets through.
   * Whoever reads adds that id to every row as `parentId`.
   */
  readonly each?: {
    readonly facts: readonly string[]
    readonly when: (row: unknown) => boolean
    readonly id: (row: unknown) => string | readonly string[]
    /** In place of rows: the account of the connected Aid, `{ id }`. While none is connected nothing is asked for, and there are no rows. */
    readonly account?: 'aid'
  }
  /** The path answers one object instead of a list. */
  readonly single?: true
  readonly bucket: Bucket
  /** Advanced queries need `ConsistencyLevel: eventual` on every page. */
  readonly eventual?: true
}

/** Ids of the parents to which a row leads. */
export function parentsOf(each: NonNullable<FactSource['each']>, row: unknown): readonly string[] {
  if (!each.when(row)) return []
  const ids = each.id(row)
  return typeof ids === 'string' ? [ids] : ids
}

/** Typed rows read from Graph, versioned by scan. */
export interface Fact<Id extends string = string, Row = unknown> {
  readonly id: Id
  readonly title: string
  readonly source: FactSource
  /** Delegated scopes without which Graph refuses the read. */
  readonly scopes: readonly string[]
  /** Licence without which Graph refuses the read. */
  readonly licence?: Licence
  /** What the rows are known to be where the licence is absent: 'empty' when the feature cannot hold rows without it. */
  readonly withoutLicence?: 'empty'
  /** The fields in use, which are also all that the store keeps. Parsing a parsed row gives the same row. */
  readonly row: z.ZodType<Row>
  /** Stable key of a row inside the fact. */
  key(row: Row): string
  /** 'streamed' grows with people and is never held in memory whole. */
  readonly held: 'whole' | 'streamed'
  /** Every tenant has a row: an answer without any says nothing, and is no reading. */
  readonly neverEmpty?: true
  /** Whether Graph v1.0 offers delta for the path. */
  readonly delta?: true
}

export function defineFact<const Id extends string, Row>(fact: Fact<Id, Row>): Fact<Id, Row> {
  return fact
}

/** Why a fact was not read. */
export const unreadReasons = ['scope', 'role', 'licence', 'graph', 'notYet', 'beta', 'shape'] as const
export type UnreadReason = (typeof unreadReasons)[number]

export type Reading<Row> =
  | { readonly state: 'read'; readonly rows: readonly Row[]; /** ISO time of the reading. */ readonly asOf: string }
  | {
      readonly state: 'unread'
      readonly reason: UnreadReason
      /** What would mend it: a scope, a role, a licence, Graph's error code. */ readonly detail: string
    }

/** `<fact>/<row key>`: what an explanation rests on and a test can resolve. With an empty row key, the whole reading of the fact. */
export type FactKey = `${string}/${string}`

export function factKey(fact: string, rowKey: string): FactKey {
  return `${fact}/${rowKey}`
}

/** Rows, or why the sources, though read, do not settle them: a guess is never an answer. */
export type Derived<Row> = { readonly rows: readonly Row[] } | { readonly undecided: string }

/** A fact computed from other facts; unknown when any of its sources is. */
export interface DerivedFact<Id extends string = string, Row = unknown> {
  readonly id: Id
  readonly title: string
  /** Facts held whole, read or derived. Derived ones stand before this one in the list. */
  readonly needs: readonly string[]
  /** Streamed facts whose rows pass by one at a time; empty when there are none. */
  readonly over: readonly string[]
  /** Facts held whole that it uses where they are known and does without where they are not; none that is summed up from streamed rows. */
  readonly helps: readonly string[]
  /** One computation: whole sources in, then each streamed row, then the answer. */
  readonly begin: (facts: Readonly<Record<string, readonly unknown[]>>) => Folding<Row>
}

export interface Folding<Row> {
  /** Takes one parsed row of a streamed source, in no promised order. */
  readonly add: (fact: string, row: unknown) => void
  readonly finish: () => Derived<Row>
}

type Sources = Readonly<Record<string, Fact | DerivedFact>>
type RowOf<Source> = Source extends Fact<string, infer Row> ? Row : Source extends DerivedFact<string, infer Row> ? Row : never
type RowsOf<From extends Sources> = { readonly [Name in keyof From]: readonly RowOf<From[Name]>[] }

/** From whole facts at once. `from` types the sources; their ids are what the fact needs. */
export function defineDerived<
  const Id extends string,
  const From extends Sources,
  Row,
  const Helps extends Sources = Record<never, Fact>,
>(fact: {
  readonly id: Id
  readonly title: string
  readonly from: From
  readonly helps?: Helps
  readonly derive: (facts: RowsOf<From> & Partial<RowsOf<Helps>>) => Derived<Row>
}): DerivedFact<Id, Row> {
  return {
    id: fact.id,
    title: fact.title,
    needs: Object.keys(fact.from),
    over: [],
    helps: Object.keys(fact.helps ?? {}),
    // The judge hands over parsed rows under the same names, so the typed and the erased form agree.
    begin: (facts) => ({ add: () => undefined, finish: () => fact.derive(facts as RowsOf<From> & Partial<RowsOf<Helps>>) }),
  }
}

/** From streamed facts, row by row, so that memory holds the summary and never the rows; whole facts may help. */
export function defineFolded<
  const Id extends string,
  const From extends Sources,
  const Over extends Readonly<Record<string, Fact>>,
  State,
  Row,
  const Helps extends Sources = Record<never, Fact>,
>(fact: {
  readonly id: Id
  readonly title: string
  readonly from: From
  readonly over: Over
  readonly helps?: Helps
  readonly start: (facts: RowsOf<From> & Partial<RowsOf<Helps>>) => State
  /** Changes the state in place. */
  readonly add: (
    state: State,
    row: { [Name in keyof Over & string]: { readonly fact: Name; readonly row: RowOf<Over[Name]> } }[keyof Over & string],
  ) => void
  readonly finish: (state: State, facts: RowsOf<From> & Partial<RowsOf<Helps>>) => Derived<Row>
}): DerivedFact<Id, Row> {
  type Item = Parameters<typeof fact.add>[1]
  return {
    id: fact.id,
    title: fact.title,
    needs: Object.keys(fact.from),
    over: Object.keys(fact.over),
    helps: Object.keys(fact.helps ?? {}),
    begin(facts) {
      // As above: the judge parsed these rows by the very facts named here.
      const whole = facts as RowsOf<From> & Partial<RowsOf<Helps>>
      const state = fact.start(whole)
      return { add: (name, row) => fact.add(state, { fact: name, row } as Item), finish: () => fact.finish(state, whole) }
    },
  }
}
