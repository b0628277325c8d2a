import { GeneratedRows } from '../tenants/generated-rows.ts'
import { subjectOf, valueAt } from '../tenants/subject.ts'
import type { Matcher } from '../tenants/subject.ts'
import type { Rows } from '../tenants/rows.ts'
import { collection } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { completed, hiddenRows } from './view.ts'
import type { View } from './view.ts'
import type { CollectionEntry } from './collection-entry.ts'

/** Where a page begins. */
export interface Place {
  /**
   * In a generated collection the position of the first row, in a stored one the place of the last row that was answered, else how many
   * rows were answered before.
   */
  readonly offset: number
  /** The last row that was answered; the next page begins after it where it still exists. Empty in a generated collection. */
  readonly after: string
}

/** The rows of a list, filtered and in order, from which pages are taken. */
export interface Listing {
  count(): number
  /** Up to `size` rows from a place on (undefined: from the beginning) and where the next page begins, if there is one. */
  page(place: Place | undefined, size: number): { readonly rows: readonly Row[]; readonly next: Place | undefined }
}

export interface ListingOptions {
  readonly matches: Matcher | undefined
  readonly orderBy: { readonly property: string; readonly descending: boolean } | undefined
  /** The only properties that will be looked at; undefined: all. */
  readonly names: readonly string[] | undefined
}

/** The list of an entry as it is now. Generated collections are passed row by row, others are taken whole. */
export function listing(view: View, entry: CollectionEntry, owner: string, options: ListingOptions): Listing {
  const path = 'stored' in entry.rows ? entry.rows.stored : undefined
  const rows = path === undefined ? undefined : collection(view.tenant, path)
  if (path !== undefined && rows instanceof GeneratedRows && !options.orderBy) return generatedListing(view, path, rows, options)
  const { matches, orderBy } = options
  let found: readonly Row[] = entry.rows(view, owner)
  if (matches) found = found.filter((row) => matches(subjectOf(row)))
  if (orderBy) return plainListing(sorted(found, orderBy))
  return rows ? storedListing(found, rows) : plainListing(found)
}

export function plainListing(rows: readonly Row[]): Listing {
  return {
    count: () => rows.length,
    page(place, size) {
      const after = place ? rows.findIndex((row) => row.id === place.after) + 1 : 0
      const offset = place ? (after > 0 ? after : place.offset) : 0
      const page = rows.slice(offset, offset + size)
      const end = offset + page.length
      return { rows: page, next: end < rows.length ? { offset: end, after: rows[end - 1]?.id ?? '' } : undefined }
    },
  }
}

/** Rows come and go between pages; those that stay are answered once. */
function storedListing(found: readonly Row[], rows: Rows): Listing {
  return {
    count: () => found.length,
    page(place, size) {
      const first = place ? found.findIndex((row) => rows.ordinal(row.id) > place.offset) : 0
      const page = first === -1 ? [] : found.slice(first, first + size)
      const last = page.at(-1)
      const isMore = last !== undefined && first + page.length < found.length
      return { rows: page, next: isMore ? { offset: rows.ordinal(last.id), after: last.id } : undefined }
    },
  }
}

function generatedListing(view: View, path: string, rows: GeneratedRows, { matches, names }: ListingOptions): Listing {
  const hidden = hiddenRows(view, path)
  return {
    count: () => rows.count(matches, hidden),
    page(place, size) {
      const { positions, next } = rows.select(place?.offset ?? 0, size, matches, hidden)
      return {
        rows: positions.map((position) => {
          const row = rows.at(position, hidden, names)
          return names ? row : completed(path, row)
        }),
        next: next === undefined ? undefined : { offset: next, after: '' },
      }
    },
  }
}

function sorted(rows: readonly Row[], orderBy: { property: string; descending: boolean }): Row[] {
  const key = (row: Row): string => String(valueAt(row, orderBy.property) ?? '').toLowerCase()
  const sign = orderBy.descending ? -1 : 1
  return [...rows].sort((one, other) => {
    const [left, right] = [key(one), key(other)]
    return (left < right ? -1 : left > right ? 1 : 0) * sign
  })
}
