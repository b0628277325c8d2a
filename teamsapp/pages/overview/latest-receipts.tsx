import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { Overview } from '@countersign/core/api/posture.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { PageLink } from '../../layout/links.tsx'
import { Moving } from '../../layout/moving.tsx'
import { ReceiptWords } from '../../layout/receipt-words.tsx'
import { receiptMark } from '../../layout/words.ts'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '2px 12px' },
  words: { flexBasis: '180px', flexGrow: 1, minWidth: 0 },
})

/** The latest countersigned changes, each with what the tenant's own log says. */
export function LatestReceipts({ overview }: { readonly overview: Overview }): React.ReactElement | null {
  const styles = useStyles()
  const rows = useRows()
  const { receipts, countersigned } = overview
  if (receipts.length === 0 && countersigned === 0) return null
  return (
    <Card title="Latest receipts" action={<PageLink to="/receipts">{`All ${countersigned}`}</PageLink>} flush>
      <ul className={rows.list}>
        {receipts.map((receipt) => {
          const mark = receiptMark(receipt.state, receipt.echo)
          return (
            <li key={receipt.proposalId} className={mergeClasses(rows.row, styles.row)}>
              <div className={styles.words}>
                <ReceiptWords receipt={receipt} />
              </div>
              <Moving value={mark.word} says={`${receipt.title}: ${mark.word}`}>
                <StandingMark standing={mark.standing} word={mark.word} />
              </Moving>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
