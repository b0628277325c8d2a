import { expandLimit, type Fact } from '@countersign/core/posture/fact.ts'
import { graphId } from '@countersign/core/posture/rows/graph-values.ts'
import { z } from 'zod'
import type { GraphAnswer, SignInLost } from './answer.ts'
import { mapInSlices } from '../in-slices.ts'
import { batchLimit } from './batch-body.ts'
import { unitsOf } from './budget.ts'
import type { GraphReader, ReadOptions } from './reader.ts'
import { completionPath } from './request-path.ts'
import { misshapen, unread, type Unread } from './unread.ts'

export interface KeyedRow {
  readonly key: string
  readonly row: unknown
}

export type Parsed = { readonly kind: 'rows'; readonly rows: readonly KeyedRow[] } | Unread

/**
 * Parses rows at the edge; one that is not as documented makes the whole fact unread, because a dropped row could hide a finding. Of two rows
 * with one key the later counts. `offset` is the number of rows before these, for the message.
 */
export async function parseRows(fact: Fact, raw: readonly unknown[], offset: number, parentId?: string): Promise<Parsed> {
  const rows: KeyedRow[] = []
  const places = new Map<string, number>()
  const parsedRows = await mapInSlices(raw, (value) => parseRow(fact, parentId === undefined ? value : { ...Object(value), parentId }))
  for (const [index, parsed] of parsedRows.entries()) {
    if ('problem' in parsed) return misshapen(`${fact.source.path}, row ${offset + index + 1}, ${parsed.problem}`)
    const before = places.get(parsed.key)
    if (before === undefined) places.set(parsed.key, rows.push(parsed) - 1)
    else rows[before] = parsed
  }
  return { kind: 'rows', rows }
}

export function parseRow(fact: Fact, value: unknown): KeyedRow | { readonly problem: string } {
  try {
    const parsed = fact.row.safeParse(value)
    if (parsed.success) return { key: fact.key(parsed.data), row: parsed.data }
    const issue = parsed.error.issues[0]
    return { problem: `${issue?.path.join('.') || 'row'}: ${issue?.message ?? 'not as documented'}` }
  } catch (error) {
    // A value nested thousands of levels deep ends the stack of whatever walks through it.
    if (error instanceof RangeError) return { problem: 'row: nested too deeply' }
    throw error
  }
}

const withId = z.looseObject({ id: graphId })

/** Fills up the expanded property of rows in which Graph may have left some out. */
export async function completeRows(
  reader: GraphReader,
  fact: Fact,
  raw: readonly unknown[],
  options: ReadOptions,
): Promise<{ readonly kind: 'completed'; readonly rows: readonly unknown[] } | Unread | SignInLost> {
  const { completes } = fact.source
  if (!completes) return { kind: 'completed', rows: raw }
  const { property, path } = completes
  const cut = raw.flatMap((value, index) => {
    const list: unknown = Object(value)[property]
    return Array.isArray(list) && list.length >= expandLimit ? [{ index, row: withId.safeParse(value) }] : []
  })
  if (cut.length === 0) return { kind: 'completed', rows: raw }
  const rows = [...raw]
  for (let at = 0; at < cut.length; at += batchLimit) {
    const some = cut.slice(at, at + batchLimit)
    const paths = some.map(({ row }) => completionPath(fact, path, row.data?.id ?? ''))
    if (some.some(({ row }) => !row.success)) return misshapen(`${fact.source.path}: a row whose ${property} must be completed has no id`)
    const answers = await reader.batch(paths, options)
    for (const [place, { index, row }] of some.entries()) {
      const answer = answers[place]
      const firstPath = paths[place]
      if (!answer || firstPath === undefined) throw new Error('A batch answered fewer requests than it was asked.')
      const list = await wholeList(reader, firstPath, answer, fact, options)
      if (list.kind !== 'list') return list
      rows[index] = { ...row.data, [property]: list.rows }
    }
  }
  return { kind: 'completed', rows }
}

const listSchema = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() })

/** A list whose first page came in a batch. */
export async function wholeList(
  reader: GraphReader,
  path: string,
  first: GraphAnswer,
  fact: Fact,
  options: ReadOptions,
): Promise<{ readonly kind: 'list'; readonly rows: readonly unknown[] } | Unread | SignInLost> {
  if (first.kind === 'signInLost') return first
  if (first.kind === 'refused') return unread(fact, first)
  const page = listSchema.safeParse(first.body)
  if (!page.success) return misshapen(`${path}: not a list`)
  let rows = page.data.value
  const from = page.data['@odata.nextLink']
  if (from === undefined) return { kind: 'list', rows }
  for await (const more of reader.pages(path, { ...options, from, units: unitsOf(fact.source) })) {
    if (more.kind === 'signInLost') return more
    if (more.kind === 'refused') return unread(fact, more)
    rows = more.kind === 'restart' ? [] : [...rows, ...more.rows]
  }
  return { kind: 'list', rows }
}
