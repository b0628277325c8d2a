import * as React from 'react'
import { Button, makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ScanLineView } from '@countersign/core/api/history.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatScore, formatTime } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'

const shownAtFirst = 10

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: '4px 12px' },
  words: { flexGrow: 1, flexBasis: '160px', minWidth: 0 },
})

/** Scans and daily judgements, newest first; each one that is still kept can be compared with the newest. */
export function ScanHistory({
  scans,
  onCompare,
}: {
  readonly scans: readonly ScanLineView[]
  readonly onCompare: (scanId: string) => void
}): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const [showsAll, setShowsAll] = React.useState(false)
  const newest = scans.find(({ state }) => state === 'finished')
  const shown = showsAll ? scans : scans.slice(0, shownAtFirst)
  return (
    <Card
      title="History"
      note="newest first"
      flush
      {...(scans.length > shown.length
        ? {
            footer: (
              <Button size="small" onClick={() => setShowsAll(true)}>
                {`Show all ${scans.length}`}
              </Button>
            ),
          }
        : {})}
    >
      {scans.length === 0 && <p className={mergeClasses(text.body, rows.row)}>Nothing has been scanned yet.</p>}
      <ul className={rows.list}>
        {shown.map((scan) => (
          <li key={scan.id} className={mergeClasses(rows.row, styles.row)}>
            <div className={styles.words}>
              <p className={text.body}>
                <Moment at={scan.finishedAt ?? scan.startedAt} />
                {scan.score !== null && ` · ${formatScore(scan.score, locale)}`}
              </p>
              <p className={text.caption}>{scan.sentence}</p>
            </div>
            {scan.kept && scan.state === 'finished' && scan.id !== newest?.id && (
              <Button
                size="small"
                onClick={() => onCompare(scan.id)}
                aria-label={`Compare the scan of ${formatTime(scan.finishedAt ?? scan.startedAt, locale, Date.now())}`}
              >
                Compare
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
