import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useTable } from '@countersign/ui/table-styles.ts'

const useStyles = makeStyles({
  sort: {
    font: 'inherit',
    color: 'inherit',
    background: 'none',
    border: 'none',
    padding: '2px 4px',
    margin: '-2px -4px',
    cursor: 'pointer',
    borderRadius: '4px',
    display: 'inline-flex',
    columnGap: '4px',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
})

/** The heads of a table that sorts; `order` is a column's id, with a minus in front when it falls. */
export function SortHeads({
  columns,
  order,
  onOrder,
}: {
  /** A column that is not `sorted` has a plain head. */
  readonly columns: readonly { readonly id: string; readonly title: string; readonly isNumber: boolean; readonly sorted?: boolean }[]
  readonly order: string
  readonly onOrder: (order: string) => void
}): React.ReactElement {
  const styles = useStyles()
  const table = useTable()
  const falls = order.startsWith('-')
  return (
    <tr>
      {columns.map(({ id, title, isNumber, sorted = true }) => {
        const isCurrent = order.replace(/^-/, '') === id
        const next = isCurrent ? (falls ? id : `-${id}`) : isNumber ? `-${id}` : id
        return (
          <th
            key={id}
            scope="col"
            className={mergeClasses(table.head, isNumber && table.number)}
            {...(isCurrent ? { 'aria-sort': falls ? 'descending' : 'ascending' } : {})}
          >
            {sorted ? (
              <button type="button" className={styles.sort} onClick={() => onOrder(next)}>
                {title}
                <span aria-hidden="true">{isCurrent ? (falls ? '↓' : '↑') : ''}</span>
              </button>
            ) : (
              title
            )}
          </th>
        )
      })}
    </tr>
  )
}
