import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import { Card } from '@countersign/ui/card.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useRoute } from '../client/client.tsx'
import { Page } from '../layout/page.tsx'
import { Loaded } from '../layout/states.tsx'
import { counted } from '../layout/words.ts'
import { ForAuditors } from './receipts/for-auditors.tsx'
import { ReceiptList } from './receipts/receipt-list.tsx'

const useStyles = makeStyles({
  below: { marginTop: '16px' },
})

/** Every countersigned change, and the whole journal for auditors. */
export function ReceiptsPage(): React.ReactElement {
  const query = useRoute('receipts', 'GET /api/receipts', {})
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
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
            <ReceiptList receipts={receipts} />
          )}
          <div className={styles.below}>
            <ForAuditors />
          </div>
        </Page>
      )}
    </Loaded>
  )
}
