import type { Fact } from '@countersign/core/posture/fact.ts'
import { z } from 'zod'
import type { GraphRefusal, SignInLost } from './answer.ts'
import { batchLimit } from './batch-body.ts'
import type { GraphPage } from './chain.ts'
import { readOptions, type Reading } from './parts.ts'
import { latestDeltaPath, objectPath } from './request-path.ts'
import { parseRow, type KeyedRow } from './rows.ts'
import { isGone, misshapen, unread, type Unread } from './unread.ts'

/** `resync`: Graph no longer knows the link, so the list must be read in full. */
export type ChangesOutcome = { readonly kind: 'changed'; readonly deltaLink: string } | { readonly kind: 'resync' } | Unread | SignInLost

/** Delta answers whole lists of the directory only: no filter, no expansion, and the key of a row is its id. */
export function readsChanges({ delta, source }: Fact): boolean {
  return delta === true && !source.filter && !source.expand && !source.each && !source.single
}

/** A link to the changes from now on; null where Graph gives none, so that the next reading is a full one again. */
export async function latestLink({ reader, fact, ...rest }: Reading): Promise<{ readonly link: string | null } | SignInLost> {
  for await (const page of reader.pages(latestDeltaPath(fact), { ...readOptions({ reader, fact, ...rest }), ahead: 0 })) {
    if (page.kind === 'signInLost') return page
    if (page.kind === 'refused') return { link: null }
    if (page.kind === 'page' && page.deltaLink !== undefined) return { link: page.deltaLink }
  }
  return { link: null }
}

/**
 * What the stored rows are worth. `whole`: they equal the tenant as of the link, so an object that is not among them is new or restored, and
 * Graph answers such ones in their standard representation, where what is left out was never set. `partial`: a list was read while the tenant
 * changed; an object may be missing by chance and its change may carry one property only.
 */
export type Ground = 'whole' | 'partial'

export function changePages(reading: Reading, link: string): AsyncIterable<GraphPage> {
  return reading.reader.pages(link, { ...readOptions(reading), from: link })
}

/**
 * Applies what changed since the link. Changes carry the changed properties only and may come again or twice; applied in their order onto the
 * rows that are stored they give what the list would: https://learn.microsoft.com/graph/delta-query-overview
 */
export async function readChanges(
  reading: Reading,
  link: string,
  ground: Ground,
  pages = changePages(reading, link),
): Promise<ChangesOutcome> {
  const { fact } = reading
  let deltaLink: string | undefined
  for await (const page of pages) {
    if (page.kind === 'signInLost') return page
    if (page.kind === 'refused') return isForgotten(page) ? { kind: 'resync' } : unread(fact, page)
    if (page.kind === 'restart') continue
    const problem = await applyPage(reading, page.rows, page.next ?? page.deltaLink, ground)
    if (problem) return problem
    deltaLink = page.deltaLink
  }
  return deltaLink === undefined ? { kind: 'resync' } : { kind: 'changed', deltaLink }
}

/** 410 and its codes are documented; a link that Graph refuses in any other way is as useless. */
function isForgotten({ status, code }: GraphRefusal): boolean {
  return status === 410 || status === 400 || status === 404 || code === 'ForeignNextLink' || /resync|syncState/i.test(code)
}

const changeSchema = z.looseObject({ id: z.string().min(1), '@removed': z.unknown().optional() })
type Change = z.infer<typeof changeSchema>

/** What one page says of one object, in order. */
interface Changed {
  /** Whether a removal stands before the properties: what is stored is then no ground to build on. */
  removedFirst: boolean
  removed: boolean
  properties: Readonly<Record<string, unknown>>
}

async function applyPage(
  reading: Reading,
  raw: readonly unknown[],
  link: string | undefined,
  ground: Ground,
): Promise<Unread | SignInLost | undefined> {
  const { fact, sink } = reading
  const changes = new Map<string, Changed>()
  for (const [index, value] of raw.entries()) {
    const parsed = changeSchema.safeParse(value)
    if (!parsed.success) return misshapen(`${fact.source.path}/delta, row ${index + 1}, id: not as documented`)
    note(changes, parsed.data)
  }
  if (link === undefined) return undefined
  const alive = [...changes].filter(([, { removed }]) => !removed)
  const stored = await sink.stored(alive.filter(([, { removedFirst }]) => !removedFirst).map(([id]) => id))
  const gone = [...changes].filter(([, { removed }]) => removed).map(([id]) => id)
  const whole = new Map<string, unknown>()
  const unknown: string[] = []
  for (const [id, { removedFirst, properties }] of alive) {
    const before = removedFirst ? undefined : stored.get(id)
    if (before !== undefined) whole.set(id, { ...Object(before), ...properties })
    else {
      const standard = standardOf(fact, properties, ground)
      if (standard) whole.set(id, standard)
      else unknown.push(id)
    }
  }
  const read = await readObjects(reading, unknown)
  if (read.kind !== 'objects') return read
  const upserts: KeyedRow[] = []
  for (const [id, value] of [...whole, ...read.found]) {
    const row = parseRow(fact, value)
    if ('problem' in row) return misshapen(`${fact.source.path}/delta, ${id}, ${row.problem}`)
    upserts.push(row)
  }
  await sink.changes(upserts, [...gone, ...read.gone], link)
  return undefined
}

/** The properties as a whole row, when they can be one. */
function standardOf(
  { row, source: { select } }: Fact,
  properties: Changed['properties'],
  ground: Ground,
): Changed['properties'] | undefined {
  const names = select ?? (row instanceof z.ZodObject ? Object.keys(row.shape) : undefined)
  if (!names) return undefined
  if (select?.every((name) => name in properties)) return properties
  if (ground === 'partial') return undefined
  const unset = { ...Object.fromEntries(names.map((name) => [name, null])), ...properties }
  // What is never null must be there: a change that lacks it is of a part of the object after all.
  return row.safeParse(unset).success ? unset : undefined
}

function note(changes: Map<string, Changed>, { '@removed': removal, ...properties }: Change): void {
  const before = changes.get(properties.id)
  if (removal !== undefined) changes.set(properties.id, { removedFirst: true, removed: true, properties: {} })
  else
    changes.set(properties.id, {
      removedFirst: before?.removedFirst ?? false,
      removed: false,
      properties: { ...before?.properties, ...properties },
    })
}

/** Objects whose change does not tell enough. One that is gone meanwhile is removed; a later change says so too. */
async function readObjects(
  reading: Reading,
  ids: readonly string[],
): Promise<
  | { readonly kind: 'objects'; readonly found: readonly (readonly [string, unknown])[]; readonly gone: readonly string[] }
  | Unread
  | SignInLost
> {
  const { reader, fact } = reading
  const found: [string, unknown][] = []
  const gone: string[] = []
  for (let at = 0; at < ids.length; at += batchLimit) {
    const some = ids.slice(at, at + batchLimit)
    const answers = await reader.batch(
      some.map((id) => objectPath(fact, id)),
      readOptions(reading),
    )
    for (const [index, id] of some.entries()) {
      const answer = answers[index]
      if (!answer) throw new Error('A batch answered fewer requests than it was asked.')
      if (answer.kind === 'signInLost') return answer
      if (answer.kind === 'answer') found.push([id, answer.body])
      else if (isGone(answer)) gone.push(id)
      else return unread(fact, answer)
    }
  }
  return { kind: 'objects', found, gone }
}
