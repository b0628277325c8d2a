import { Cursor } from './row-cursor.ts'
import { headOf, subjectOf } from './subject.ts'
import type { Matcher } from './subject.ts'
import { Rows } from './rows.ts'
import type { Watcher } from './rows.ts'
import type { Row } from './tenant.ts'

/** Rows that are made when somebody looks at them: a function of their index, from which their ids are made too. */
export interface RowSource {
  readonly size: number
  id(index: number): string
  /** The index that an id was made from; undefined for ids of other rows. */
  indexOf(id: string): number | undefined
  /** One property, without making the rest of the row. */
  property(index: number, name: string): unknown
  row(index: number): Row
  /** The indexes of the rows whose property holds this text (lower case), where that can be told without passing them all. */
  find?(property: string, value: string): readonly number[] | undefined
}

/** Rows as reads still see them although they were changed: by id, undefined for those that are not there yet. */
export type Hidden = ReadonlyMap<string, Row | undefined>

interface Added {
  /** Counts up and is never used again, so that a position stays where it is. */
  readonly ordinal: number
  row: Row
}

/** A collection of generated rows with the edits, deletions and additions of this run laid over them. */
export class GeneratedRows extends Rows {
  readonly source: RowSource
  /** Generated rows that were edited, or null where they were deleted, by index. */
  private readonly changed = new Map<number, Row | null>()
  private readonly added = new Map<string, Added>()
  private removed = 0
  private lastAdded = 0
  /** Property → the first two letters (lower case, 16 bits each) of every generated row: short prefixes are judged without making the text. */
  private readonly heads = new Map<string, Uint32Array>()
  /** Property → text → indexes of the generated rows as made. */
  private readonly generatedBy = new Map<string, Map<string, number[]>>()

  constructor(source: RowSource, watcher: Watcher) {
    super(watcher)
    this.source = source
  }

  override get size(): number {
    return this.source.size - this.removed + this.added.size
  }

  override get(id: string): Row | undefined {
    const index = this.source.indexOf(id)
    if (index === undefined) return this.added.get(id)?.row
    const changed = this.changed.get(index)
    return changed === undefined ? this.source.row(index) : (changed ?? undefined)
  }

  override has(id: string): boolean {
    const index = this.source.indexOf(id)
    return index === undefined ? this.added.has(id) : this.changed.get(index) !== null
  }

  override *values(): MapIterator<Row> {
    for (let index = 0; index < this.source.size; index += 1) {
      const changed = this.changed.get(index)
      if (changed !== null) yield changed ?? this.source.row(index)
    }
    for (const { row } of this.added.values()) yield row
  }

  override *keys(): MapIterator<string> {
    for (let index = 0; index < this.source.size; index += 1) if (this.changed.get(index) !== null) yield this.source.id(index)
    yield* this.added.keys()
  }

  override *entries(): MapIterator<[string, Row]> {
    for (const row of this.values()) yield [row.id, row]
  }

  override [Symbol.iterator](): MapIterator<[string, Row]> {
    return this.entries()
  }

  override forEach(visit: (row: Row, id: string, rows: Map<string, Row>) => void): void {
    for (const row of this.values()) visit(row, row.id, this)
  }

  override with(property: string, value: string): Row[] {
    const wanted = value.toLowerCase()
    const fits = (row: Row): boolean => String(row[property] ?? '').toLowerCase() === wanted
    const found: Row[] = []
    for (const index of this.source.find?.(property, wanted) ?? this.generatedOn(property).get(wanted) ?? [])
      if (!this.changed.has(index)) found.push(this.source.row(index))
    for (const row of this.changed.values()) if (row && fits(row)) found.push(row)
    for (const { row } of this.added.values()) if (fits(row)) found.push(row)
    return found
  }

  /** The rows that this run made: the people and applications that were planted by name, and whatever was added later. */
  planted(): Row[] {
    return [...this.added.values()].map(({ row }) => row)
  }

  /** The id of the n-th generated row, where it is still there; for picking rows at random. */
  idAt(index: number): string | undefined {
    return index < this.source.size && this.changed.get(index) !== null ? this.source.id(index) : undefined
  }

