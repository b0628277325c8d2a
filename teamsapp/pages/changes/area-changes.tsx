import * as React from 'react'
import { mergeClasses } from '@fluentui/react-components'
import type { Changes } from '@countersign/core/api/changes.ts'
import { Card } from '@countersign/ui/card.tsx'
import { Delta } from '@countersign/ui/delta.tsx'
import { formatScore, scoreDecimals } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'

/** Score before and after, whole and by area; the change counts only checks that both scans could judge. */
export function AreaChanges({ changes }: { readonly changes: Changes }): React.ReactElement {
  const { locale } = useReader()
  const table = useTable()
  const lines = [
    { area: 'all', title: 'All areas', ...changes.score },
    ...changes.areas.filter(({ before, after }) => before !== null || after !== null),
  ]
  const decimals = scoreDecimals(lines.flatMap(({ before, after }) => [before, after]))
  return (
    <Card title="Score, before and after" flush>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col" className={table.head}>
              Area
            </th>
            <th scope="col" className={mergeClasses(table.head, table.number)}>
              Before
            </th>
            <th scope="col" className={mergeClasses(table.head, table.number)}>
              After
            </th>
            <th scope="col" className={mergeClasses(table.head, table.number)}>
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ area, title, before, after, change }) => (
            <tr key={area}>
              <th scope="row" className={mergeClasses(table.cell, area === 'all' && table.strong)}>
                {title}
              </th>
              <td className={mergeClasses(table.cell, table.number)}>{formatScore(before, locale, decimals)}</td>
              <td className={mergeClasses(table.cell, table.number)}>{formatScore(after, locale, decimals)}</td>
              <td className={mergeClasses(table.cell, table.number)}>
                <Delta value={change} arrow={false} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
