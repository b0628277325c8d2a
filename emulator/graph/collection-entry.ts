import type { Row } from '../tenants/tenant.ts'
import { text } from '../tenants/tenant.ts'
import type { FilterRules } from './filter.ts'
import type { Refusal } from './respond.ts'
import { readRow, readRows, rowsWith } from './view.ts'
import type { View } from './view.ts'

export type Bucket = 'identity' | 'reports' | 'conditionalAccess'

export type Expand = (view: View, row: Row) => readonly Row[] | Row | null

/** One path that Graph answers; more are added as further rows. Sources: the v1.0 reference page of each path. */
export interface CollectionEntry {
  /** Without leading slash; `{id}` stands for the owner of a child collection. */
  readonly path: string
  /** The type's name in the CSDL, without namespace. */
  readonly type: string
  /** The rows as reads see them; `owner` is the `{id}` of the path. */
  readonly rows: ((view: View, owner: string) => readonly Row[]) | StoredRows
  /** The collection that must hold the owner, else 404. */
  readonly ownedBy?: string
  /** The person in the path may read it without any role. */
  readonly personal?: true
  /** Answers one object at the path itself. */
  readonly singleton?: true
  /** The types with which the path must end; it answers nothing without one. */
  readonly casts?: readonly string[]
  /** Further properties that address an object in place of its id. */
  readonly alternateKeys?: readonly string[]
  /** The property that identifies an object where the type has no `id`; rows carry it as their id too, which is never answered. */
  readonly key?: string
  /** Objects per page, or `whole` where Graph answers everything at once and refuses `$top`. */
  readonly page: { readonly default: number; readonly max: number } | 'whole'
  /** Pages have the service's size only. */
  readonly refusesTop?: true
  /** Resource units of a plain request (https://learn.microsoft.com/graph/throttling-limits). */
  readonly cost: number
  readonly bucket: Bucket
  /** The directory resource action that a delegated caller must hold; of several, one is enough. */
  readonly readAction: string | readonly string[]
  readonly filter: FilterRules
  /** `$filter` must compare all properties of one of these lists; else the service refuses. */
  readonly needsFilter?: { readonly anyOf: readonly (readonly string[])[]; readonly refusal: Refusal }
  /** Every `$filter` is an advanced query here, whatever its operators. */
  readonly filtersAdvanced?: true
  readonly orderBy: readonly string[]
  readonly expand: Readonly<Record<string, Expand>>
  /** Expansion → what can be expanded inside it; it is left out of the answer unless asked for. */
  readonly nested?: Readonly<Record<string, readonly string[]>>
  /** Whether `$count` and advanced queries work (directory objects, with ConsistencyLevel: eventual). */
  readonly counts: boolean
  /** What is answered without `$select`; absent means every property. */
  readonly defaultSelect?: readonly string[]
  /** Properties that need more than the path does. */
  readonly guarded?: Readonly<
    Record<string, { readonly scope: string; readonly licence: 'premium'; readonly bucket: Bucket; readonly pageMax: number }>
  >
  /** Properties that other services answer for; the emulator does not play them. */
  readonly keptElsewhere?: readonly string[]
  /** Scopes that open only some properties. */
  readonly narrowScopes?: Readonly<Record<string, readonly string[]>>
  /**
   * The permissions that open an object by its type, where the path is for objects of several; of several, one is enough. A list whose
   * filter is needed is asked with what the filter says of each row.
   */
  readonly opens?: (row: Row) => readonly string[]
  readonly licence?: 'premium' | 'p2'
  /** What is answered without the licence, where it is not the usual refusal. */
  readonly unlicensed?: Refusal
}

const directoryPage = { default: 100, max: 999 } as const
/** What Graph's directory filters for text. */
export const FULL = 'eq ne not in startswith ge le'

/** The rows of a stored collection, which may be long: lists pass them one by one instead of asking for all. */
export interface StoredRows {
  (view: View, owner: string): readonly Row[]
  readonly stored: string
}

/** Every row of a stored collection. */
export function stored(path: string): StoredRows {
  return Object.assign((view: View) => readRows(view, path), { stored: path })
}

/** The rows whose property names the owner in the path. */
export function childrenOf(path: string, property: string): CollectionEntry['rows'] {
  return (view, owner) => rowsWith(view, path, property, owner)
}

/** The rows of which a property names the owner in the path; the property itself is not Graph's and stays here. */
export function ownedRows(view: View, path: string, property: string, owner: string): Row[] {
  return rowsWith(view, path, property, owner).map((row): Row => ({
    ...Object.fromEntries(Object.entries(row).filter(([name]) => name !== property)),
    id: row.id,
  }))
}

/** An expansion to the one object that a property names. */
export function one(path: string, property: string): Expand {
  return (view, row) => readRow(view, path, text(row, property) ?? '') ?? null
}

/** What an entry is unless it says otherwise. */
export const common = { cost: 1, bucket: 'identity', page: directoryPage, filter: {}, orderBy: [], expand: {}, counts: false } as const