  protected override keep(id: string, row: Row): void {
    const index = this.source.indexOf(id)
    if (index !== undefined) {
      if (this.changed.get(index) === null) this.removed -= 1
      this.changed.set(index, row)
      return
    }
    const existing = this.added.get(id)
    if (existing) existing.row = row
    else this.added.set(id, { ordinal: this.lastAdded++, row })
  }

  protected override drop(id: string): void {
    const index = this.source.indexOf(id)
    if (index === undefined) this.added.delete(id)
    else {
      this.changed.set(index, null)
      this.removed += 1
    }
  }

  /**
   * Up to `limit` positions, from a position on, of rows that match, and the position of the one after them. Positions stay where they
   * are while rows come and go, so that a page costs only the rows it passes.
   */
  select(from: number, limit: number, matches: Matcher | undefined, hidden: Hidden): { positions: number[]; next: number | undefined } {
    const positions: number[] = []
    for (const position of this.passing(from, matches, hidden)) {
      if (positions.length === limit) return { positions, next: position }
      positions.push(position)
    }
    return { positions, next: undefined }
  }

  count(matches: Matcher | undefined, hidden: Hidden): number {
    if (!matches && hidden.size === 0) return this.size
    let count = 0
    for (const _ of this.passing(0, matches, hidden)) count += 1
    return count
  }

  /** The row at a position; with names, only these properties of a row that was never touched. */
  at(position: number, hidden: Hidden, names?: readonly string[]): Row {
    const generated = position < this.source.size
    const id = generated ? this.source.id(position) : this.addedAt(position)
    const shown = id !== undefined && hidden.has(id) ? hidden.get(id) : generated ? this.changed.get(position) : this.get(id ?? '')
    if (shown) return shown
    if (!names || !generated) return this.source.row(position)
    const row: Record<string, unknown> & { id: string } = { id: id ?? '' }
    for (const name of names) if (name !== 'id') row[name] = this.source.property(position, name)
    return row
  }

  private addedAt(position: number): string | undefined {
    for (const [id, { ordinal }] of this.added) if (ordinal === position - this.source.size) return id
    return undefined
  }

  private *passing(from: number, matches: Matcher | undefined, hidden: Hidden): Generator<number> {
    const { source, changed } = this
    const overlays = new Map<number, Row | null>()
    for (const [id, row] of hidden) {
      const index = source.indexOf(id)
      if (index !== undefined) overlays.set(index, row ?? null)
    }
    const touched = changed.size + overlays.size > 0
    const cursor = new Cursor(source, (property) => this.headsOf(property))
    for (let index = from; index < source.size; index += 1) {
      const over = touched ? (overlays.has(index) ? overlays.get(index) : changed.get(index)) : undefined
      if (over === null) continue
      if (!matches) yield index
      else if (over ? matches(subjectOf(over)) : matches(cursor.on(index))) yield index
    }
    for (const [id, { ordinal, row }] of this.added) {
      const position = source.size + ordinal
      if (position < from) continue
      const shown = hidden.has(id) ? hidden.get(id) : row
      if (shown && (!matches || matches(subjectOf(shown)))) yield position
    }
  }

  private headsOf(property: string): Uint32Array {
    const existing = this.heads.get(property)
    if (existing) return existing
    const heads = new Uint32Array(this.source.size)
    for (let index = 0; index < heads.length; index += 1) heads[index] = headOf(this.source.property(index, property))
    this.heads.set(property, heads)
    return heads
  }

  private generatedOn(property: string): Map<string, number[]> {
    const existing = this.generatedBy.get(property)
    if (existing) return existing
    const found = new Map<string, number[]>()
    for (let index = 0; index < this.source.size; index += 1) {
      const value = this.source.property(index, property)
      if (typeof value !== 'string') continue
      const list = found.get(value.toLowerCase())
      if (list) list.push(index)
      else found.set(value.toLowerCase(), [index])
    }
    this.generatedBy.set(property, found)
    return found
  }
}
