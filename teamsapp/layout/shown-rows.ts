import * as React from 'react'
import { useWindowVirtualizer } from '@tanstack/react-virtual'

/** Up to so many rows are drawn whole: find in page and screen readers then meet all of them. */
const wholeUpTo = 200

export interface ShownRows {
  readonly box: React.RefObject<HTMLDivElement>
  readonly indexes: readonly number[]
  /** Pixels of the rows that are not drawn. */
  readonly before: number
  readonly after: number
  /** Ref of each drawn row, which has `data-index`. */
  readonly measure: (element: Element | null) => void
}

/** Which rows of a long list are drawn: all of a short one, those near the window of a long one. */
export function useShownRows(count: number, rowHeight: number): ShownRows {
  const box = React.useRef<HTMLDivElement>(null)
  const isLong = count > wholeUpTo
  const rows = useWindowVirtualizer({
    count: isLong ? count : 0,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: box.current?.offsetTop ?? 0,
  })
  if (!isLong) return { box, indexes: Array.from({ length: count }, (_, index) => index), before: 0, after: 0, measure: () => undefined }
  const items = rows.getVirtualItems()
  const margin = rows.options.scrollMargin
  return {
    box,
    indexes: items.map(({ index }) => index),
    before: Math.max(0, (items[0]?.start ?? margin) - margin),
    after: Math.max(0, rows.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin)),
    measure: rows.measureElement,
  }
}
