import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { TickBox } from './tick-box.tsx'

export interface GridColumn<Row> {
  readonly id: string
  readonly title: string
  /** Track of a CSS grid. */
  readonly track: string
  readonly isNumber: boolean
  readonly hint?: string
  /** Shown from this width of the grid on, in pixels. */
  readonly from?: number
  /** The cell that names the row. */
  readonly isHead?: boolean
  readonly cell: (row: Row) => React.ReactNode
}

const useStyles = makeStyles({
  row: {
    display: 'grid',
    alignItems: 'center',
    columnGap: '12px',
    padding: '8px 20px 8px 12px',
    boxSizing: 'border-box',
    minHeight: '57px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground2 },
  },
  placed: { position: 'absolute', top: 0, left: 0, right: 0, overflow: 'hidden', '--row-lines': '1' },
  // A ground on which every colour of a row can be read in each theme; the bar says it where the ground does not.
  selected: { backgroundColor: tokens.colorBrandBackground2, boxShadow: `inset 3px 0 0 ${tokens.colorBrandForeground1}` },
  cell: {
    minWidth: 0,
    borderRadius: '4px',
    outlineStyle: 'none',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  number: { textAlign: 'right' },
  waiting: { height: '10px', borderRadius: '4px', backgroundColor: tokens.colorNeutralBackground3 },
})

export interface GridRowProps<Row> {
  /** Undefined while it is on its way. */
  readonly row: Row | undefined
  readonly name: string
  readonly index: number
  readonly columns: readonly GridColumn<Row>[]
  readonly tracks: string
  readonly height: number | undefined
  /** Pixels from the top of the list; undefined in the flow of the page. */
  readonly top: number | undefined
  readonly isSelected: boolean
  /** The column that Tab leads to, where this row has it. */
  readonly activeColumn: number | undefined
  readonly onToggle: (row: Row, isSelected: boolean) => void
  readonly onFocusCell: (row: number, column: number) => void
}

function GridRowPlain<Row>(props: GridRowProps<Row>): React.ReactElement {
  const { row, name, index, columns, tracks, height, top, isSelected, activeColumn, onToggle, onFocusCell } = props
  const styles = useStyles()
  const place = top === undefined ? {} : { transform: `translateY(${top}px)`, height: `${height ?? 0}px` }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-row={index}
      className={mergeClasses(styles.row, top !== undefined && styles.placed, isSelected && styles.selected)}
      style={{ gridTemplateColumns: tracks, ...place }}
    >
      {cell(
        0,
        'gridcell',
        false,
        row === undefined ? null : (
          <TickBox label={`Select ${name}`} checked={isSelected} isInGrid onTick={(checked) => onToggle(row, checked)} />
        ),
      )}
      {columns.map((column, place) =>
        cell(
          place + 1,
          column.isHead === true ? 'rowheader' : 'gridcell',
          column.isNumber,
          row === undefined ? <div className={styles.waiting} /> : column.cell(row),
          column.id,
        ),
      )}
    </div>
  )

  function cell(
    column: number,
    role: 'gridcell' | 'rowheader',
    isNumber: boolean,
    content: React.ReactNode,
    key: string = 'select',
  ): React.ReactElement {
    return (
      <div
        key={key}
        role={role}
        data-column={column}
        tabIndex={activeColumn === column ? 0 : -1}
        className={mergeClasses(styles.cell, isNumber && styles.number)}
        onFocus={() => activeColumn !== column && onFocusCell(index, column)}
      >
        {content}
      </div>
    )
  }
}

/** One row; drawn again only when something of it has changed. */
export const GridRow = React.memo(GridRowPlain) as typeof GridRowPlain
