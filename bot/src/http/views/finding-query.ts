import type { FindingFilter, ObjectColumn } from '@countersign/core/api/finding-objects.ts'
import { areaTitles } from '@countersign/core/posture/areas.ts'
import { baselines } from '@countersign/core/posture/baselines.ts'
import { frameworks, type AnyCheck, type Framework } from '@countersign/core/posture/check.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import type { CheckCount, FindingOrder, FindingQuery } from '../../store/finding-list.ts'

const all: readonly AnyCheck[] = checks

/** Policy ids by check: those that the check names, and those of the baselines that rest on it. */
const policyIds: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  all.map((check) => {
    const named = frameworks.flatMap((framework) => check.frameworks[framework] ?? [])
    const answered = baselines.flatMap(({ policies }) =>
      Object.entries(policies).flatMap(([policy, ids]) => (ids.includes(check.id) ? [policy] : [])),
    )
    return [check.id, new Set([...named, ...answered])]
  }),
)

export function policiesOf(checkId: string): ReadonlySet<string> {
  return policyIds.get(checkId) ?? new Set()
}

/** Policy ids of the frameworks alone. */
export function policiesIn(check: AnyCheck, chosen: readonly Framework[]): readonly string[] {
  return chosen.flatMap((framework) => [...(check.frameworks[framework] ?? [])])
}

/** What somebody may search a check by; in small letters. */
const wordsOf: ReadonlyMap<string, string> = new Map(
  all.map((check) => [
    check.id,
    [check.id, check.code, check.title, check.failTitle, areaTitles[check.area], ...policiesOf(check.id)].join(' ').toLowerCase(),
  ]),
)

function idsOf(isOne: (check: AnyCheck) => boolean): string[] {
  return all.filter(isOne).map(({ id }) => id)
}

const fixableChecks = idsOf(({ fix }) => fix !== undefined)

/** The filters of an address as the store asks them. */
export function queryOf(filter: FindingFilter, newSince: string | null): FindingQuery {
  const { area, framework, policy, licence } = filter
  const byCheck: FindingQuery['byCheck'] = {
    ...(area ? { area: idsOf((check) => area.includes(check.area)) } : {}),
    ...(framework ? { framework: idsOf((check) => framework.some((name) => (check.frameworks[name] ?? []).length > 0)) } : {}),
    ...(policy ? { policy: idsOf((check) => policy.some((id) => policiesOf(check.id).has(id))) } : {}),
    ...(licence ? { licence: idsOf((check) => licence.includes(check.licence ?? 'none')) } : {}),
  }
  const words = (filter.search ?? '').split(/\s+/).filter(Boolean).slice(0, 10)
  return {
    checks: filter.check === undefined ? idsOf(() => true) : idsOf(({ id }) => id === filter.check),
    words: words.map((text) => ({ text, checks: idsOf(({ id }) => (wordsOf.get(id) ?? '').includes(text.toLowerCase())) })),
    byCheck,
    severity: filter.severity,
    state: filter.state,
    type: filter.type,
    fixable: filter.fixable !== undefined,
    fixableChecks,
    isNew: filter.new !== undefined,
    newSince,
  }
}

/** Whether anything is filtered at all. */
export function isFiltered(filter: FindingFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined && value !== '')
}

/** Places of the checks in the order of one of their numbers or texts: 1, 2, 3, the same for equals. */
function placesBy(valueFor: (check: AnyCheck) => number | string): ReadonlyMap<string, number> {
  const values = all.map((check) => ({ id: check.id, value: valueFor(check) }))
  const distinct = [...new Set(values.map(({ value }) => value))].sort((left, right) => (left < right ? -1 : 1))
  const places = new Map(distinct.map((value, index) => [value, index + 1]))
  return new Map(values.map(({ id, value }) => [id, places.get(value) ?? 0]))
}

/** The order of an address; the worst comes first by severity, and among equals what adds most. */
export function orderOf(
  text: string,
  figures: { readonly gains: Readonly<Record<string, number>>; readonly open: ReadonlyMap<string, number> },
): FindingOrder {
  const falls = text.startsWith('-')
  const column = text.replace(/^-/, '') as ObjectColumn
  switch (column) {
    case 'object':
    case 'type':
    case 'firstSeen':
    case 'state':
      return { by: column, falls }
    case 'severity':
      return { by: 'severity', falls, places: placesBy(({ id }) => -(figures.gains[id] ?? 0)) }
    case 'title':
      return { by: 'check', falls, places: placesBy(({ code }) => code) }
    case 'area':
      return { by: 'check', falls, places: placesBy(({ area }) => areaTitles[area]) }
    case 'adds':
      return { by: 'check', falls, places: placesBy(({ id }) => figures.gains[id] ?? 0) }
    case 'affects':
      return { by: 'check', falls, places: placesBy(({ id }) => figures.open.get(id) ?? 0) }
  }
}

/** Findings that are not closed, by check. */
export function notClosed(counts: readonly CheckCount[]): ReadonlyMap<string, number> {
  const open = new Map<string, number>()
  for (const { checkId, state, count } of counts) if (state !== 'closed') open.set(checkId, (open.get(checkId) ?? 0) + count)
  return open
}
