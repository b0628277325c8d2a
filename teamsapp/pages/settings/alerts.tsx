import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useRoute } from '../../client/client.tsx'
import { TroubleBar } from '../../layout/states.tsx'
import { MyMessages } from './alerts/my-messages.tsx'
import { Rules } from './alerts/rules.tsx'
import { SentMessages } from './alerts/sent-messages.tsx'

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '16px', gridTemplateColumns: 'minmax(0, 1fr)' },
})

/** What people are told of: one's own messages, what became of them, and the tenant's rules. */
export function AlertsSection(): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const mine = useRoute('myAlerts', 'GET /api/alerts/mine', {})
  const rules = useRoute('alerts', 'GET /api/alerts', {})
  return (
    <div className={styles.stack}>
      {mine.data ? (
        <>
          {mine.error != null && <TroubleBar error={mine.error} dataAt={mine.dataUpdatedAt} onRetry={() => void mine.refetch()} />}
          <MyMessages mine={mine.data} />
          <SentMessages messages={mine.data.messages} />
        </>
      ) : (
        <Card title="My messages">
          {mine.error == null ? (
            <p className={text.body}>Being read.</p>
          ) : (
            <TroubleBar error={mine.error} onRetry={() => void mine.refetch()} />
          )}
        </Card>
      )}
      {rules.data ? (
        <>
          {rules.error != null && <TroubleBar error={rules.error} dataAt={rules.dataUpdatedAt} onRetry={() => void rules.refetch()} />}
          <Rules rules={rules.data.rules} mayChange={rules.data.mayChange} />
        </>
      ) : (
        <Card title="Rules of this tenant">
          {rules.error == null ? (
            <p className={text.body}>Being read.</p>
          ) : (
            <TroubleBar error={rules.error} onRetry={() => void rules.refetch()} />
          )}
        </Card>
      )}
    </div>
  )
}
