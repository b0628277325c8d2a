import * as React from 'react'
import { makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { GridProps } from './grid.tsx'
import { TickBox } from './tick-box.tsx'

const useStyles = makeStyles({
  scroll: { height: 'calc(100vh - 180px)', minHeight: '360px', overflowY: 'auto', contain: 'strict' },
  list: { listStyleType: 'none', margin: 0, padding: 0, position: 'relative' },
  card: {
    display: 'grid',
    gridTemplateColumns: '32px minmax(0, 1fr)',
    columnGap: '4px',
    padding: '8px 16px 10px 6px',
    boxSizing: 'border-box',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  placed: { position: 'absolute', top: 0, left: 0, right: 0 },
  // A ground on which every colour of a row can be read in each theme; the bar says it where the ground does not.
  selected: { backgroundColor: tokens.colorBrandBackground2, boxShadow: `inset 3px 0 0 ${tokens.colorBrandForeground1}` },
  waiting: { minHeight: '96px' },
  order: { display: 'flex', padding: '0 16px 10px', gap: '8px' },
  grow: { flexGrow: 1 },
})

/** The rows as cards one below the other, with the order as a choice, since there are no heads to press. */
export function GridCards<Row>(props: GridProps<Row> & { readonly isLong: boolean }): React.ReactElement {
  const { label, columns, rows, total, keyOf, nameOf, order, onOrder, selected, onSelect, onLook, card, isLong } = props
  const styles = useStyles()
  const scroll = React.useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: isLong ? total : 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => 124,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const lastSeen = isLong ? (virtual.range?.endIndex ?? 0) : 0
  React.useEffect(() => onLook(lastSeen), [lastSeen, onLook, rows.length])
  const shown = isLong ? items.map(({ index, start }) => ({ index, start })) : rows.map((_, index) => ({ index, start: undefined }))
  return (
    <>
      <div className={styles.order}>
        <Select className={styles.grow} aria-label="Order" value={order} onChange={(_, { value }) => onOrder(value)}>
          {columns.flatMap(({ id, title }) => [
            <option key={id} value={id}>{`${title}, rising`}</option>,
            <option key={`-${id}`} value={`-${id}`}>{`${title}, falling`}</option>,
          ])}
        </Select>
      </div>
      <div ref={scroll} className={mergeClasses(isLong && styles.scroll)}>
        <ul aria-label={label} className={styles.list} {...(isLong ? { style: { height: `${virtual.getTotalSize()}px` } } : {})}>
          {shown.map(({ index, start }) => {
            const row = rows[index]
            const isSelected = row !== undefined && selected.has(keyOf(row))
            return (
              <li
                key={row === undefined ? `card ${index}` : keyOf(row)}
                ref={isLong ? virtual.measureElement : undefined}
                data-index={index}
                aria-setsize={total}
                aria-posinset={index + 1}
                className={mergeClasses(
                  styles.card,
                  start !== undefined && styles.placed,
                  isSelected && styles.selected,
                  row === undefined && styles.waiting,
                )}
                {...(start === undefined ? {} : { style: { transform: `translateY(${start}px)` } })}
              >
                {row !== undefined && (
                  <>
                    <TickBox label={`Select ${nameOf(row)}`} checked={isSelected} onTick={(checked) => onSelect([row], checked)} />
                    <div>{card(row)}</div>
                  </>
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}
