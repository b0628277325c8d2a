import { factOf } from '../facts.ts'
import { expandLimit, parentsOf } from '../fact.ts'
import type { Fact } from '../fact.ts'
import { parseRows } from '../parse.ts'
import { unread } from '../reading.ts'
import type { FactReading, Readings } from '../reading.ts'
import { firstRead, isRecord, listsAt, objectsAt } from './answers.ts'
import type { Answers, RowsOrUnread } from './answers.ts'

/** What the file says about one fact. `before` holds the facts that were read before it, parents among them. */
export function readingOf(fact: Fact, answers: Answers, asOf: string, before: Readings): FactReading {
  const { each } = fact.source
  const rows = each ? rowsOfEach(fact, each, answers, before) : rowsAt(fact, fact.source, answers, (list) => completed(fact, list, answers))
  return rows.state === 'read' ? { state: 'read', asOf, rows: rows.rows } : rows
}

/** Several answers may stand for one path; the first in the documented shape is taken. */
function rowsAt(
  fact: Fact,
  { path, filter }: Pick<Fact['source'], 'path' | 'filter'>,
  answers: Answers,
  complete: (rows: readonly unknown[]) => RowsOrUnread,
): RowsOrUnread {
  const { single } = fact.source
  const lists = listsAt(answers, path, (given) => filter !== undefined && plain(given) === plain(filter))
  const found = (single ? [...objectsAt(answers, path), ...lists] : lists).map((list): RowsOrUnread =>
    list.state === 'read' ? complete(list.rows) : list,
  )
  const fitting = found.find((list) => list.state === 'read' && parseRows(fact, list.rows).ok)
  return fitting ?? firstRead(path, found)
}

function rowsOfEach(fact: Fact, each: NonNullable<Fact['source']['each']>, answers: Answers, before: Readings): RowsOrUnread {
  const ids = new Set<string>()
  for (const parentId of each.facts) {
    const parent = factOf(parentId)
    const reading = before[parentId]
    if (!parent || !reading) return unread('notYet', `The fact ${parentId}, on which ${fact.id} hangs, was not read.`)
    // As in a scan: a parent that was refused for want of a licence has no rows.
    if (reading.state === 'unread') {
      if (reading.reason === 'licence') continue
      return reading
    }
    const parsed = parseRows(parent, reading.rows ?? [])
    if (!parsed.ok) return unread('shape', parsed.detail)
    for (const row of parsed.rows) for (const id of parentsOf(each, row)) ids.add(id)
  }
  const rows: unknown[] = []
  for (const id of [...ids].sort()) {
    const list = rowsAt(fact, sourceFor(fact, id), answers, (found) => ({
      state: 'read',
      rows: found.map((row) => (isRecord(row) ? { ...row, parentId: id } : row)),
    }))
    if (list.state === 'unread') return list
    for (const row of list.rows) rows.push(row)
  }
  return { state: 'read', rows }
}

function sourceFor({ source }: Fact, id: string): { readonly path: string; readonly filter?: string } {
  const filter = source.filter?.replace('{id}', id)
  return { path: source.path.replace('{id}', id), ...(filter === undefined ? {} : { filter }) }
}

/** What $expand may have cut off is looked up in its own list, which the file must hold. */
function completed(fact: Fact, rows: readonly unknown[], answers: Answers): RowsOrUnread {
  const { completes } = fact.source
  if (!completes) return { state: 'read', rows }
  const whole: unknown[] = []
  for (const row of rows) {
    const members = isRecord(row) ? row[completes.property] : undefined
    if (!isRecord(row) || typeof row['id'] !== 'string' || !Array.isArray(members) || members.length < expandLimit) {
      whole.push(row)
      continue
    }
    const path = completes.path.replace('{id}', row['id'])
    const list = firstRead(path, listsAt(answers, path))
    if (list.state === 'unread') return list
    whole.push({ ...row, [completes.property]: list.rows })
  }
  return { state: 'read', rows: whole }
}

function plain(filter: string): string {
  return filter.replace(/\s+/g, ' ').trim().toLowerCase()
}
