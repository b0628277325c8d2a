import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useText } from '@countersign/ui/text.ts'

const useStyles = makeStyles({
  number: { textAlign: 'right' },
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
    whiteSpace: 'nowrap',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
})

/** The head of a column that sorts; `order` is a column's id, with a minus in front when it falls. */
export function SortHead({
  column: { id, title, isNumber, hint },
  order,
  onOrder,
}: {
  readonly column: { readonly id: string; readonly title: string; readonly isNumber: boolean; readonly hint?: string }
  readonly order: string
  readonly onOrder: (order: string) => void
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const falls = order.startsWith('-')
  const isCurrent = order.replace(/^-/, '') === id
  const next = isCurrent ? (falls ? id : `-${id}`) : isNumber ? `-${id}` : id
  return (
    <div
      role="columnheader"
      className={mergeClasses(text.caption, isNumber && styles.number)}
      {...(isCurrent ? { 'aria-sort': falls ? ('descending' as const) : ('ascending' as const) } : {})}
      {...(hint === undefined ? {} : { title: hint })}
    >
      <button type="button" className={styles.sort} onClick={() => onOrder(next)}>
        {title}
        <span aria-hidden="true">{isCurrent ? (falls ? '↓' : '↑') : ''}</span>
      </button>
    </div>
  )
}
