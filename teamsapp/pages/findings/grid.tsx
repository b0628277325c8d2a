import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useWidth } from '@countersign/ui/use-width.ts'
import { GridCards } from './grid-cards.tsx'
import { cellAfter, type Cell } from './grid-keys.ts'
import { GridRow, type GridColumn } from './grid-row.tsx'
import { SortHead } from './grid-head.tsx'
import { TickBox } from './tick-box.tsx'

export interface GridProps<Row> {
  readonly label: string
  readonly columns: readonly GridColumn<Row>[]
  /** Rows that are at hand, from the first on without gaps. */
  readonly rows: readonly Row[]
  /** Rows that there are. */
  readonly total: number
  readonly keyOf: (row: Row) => string
  readonly nameOf: (row: Row) => string
  readonly order: string
  readonly onOrder: (order: string) => void
  readonly selected: ReadonlySet<string>
  readonly onSelect: (rows: readonly Row[], isSelected: boolean) => void
  /** Called with the last row that is looked at, so that what is missing can be read. */
  readonly onLook: (lastRow: number) => void
  /** The row as a card, where there is no room for columns. */
  readonly card: (row: Row) => React.ReactNode
}

/** Up to so many rows all of them are in the page; from there on only those that are looked at. */
const plainUpTo = 200
const rowHeight = 57
const narrowBelow = 640

const useStyles = makeStyles({
  grid: { fontSize: '14px', lineHeight: '20px', minWidth: 0 },
  scroll: { height: 'min(720px, calc(100vh - 240px))', minHeight: '360px', overflowY: 'auto', overflowX: 'hidden', contain: 'strict' },
  head: {
    display: 'grid',
    alignItems: 'center',
    columnGap: '12px',
    padding: '0 20px 0 12px',
    position: 'sticky',
    top: 0,
    zIndex: 1,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  body: { position: 'relative' },
})

/** A table with sorting, choosing and arrow keys that stays light with ten thousand rows. */
export function Grid<Row>(props: GridProps<Row>): React.ReactElement {
  const [box, width] = useWidth(1024)
  return (
    <div ref={box}>
      {width < narrowBelow ? (
        <GridCards {...props} isLong={props.total > plainUpTo} />
      ) : (
        <GridTable {...props} width={width} isLong={props.total > plainUpTo} />
      )}
    </div>
  )
}

function GridTable<Row>(props: GridProps<Row> & { readonly width: number; readonly isLong: boolean }): React.ReactElement {
  const { label, columns: all, rows, total, keyOf, nameOf, order, onOrder, selected, onSelect, onLook, width, isLong } = props
  const styles = useStyles()
  const scroll = React.useRef<HTMLDivElement>(null)
  const [active, setActive] = React.useState<Cell>({ row: 0, column: 1 })
  const mustFocus = React.useRef(false)
  const columns = React.useMemo(() => all.filter(({ from }) => from === undefined || width >= from), [all, width])
  const tracks = `32px ${columns.map(({ track }) => track).join(' ')}`
  const activeRow = Math.min(active.row, Math.max(0, total - 1))
  const virtual = useVirtualizer({
    count: isLong ? total : 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The row that holds the focus stays in the page wherever it is scrolled to.
    rangeExtractor: React.useCallback(
      (range: Range) => {
        const seen = defaultRangeExtractor(range)
        return activeRow < range.count && !seen.includes(activeRow) ? [...seen, activeRow].sort((one, other) => one - other) : seen
      },
      [activeRow],
    ),
  })
  const items = virtual.getVirtualItems()
  const lastSeen = isLong ? (virtual.range?.endIndex ?? 0) : 0
  React.useEffect(() => onLook(lastSeen), [lastSeen, onLook, rows.length])
  React.useLayoutEffect(() => {
    if (!mustFocus.current) return
    mustFocus.current = false
    const cell = scroll.current?.querySelector<HTMLElement>(`[data-row="${activeRow}"] [data-column="${active.column}"]`)
    cell?.focus({ preventScroll: isLong })
    if (!isLong) cell?.scrollIntoView({ block: 'nearest' })
  })
  const toggle = React.useCallback((row: Row, isSelected: boolean) => onSelect([row], isSelected), [onSelect])
  const focusCell = React.useCallback((row: number, column: number) => setActive({ row, column }), [])
  // Not counted anew each time the list is scrolled.
  const chosen = React.useMemo(() => rows.filter((row) => selected.has(keyOf(row))).length, [rows, selected, keyOf])
  const shown = isLong ? items.map(({ index, start }) => ({ index, start })) : rows.map((_, index) => ({ index, start: undefined }))
  return (
    <div
      ref={scroll}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      className={mergeClasses(styles.grid, isLong && styles.scroll)}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: tracks }}>
          <div role="columnheader">
            <TickBox
              label={`Select the ${rows.length} findings that are loaded`}
              checked={chosen === 0 ? false : chosen === rows.length ? true : 'mixed'}
              onTick={(checked) => onSelect(rows, checked)}
            />
          </div>
          {columns.map((column) => (
            <SortHead key={column.id} column={column} order={order} onOrder={onOrder} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} {...(isLong ? { style: { height: `${virtual.getTotalSize()}px` } } : {})}>
        {shown.map(({ index, start }) => {
          const row = rows[index]
          return (
            <GridRow
              // By its place: a row that comes in for the one that was waited for keeps the focus.
              key={index}
              row={row}
              name={row === undefined ? '' : nameOf(row)}
              index={index}
              columns={columns}
              tracks={tracks}
              height={isLong ? rowHeight : undefined}
              top={start}
              isSelected={row !== undefined && selected.has(keyOf(row))}
              activeColumn={index === activeRow ? active.column : undefined}
              onToggle={toggle}
              onFocusCell={focusCell}
            />
          )
        })}
      </div>
    </div>
  )

  function onKeyDown(event: React.KeyboardEvent<HTMLDivElement>): void {
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-column]') : null
    if (!cell) return
    const row = rows[activeRow]
    if (event.key === ' ' && row !== undefined) {
      event.preventDefault()
      onSelect([row], !selected.has(keyOf(row)))
      return
    }
    if (event.key === 'Enter' && event.target === cell) {
      cell.querySelector<HTMLElement>('a, button, input')?.click()
      return
    }
    const page = isLong ? Math.max(1, Math.floor((scroll.current?.clientHeight ?? rowHeight * 10) / rowHeight) - 2) : 10
    const next = cellAfter(
      event.key,
      event.ctrlKey || event.metaKey,
      { row: activeRow, column: active.column },
      { rows: total, columns: columns.length + 1, page },
    )
    if (!next) return
    event.preventDefault()
    mustFocus.current = true
    if (isLong) virtual.scrollToIndex(next.row, { align: 'auto' })
    setActive(next)
  }
}
