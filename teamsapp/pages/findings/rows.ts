import type { z } from 'zod'
import type { findingSummarySchema } from '@countersign/core/api/findings.ts'

export type FindingRow = z.infer<typeof findingSummarySchema>

/** What the table can be ordered by. */
export const columns = [
  { id: 'severity', title: 'Severity', isNumber: false },
  { id: 'title', title: 'Finding', isNumber: false },
  { id: 'area', title: 'Area', isNumber: false },
  { id: 'open', title: 'Objects', isNumber: true },
  { id: 'adds', title: 'Adds', isNumber: true },
  { id: 'firstSeen', title: 'First seen', isNumber: true },
  { id: 'state', title: 'State', isNumber: false },
] as const
export type ColumnId = (typeof columns)[number]['id']

export interface Order {
  readonly column: ColumnId
  readonly descending: boolean
}

const severityRank = { critical: 0, high: 1, medium: 2, low: 3, info: 4 } as const satisfies Record<FindingRow['severity'], number>

/** "-adds" is Adds, largest first. An order that no column has falls back to that. */
export function orderFrom(text: string): Order {
  const column = columns.find(({ id }) => id === text.replace(/^-/, ''))?.id
  return column === undefined ? { column: 'adds', descending: true } : { column, descending: text.startsWith('-') }
}

export function sorted(findings: readonly FindingRow[], { column, descending }: Order, locale: string | undefined): FindingRow[] {
  const collator = new Intl.Collator(locale)
  const sign = descending ? -1 : 1
  return [...findings].sort((one, other) => sign * compare(one, other) || one.code.localeCompare(other.code))

  function compare(one: FindingRow, other: FindingRow): number {
    switch (column) {
      case 'severity':
        return severityRank[one.severity] - severityRank[other.severity]
      case 'title':
        return collator.compare(one.title, other.title)
      case 'area':
        return collator.compare(one.areaTitle, other.areaTitle)
      case 'open':
        return one.open + one.unlisted - (other.open + other.unlisted)
      case 'adds':
        return one.adds - other.adds
      case 'firstSeen':
        return Date.parse(one.firstSeen) - Date.parse(other.firstSeen)
      case 'state':
        return one.state.localeCompare(other.state)
    }
  }
}
