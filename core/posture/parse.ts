import type { z } from 'zod'
import { canonicalJson } from '../digest.ts'
import type { Json } from '../digest.ts'
import type { Fact } from './fact.ts'

/** `detail` names the path, the row and the field, so that a person can find it in Graph's answer. */
export type Parsed<Row> = { readonly ok: true; readonly row: Row } | { readonly ok: false; readonly detail: string }
export type ParsedRows<Row> = { readonly ok: true; readonly rows: readonly Row[] } | { readonly ok: false; readonly detail: string }

/** Parses one row. A field in use that is missing, null or of another type makes the row unusable; nothing is guessed. */
export function parseRow<Row>(fact: Fact<string, Row>, value: unknown, index: number): Parsed<Row> {
  const parsed = fact.row.safeParse(value)
  if (parsed.success) return { ok: true, row: parsed.data }
  return { ok: false, detail: `${fact.source.path}, ${rowName(value, index)}: ${describe(parsed.error)}` }
}

/**
 * Parses all rows of a fact, in the order of their keys, which are the same in capitals. A row given twice counts once; two rows that
 * contradict each other leave the fact unread.
 */
export function parseRows<Row>(fact: Fact<string, Row>, values: readonly unknown[]): ParsedRows<Row> {
  const parsing = parseRowsInSteps(fact, values)
  for (;;) {
    const step = parsing.next()
    if (step.done) return step.value
  }
}

/** So many rows take a few milliseconds. */
const rowsInStep = 250

/** The same, pausing after some hundred rows each, for a process that does other work in between. */
export function* parseRowsInSteps<Row>(fact: Fact<string, Row>, values: readonly unknown[]): Generator<void, ParsedRows<Row>, void> {
  const rows = new Map<string, { readonly key: string; readonly row: Row }>()
  for (const [index, value] of values.entries()) {
    if (index > 0 && index % rowsInStep === 0) yield
    const parsed = parseRow(fact, value, index)
    if (!parsed.ok) return parsed
    const key = fact.key(parsed.row)
    const before = rows.get(key.toLowerCase())
    if (before && canonicalJson(asJson(before.row)) !== canonicalJson(asJson(parsed.row)))
      return { ok: false, detail: `${fact.source.path}, ${rowName(value, index)}: this row was given twice with different content` }
    rows.set(key.toLowerCase(), { key, row: parsed.row })
  }
  const ordered = [...rows.values()].sort((left, right) => (left.key < right.key ? -1 : 1))
  return { ok: true, rows: ordered.map(({ row }) => row) }
}

function asJson(row: unknown): Json {
  // Rows are what a schema made from JSON, and hold nothing else.
  return row as Json
}

function rowName(value: unknown, index: number): string {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'string' && id.length <= 200 ? `row ${index + 1} (id ${id})` : `row ${index + 1}`
}

function describe(error: z.ZodError): string {
  const [first] = error.issues
  if (!first) return 'not in the documented shape'
  const field = first.path.map(String).join('.') || 'the row itself'
  return `${field}: ${first.message}`
}
