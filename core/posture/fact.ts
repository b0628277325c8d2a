import type { z } from 'zod'

/** Graph throttling buckets (learn.microsoft.com/graph/throttling-limits). */
export type Bucket = 'identity' | 'reports' | 'conditionalAccess'

export type Licence = 'p1' | 'p2'

/** Where a fact is read: data only, interpreted by bot/src/graph/collect.ts and by the offline reader. */
export interface FactSource {
  /** Graph v1.0 path, for example '/applications'. With `each`, `{id}` stands for the parent row's id. */
  readonly path: string
  readonly select?: readonly string[]
  readonly filter?: string
  readonly expand?: string
  /** Largest page Graph accepts here; 'none' where Graph refuses $top. */
  readonly pageSize: number | 'none'
  /**
   * Reads the path once for each distinct `id` among the parsed rows of other facts that `when` lets through.
   * Whoever reads adds that id to every row as `parentId`.
   */
  readonly each?: { readonly facts: readonly string[]; readonly when: (row: unknown) => boolean; readonly id: (row: unknown) => string }
  /** The path answers one object instead of a list. */
  readonly single?: true
  readonly bucket: Bucket
  /** Advanced queries need `ConsistencyLevel: eventual` on every page. */
  readonly eventual?: true
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

/** A fact computed from whole facts; unknown when any of its sources is. */
export interface DerivedFact<Id extends string = string, Row = unknown> {
  readonly id: Id
  readonly title: string
  readonly needs: readonly string[]
  readonly derive: (facts: Readonly<Record<string, readonly unknown[]>>) => Derived<Row>
}

type Sources = Readonly<Record<string, Fact>>
type RowOf<Source> = Source extends Fact<string, infer Row> ? Row : never

/** `from` types the sources; their ids are what the fact needs. */
export function defineDerived<const Id extends string, const From extends Sources, Row>(fact: {
  readonly id: Id
  readonly title: string
  readonly from: From
  readonly derive: (facts: { readonly [Name in keyof From]: readonly RowOf<From[Name]>[] }) => Derived<Row>
}): DerivedFact<Id, Row> {
  // The judge hands over parsed rows under the same names, so the typed and the erased form agree.
  return { id: fact.id, title: fact.title, needs: Object.keys(fact.from), derive: fact.derive as DerivedFact<Id, Row>['derive'] }
}
