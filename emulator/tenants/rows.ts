import type { Row } from './tenant.ts'

/** Told of every change of a collection. */
export type Watcher = (before: Row | undefined, after: Row | undefined) => void

/**
 * The rows of one collection by id. A Map, so that it reads like one; it tells its watcher of every change and finds rows by a text
 * property without passing them all.
 */
export class Rows extends Map<string, Row> {
  private readonly watcher: Watcher
  /** Counts up with every new row, so that a page can go on behind a row that is gone. */
  private readonly ordinals = new Map<string, number>()
  private lastOrdinal = 0
  /** Property → its text in lower case → ids; made when first asked for. */
  private readonly indexes = new Map<string, Map<string, Set<string>>>()

  constructor(watcher: Watcher) {
    super()
    this.watcher = watcher
  }

  override set(id: string, row: Row): this {
    const before = this.get(id)
    this.keep(id, row)
    this.moved(id, before, row)
    return this
  }

  override delete(id: string): boolean {
    const before = this.get(id)
    if (!before) return false
    this.drop(id)
    this.moved(id, before, undefined)
    return true
  }

  override clear(): void {
    for (const id of [...this.keys()]) this.delete(id)
  }

  /** The rows whose property holds exactly this text, ignoring case. */
  with(property: string, value: string): Row[] {
    const ids = this.indexOn(property).get(value.toLowerCase())
    return ids ? [...ids].flatMap((id) => this.get(id) ?? []) : []
  }

  /** The place of a row in the order of the collection, above 0; rows that are not there stand last. */
  ordinal(id: string): number {
    return this.ordinals.get(id) ?? Number.MAX_SAFE_INTEGER
  }

  protected keep(id: string, row: Row): void {
    if (!this.ordinals.has(id)) this.ordinals.set(id, ++this.lastOrdinal)
    super.set(id, row)
  }

  protected drop(id: string): void {
    this.ordinals.delete(id)
    super.delete(id)
  }

  private moved(id: string, before: Row | undefined, after: Row | undefined): void {
    for (const [property, index] of this.indexes) {
      const [old, fresh] = [textOf(before?.[property]), textOf(after?.[property])]
      if (old === fresh) continue
      if (old !== undefined) index.get(old)?.delete(id)
      if (fresh !== undefined) addTo(index, fresh, id)
    }
    this.watcher(before, after)
  }

  private indexOn(property: string): Map<string, Set<string>> {
    const existing = this.indexes.get(property)
    if (existing) return existing
    const index = new Map<string, Set<string>>()
    for (const row of this.values()) {
      const value = textOf(row[property])
      if (value !== undefined) addTo(index, value, row.id)
    }
    this.indexes.set(property, index)
    return index
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase() : undefined
}

function addTo(index: Map<string, Set<string>>, value: string, id: string): void {
  const ids = index.get(value)
  if (ids) ids.add(id)
  else index.set(value, new Set([id]))
}
