import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useRoute } from '../client/client.tsx'
import { MoreButton, rowsAtATime } from '../layout/more-button.tsx'
import { Page } from '../layout/page.tsx'
import { ReceiptWords } from '../layout/receipt-words.tsx'
import { Loaded } from '../layout/states.tsx'
import { counted, receiptMark } from '../layout/words.ts'
import { ForAuditors } from './receipts/for-auditors.tsx'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'center', gap: '4px 16px' },
  below: { marginTop: '16px' },
  words: { flexGrow: 1, flexBasis: '260px', minWidth: 0 },
})

/** Every countersigned change, newest first. */
export function ReceiptsPage(): React.ReactElement {
  const query = useRoute('receipts', 'GET /api/receipts', {})
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const [shown, setShown] = React.useState(rowsAtATime)
  return (
    <Loaded title="Receipts" query={query}>
      {({ receipts }, trouble) => (
        <Page
          title="Receipts"
          facts={
            receipts.length === 0
              ? 'No change has been countersigned yet'
              : counted(receipts.length, 'countersigned change', 'countersigned changes', locale)
          }
        >
          {trouble}
          {receipts.length === 0 ? (
            <Card title="No receipts yet">
              <p className={text.body}>
                A receipt is made for each change that somebody countersigns in the chat. Start from a finding with Fix with the Aid.
              </p>
            </Card>
          ) : (
            <Card title="Countersigned changes" note="newest first" flush>
              <ul className={rows.list}>
                {receipts.slice(0, shown).map((receipt) => {
                  const mark = receiptMark(receipt.state, receipt.echo)
                  return (
                    <li key={receipt.proposalId} className={mergeClasses(rows.row, styles.row)}>
                      <div className={styles.words}>
                        <ReceiptWords receipt={receipt} />
                      </div>
                      <StandingMark standing={mark.standing} word={mark.word} />
                    </li>
                  )
                })}
              </ul>
              <MoreButton rest={receipts.length - shown} onMore={() => setShown(shown + rowsAtATime)} />
            </Card>
          )}
          <div className={styles.below}>
            <ForAuditors />
          </div>
        </Page>
      )}
    </Loaded>
  )
}
