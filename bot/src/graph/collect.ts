import type { Fact, UnreadReason } from '@countersign/core/posture/fact.ts'
import type { GraphReader, GraphRefusal, ReadOptions } from './reader.ts'

export interface KeyedRow {
  readonly key: string
  readonly row: unknown
}

export type FactOutcome =
  | { readonly kind: 'read'; readonly rows: number }
  | { readonly kind: 'unread'; readonly reason: UnreadReason; readonly detail: string }
  /** The person who reads must sign in again: no other fact can be read either. */
  | { readonly kind: 'signInLost'; readonly reason: string }

export interface CollectOptions {
  /** Rows of the parent facts, for a fact that is read once per row of others. */
  readonly parents?: AsyncIterable<unknown>
  /** Takes one page of rows; the next page is asked for when it is done. Rows of a list that had to be begun again come twice. */
  readonly onRows: (rows: readonly KeyedRow[]) => Promise<void>
  readonly signal?: AbortSignal
}

/** Reads one fact as its source says. A refusal is an answer about this fact alone and never ends the run. */
export async function collectFact(reader: GraphReader, fact: Fact, options: CollectOptions): Promise<FactOutcome> {
  const { each } = fact.source
  if (!each) return collectPath(reader, fact, requestPath(fact), undefined, options)
  let rows = 0
  const seen = new Set<string>()
  for await (const parent of options.parents ?? []) {
    if (!each.when(parent)) continue
    const id = each.id(parent)
    if (seen.has(id)) continue
    seen.add(id)
    const outcome = await collectPath(reader, fact, requestPath(fact, id), id, options)
    if (outcome.kind !== 'read') return outcome
    rows += outcome.rows
  }
  return { kind: 'read', rows }
}

/** Path and query below /v1.0, as it is sent. */
export function requestPath(fact: Fact, parentId?: string): string {
  const { path, select, filter, expand, pageSize } = fact.source
  const query = [
    ...(select ? [`$select=${select.join(',')}`] : []),
    ...(filter ? [`$filter=${encodeURIComponent(filter)}`] : []),
    ...(expand ? [`$expand=${expand}`] : []),
    ...(pageSize === 'none' ? [] : [`$top=${pageSize}`]),
  ]
  const filled = parentId === undefined ? path : path.replace('{id}', encodeURIComponent(parentId))
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`
}

async function collectPath(
  reader: GraphReader,
  fact: Fact,
  path: string,
  parentId: string | undefined,
  options: CollectOptions,
): Promise<FactOutcome> {
  const readOptions: ReadOptions = {
    ...(fact.source.eventual ? { eventual: true } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  }
  if (fact.source.single) {
    const answer = await reader.get(path, readOptions)
    if (answer.kind === 'refused') return unread(fact, answer)
    if (answer.kind === 'signInLost') return answer
    return keep(fact, [answer.body], 0, parentId, options)
  }
  let rows = 0
  for await (const page of reader.pages(path, readOptions)) {
    if (page.kind === 'refused') return unread(fact, page)
    if (page.kind === 'signInLost') return page
    if (page.kind === 'restart') {
      rows = 0
      continue
    }
    const kept = await keep(fact, page.rows, rows, parentId, options)
    if (kept.kind !== 'read') return kept
    rows += kept.rows
  }
  return { kind: 'read', rows }
}

/** Parses a page at the edge; one row that is not as documented makes the whole fact unread, because a dropped row could hide a finding. */
async function keep(
  fact: Fact,
  raw: readonly unknown[],
  offset: number,
  parentId: string | undefined,
  options: CollectOptions,
): Promise<FactOutcome> {
  const keyed: KeyedRow[] = []
  for (const [index, value] of raw.entries()) {
    const parsed = fact.row.safeParse(parentId === undefined ? value : { ...Object(value), parentId })
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      return {
        kind: 'unread',
        reason: 'shape',
        detail: `${fact.source.path}, row ${offset + index + 1}, ${issue?.path.join('.') || 'row'}: ${issue?.message ?? 'not as documented'}`,
      }
    }
    keyed.push({ key: fact.key(parsed.data), row: parsed.data })
  }
  if (keyed.length > 0) await options.onRows(keyed)
  return { kind: 'read', rows: keyed.length }
}

/** https://learn.microsoft.com/graph/errors: 403 hides three causes that a person mends in three ways. */
function unread(fact: Fact, refusal: GraphRefusal): FactOutcome {
  if (refusal.status !== 403) return { kind: 'unread', reason: 'graph', detail: refusal.code }
  if (isLicenceRefusal(refusal)) return { kind: 'unread', reason: 'licence', detail: fact.licence ?? refusal.code }
  const missing = fact.scopes.filter((scope) => !refusal.grantedScopes.includes(scope))
  if (missing.length > 0) return { kind: 'unread', reason: 'scope', detail: missing.join(' ') }
  return { kind: 'unread', reason: 'role', detail: refusal.code }
}

function isLicenceRefusal({ code, message }: GraphRefusal): boolean {
  return /NonPremium|License|Licence/i.test(code) || /premium licen[cs]e|does not have .*licen[cs]e|licen[cs]e to use/i.test(message)
}
