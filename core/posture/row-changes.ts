import { canonicalJson, type Json } from '../digest.ts'

/** One property of a stored row as it was and as it is, shortened for reading. */
export interface PropertyChange {
  readonly name: string
  /** Null where the row had no such property. */
  readonly before: string | null
  readonly after: string | null
}

export interface RowChange {
  readonly kind: 'added' | 'removed' | 'changed'
  /** By name; for an added or removed row empty, because everything of it is. */
  readonly properties: readonly PropertyChange[]
  /** Changed properties beyond those listed. */
  readonly more: number
}

const propertiesShown = 8
const valueLength = 120

/** What differs between two versions of a row, at its top level; undefined where nothing does. Pure: the same rows give the same bytes. */
export function rowChange(before: Json | undefined, after: Json | undefined): RowChange | undefined {
  if (before === undefined && after === undefined) return undefined
  if (before === undefined || after === undefined) return { kind: before === undefined ? 'added' : 'removed', properties: [], more: 0 }
  const [old, now] = [propertiesOf(before), propertiesOf(after)]
  const names = [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name)).sort()
  if (names.length === 0) return undefined
  const properties = names.slice(0, propertiesShown).map((name) => shorten(name, old.get(name), now.get(name)))
  return { kind: 'changed', properties, more: names.length - properties.length }
}

/** Canonical text by property; a row that is no object is one property without a name. */
function propertiesOf(row: Json): ReadonlyMap<string, string> {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return new Map([['', canonicalJson(row)]])
  return new Map(Object.entries(row).map(([name, value]) => [name, canonicalJson(value ?? null)]))
}

/** Long values are cut from where they begin to differ, so that the difference is what is seen. */
function shorten(name: string, before: string | undefined, after: string | undefined): PropertyChange {
  const from =
    before !== undefined && after !== undefined && Math.max(before.length, after.length) > valueLength ? differsAt(before, after) : 0
  const cut = (text: string | undefined): string | null => (text === undefined ? null : excerpt(text, from))
  return { name, before: cut(before), after: cut(after) }
}

function excerpt(text: string, from: number): string {
  const characters = [...text.slice(from, from + 2 * valueLength)]
  const isCut = characters.length > valueLength || from + 2 * valueLength < text.length
  return `${from > 0 ? '…' : ''}${characters.slice(0, valueLength).join('')}${isCut ? '…' : ''}`
}

const lead = 20

function differsAt(one: string, other: string): number {
  let index = 0
  while (index < one.length && one[index] === other[index]) index += 1
  const from = Math.max(0, index - lead)
  // Never in the middle of a character of two code units.
  return /[\udc00-\udfff]/.test(one[from] ?? '') ? from - 1 : from
}
