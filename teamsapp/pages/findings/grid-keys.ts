/** A cell of the grid: row from 0, column from 0. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** Where a key leads from a cell, as https://www.w3.org/WAI/ARIA/apg/patterns/grid/ has it; undefined for other keys. */
export function cellAfter(
  key: string,
  withControl: boolean,
  { row, column }: Cell,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
): Cell | undefined {
  const lastRow = size.rows - 1
  const lastColumn = size.columns - 1
  const at = (toRow: number, toColumn: number): Cell => ({
    row: Math.min(lastRow, Math.max(0, toRow)),
    column: Math.min(lastColumn, Math.max(0, toColumn)),
  })
  switch (key) {
    case 'ArrowDown':
      return at(row + 1, column)
    case 'ArrowUp':
      return at(row - 1, column)
    case 'ArrowRight':
      return at(row, column + 1)
    case 'ArrowLeft':
      return at(row, column - 1)
    case 'PageDown':
      return at(row + size.page, column)
    case 'PageUp':
      return at(row - size.page, column)
    case 'Home':
      return withControl ? at(0, 0) : at(row, 0)
    case 'End':
      return withControl ? at(lastRow, lastColumn) : at(row, lastColumn)
    default:
      return undefined
  }
}
