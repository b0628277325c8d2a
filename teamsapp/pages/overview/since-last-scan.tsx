import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { AddCircleRegular, ArrowUndoRegular, CheckmarkCircleRegular } from '@fluentui/react-icons'
import type { Overview } from '@countersign/core/api/posture.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatReceiptNumber } from '@countersign/ui/format.ts'
import { colour } from '@countersign/ui/palette.ts'
import { useText } from '@countersign/ui/text.ts'
import { PageLink } from '../../layout/links.tsx'

type Change = Overview['sinceLastScan'][number]

/** A group longer than this says how many more there are. */
const mostShown = 5

const groups = [
  { kind: 'new', title: 'New', icon: <AddCircleRegular fontSize={18} color={colour.bad} /> },
  { kind: 'returned', title: 'Back again', icon: <ArrowUndoRegular fontSize={18} color={colour.high} /> },
  { kind: 'fixed', title: 'Fixed', icon: <CheckmarkCircleRegular fontSize={18} color={colour.good} /> },
] as const satisfies readonly { readonly kind: Change['kind']; readonly title: string; readonly icon: React.ReactElement }[]

const useStyles = makeStyles({
  head: { display: 'flex', justifyContent: 'space-between', paddingBottom: '4px' },
  item: { display: 'grid', gridTemplateColumns: '18px minmax(0, 1fr)', columnGap: '10px', padding: '6px 0 4px' },
  icon: { paddingTop: '1px' },
})

/** What the last scan found new, back again and mended. */
export function SinceLastScan({
  changes,
  isFirst,
}: {
  readonly changes: readonly Change[]
  readonly isFirst: boolean
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const shown = groups
    .map((group) => ({ ...group, items: changes.filter(({ kind }) => kind === group.kind) }))
    .filter(({ items }) => items.length > 0)
  return (
    <Card title="Since the last scan" flush>
      {shown.length === 0 && (
        <p className={mergeClasses(text.body, rows.row)}>
          {isFirst
            ? 'This was the first scan. From the next one on, what is new, back again and fixed stands here.'
            : 'Nothing has changed.'}
        </p>
      )}
      {shown.map(({ kind, title, icon, items }) => (
        <div key={kind} className={rows.row}>
          <h3 className={mergeClasses(text.captionStrong, styles.head)}>
            <span>{title}</span>
            <span>{items.length}</span>
          </h3>
          <ul className={rows.list}>
            {items.slice(0, mostShown).map((item) => (
              <li key={item.findingKey} className={styles.item}>
                <span className={styles.icon} aria-hidden="true">
                  {icon}
                </span>
                <div>
                  <PageLink quiet to={`/findings/${item.checkId}`}>
                    {item.title}
                  </PageLink>
                  <p className={text.caption}>
                    {item.receiptNumber === null
                      ? item.areaTitle
                      : `${item.areaTitle} · receipt ${formatReceiptNumber(item.receiptNumber)}`}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          {items.length > mostShown && <p className={text.caption}>{`and ${items.length - mostShown} more`}</p>}
        </div>
      ))}
    </Card>
  )
}
