import * as React from 'react'
import { Button } from '@fluentui/react-components'
import { useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'

/** Rows that are there at first, and that each press adds: thousands at once would hold up the page. */
export const rowsAtATime = 100

/** The button below a long list; nothing when all of it is shown. */
export function MoreButton({
  rest,
  onMore,
}: {
  /** Rows that are not shown yet. */
  readonly rest: number
  readonly onMore: () => void
}): React.ReactElement | null {
  const { locale } = useReader()
  const rows = useRows()
  if (rest <= 0) return null
  return (
    <div className={rows.row}>
      <Button size="small" onClick={onMore}>
        {rest > rowsAtATime ? `Show ${rowsAtATime} more of ${formatCount(rest, locale)}` : `Show the last ${formatCount(rest, locale)}`}
      </Button>
    </div>
  )
}
