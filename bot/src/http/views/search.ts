import { actions } from '@countersign/core/actions/catalogue.ts'
import type { SearchHit, SearchKind } from '@countersign/core/api/search.ts'
import { permission, type Capability, type Principal } from '@countersign/core/principal.ts'
import { areaTitles } from '@countersign/core/posture/areas.ts'
import type { AnyCheck } from '@countersign/core/posture/check.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { explain } from '@countersign/core/posture/explain.ts'
import { resultOf } from '../../store/results.ts'
import { shownScan } from '../../store/scans.ts'
import { applicationsHaving, countsOf, peopleHaving, receiptNumbered } from '../../store/search.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { openStates } from './results.ts'

const ofEachKind = 6

/** What must be held for a kind to be looked through at all. */
const needs = {
  finding: 'viewFindings',
  policy: 'viewFindings',
  application: 'viewFindings',
  person: 'viewFindings',
  receipt: 'viewReceipts',
  action: 'viewFindings',
} as const satisfies Record<SearchKind, Capability>

export interface Found {
  readonly hits: SearchHit[]
  readonly unsearched: SearchKind[]
}

/** Everything with these words that the person may view. */
export async function found(tx: ReadTx, principal: Principal, text: string, locale: string): Promise<Found> {
  const may = (kind: SearchKind): boolean => permission(principal, needs[kind]).may
  const hits: SearchHit[] = []
  if (may('finding')) hits.push(...(await findingHits(tx, nearest(checks, text, wordsOfCheck), locale)))
  if (may('policy')) hits.push(...policyHits(text))
  if (may('receipt')) hits.push(...(await receiptHits(tx, text)))
  if (may('application'))
    for (const { id, name, appId } of await applicationsHaving(tx, text, ofEachKind))
      hits.push({ kind: 'application', id, title: name, note: appId })
  if (may('action'))
    hits.push(
      ...nearest(actions, text, ({ id, title }) => [title, id]).map(({ id, title, why }) => ({
        kind: 'action' as const,
        id,
        title,
        note: why,
      })),
    )
  if (!may('person')) return { hits, unsearched: [] }
  const people = await peopleHaving(tx, text, ofEachKind)
  for (const { id, name, userPrincipalName } of people ?? []) hits.push({ kind: 'person', id, title: name, note: userPrincipalName })
  return { hits, unsearched: people ? [] : ['person'] }
}

async function findingHits(tx: ReadTx, near: readonly AnyCheck[], locale: string): Promise<SearchHit[]> {
  const scan = await shownScan(tx)
  if (!scan) return []
  const counts = await countsOf(
    tx,
    near.map(({ id }) => id),
    openStates,
  )
  const hits: SearchHit[] = []
  for (const check of near) {
    const result = await resultOf(tx, scan.id, check.id)
    if (!result) continue
    const { outcome } = result
    const { title } = explain(check, 'objects' in outcome ? { ...outcome, objects: [] } : outcome, locale)
    const open = counts.get(check.id) ?? 0
    hits.push({
      kind: 'finding',
      id: check.id,
      title,
      note: `${check.code}, ${open === 0 ? 'nothing open' : `${open} open`}, ${areaTitles[check.area]}`,
    })
  }
  return hits
}

/** Ids of frameworks, for example MS.AAD.3.1v1, lead to the check that stands for them. */
function policyHits(text: string): SearchHit[] {
  const wanted = text.toLowerCase()
  const hits = checks.flatMap((check) =>
    Object.values(check.frameworks)
      .flat()
      .filter((id) => id.toLowerCase().startsWith(wanted))
      .map((id) => ({ kind: 'policy' as const, id: check.id, title: id, note: `${check.code}, ${check.title}` })),
  )
  return hits.sort((left, right) => left.title.length - right.title.length).slice(0, ofEachKind)
}

async function receiptHits(tx: ReadTx, text: string): Promise<SearchHit[]> {
  const digits = /^(?:receipt\s*)?(?:r-?|#)?0*(\d{1,9})$/i.exec(text)?.[1]
  const id = digits === undefined ? undefined : await receiptNumbered(tx, Number(digits))
  return id === undefined ? [] : [{ kind: 'receipt', id, title: `Receipt R-${(digits ?? '').padStart(4, '0')}`, note: '' }]
}

function wordsOfCheck(check: AnyCheck): readonly string[] {
  return [check.code, check.id, check.title, check.failTitle]
}

/** Entries in whose texts every word is found; those whose first text begins with what was written come first. */
function nearest<Entry>(entries: readonly Entry[], text: string, texts: (entry: Entry) => readonly string[]): Entry[] {
  const wanted = text.toLowerCase()
  const words = wanted.split(/\s+/)
  return entries
    .map((entry) => ({ entry, all: texts(entry).join('\n').toLowerCase() }))
    .filter(({ all }) => words.every((word) => all.includes(word)))
    .sort((left, right) => Number(right.all.startsWith(wanted)) - Number(left.all.startsWith(wanted)))
    .slice(0, ofEachKind)
    .map(({ entry }) => entry)
}
