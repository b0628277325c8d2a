import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import { useRoute } from '../../client/client.tsx'
import { TroubleBar } from '../../layout/states.tsx'
import { MyMessages } from './alerts/my-messages.tsx'
import { Rules } from './alerts/rules.tsx'
import { SentMessages } from './alerts/sent-messages.tsx'
import { AwaitedCard } from './awaited-card.tsx'

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '16px', gridTemplateColumns: 'minmax(0, 1fr)' },
})

/** What people are told of: one's own messages, what became of them, and the tenant's rules. */
export function AlertsSection(): React.ReactElement {
  const styles = useStyles()
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
        <AwaitedCard title="My messages" query={mine} />
      )}
      {rules.data ? (
        <>
          {rules.error != null && <TroubleBar error={rules.error} dataAt={rules.dataUpdatedAt} onRetry={() => void rules.refetch()} />}
          <Rules rules={rules.data.rules} mayChange={rules.data.mayChange} />
        </>
      ) : (
        <AwaitedCard title="Rules of this tenant" query={rules} />
      )}
    </div>
  )
}
