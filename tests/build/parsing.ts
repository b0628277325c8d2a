import { readFileSync } from 'node:fs'
import type { Fact } from '../../core/posture/fact.ts'
import { parseRows } from '../../core/posture/parse.ts'

type Row = Readonly<Record<string, unknown>>

/** Rows of an answer that Microsoft published; an answer that is one object gives one row. */
export function publishedRows(name: string): readonly Row[] {
  const { answer }: { answer: Row } = JSON.parse(readFileSync(new URL(`../samples/published/${name}.json`, import.meta.url), 'utf8'))
  const { value } = answer
  return Array.isArray(value) ? value : [answer]
}

/** Rows as the fact takes them. Parsing them again must change nothing. */
export function parsed<Parsed>(fact: Fact<string, Parsed>, rows: readonly unknown[]): readonly Parsed[] {
  const first = parseRows(fact, rows)
  if (!first.ok) throw new Error(first.detail)
  const second = parseRows(fact, first.rows)
  if (!second.ok || JSON.stringify(second.rows) !== JSON.stringify(first.rows)) throw new Error('Parsing again gave other rows.')
  return first.rows
}

/** Why the fact refuses the row; empty when it does not. */
export function refusal(fact: Fact, row: unknown): string {
  const answer = parseRows(fact, [row])
  return answer.ok ? '' : answer.detail
}

/** The row with one member replaced, or left out where the value is undefined; a function makes the new value of the old one. `path` is like `conditions.users.0.id`; names may begin with `@odata.`. */
export function withMember(row: unknown, path: string, value: unknown): unknown {
  return replaced(
    row,
    path
      .replace('@odata.', '@odata:')
      .split('.')
      .map((name) => name.replace('@odata:', '@odata.')),
    value,
  )
}

/** The row three times: with the member left out, null, and of another type. */
export function spoiled(row: unknown, path: string): readonly unknown[] {
  const retyped = withMember(row, path, (member: unknown) => (typeof member === 'string' ? 7 : 'x'))
  return [withMember(row, path, undefined), withMember(row, path, null), retyped]
}

function replaced(value: unknown, [name, ...rest]: readonly string[], instead: unknown): unknown {
  if (name === undefined) return typeof instead === 'function' ? instead(value) : instead
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === name ? replaced(item, rest, instead) : item))
  if (typeof value !== 'object' || value === null) throw new Error(`There is no member ${name} to replace.`)
  const members = Object.entries(value).filter(([member]) => member !== name)
  const before = Object.entries(value).find(([member]) => member === name)?.[1]
  const after = replaced(before, rest, instead)
  return Object.fromEntries(after === undefined ? members : [...members, [name, after]])
}
