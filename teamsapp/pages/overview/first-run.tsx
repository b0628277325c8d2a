import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import type { Overview } from '@countersign/core/api/posture.ts'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useMe } from '../../client/client.tsx'
import { ChangeButton } from '../../layout/change-button.tsx'
import { Page } from '../../layout/page.tsx'
import { useStartScan } from '../../layout/scan.ts'
import { TroubleBar } from '../../layout/states.tsx'

const useStyles = makeStyles({
  card: { maxWidth: '640px', margin: '24px auto 0' },
  list: { margin: '0 0 16px', padding: '0 0 0 20px', display: 'grid', rowGap: '6px' },
  gap: { marginTop: '10px' },
})

/** Nothing has been read yet: what a scan reads, how long it takes, that it changes nothing, one button. */
export function FirstRun({
  tenant,
  trouble,
  failed,
}: {
  readonly tenant: Overview['tenant']
  readonly trouble: React.ReactNode
  /** Of a first scan that failed: why, and how to go on with it. */
  readonly failed: React.ReactNode
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const me = useMe()
  const start = useStartScan()
  const mayScan = me.data?.may.scan === true
  return (
    <Page title={tenant.displayName} facts="Not scanned yet">
      {trouble}
      {failed}
      {start.error != null && <TroubleBar error={start.error} onRetry={() => start.mutate(undefined)} />}
      <Card title={`Read ${tenant.displayName} for the first time`} className={styles.card}>
        <ul className={`${text.body} ${styles.list}`}>
          <li>Applications, policies, roles, guests and sign-in settings are read from Microsoft Graph, as you and with your rights.</li>
          <li>It takes a few minutes; a large tenant takes longer. You can leave this page meanwhile.</li>
          <li>Nothing is changed in your tenant. The token that reads cannot write.</li>
        </ul>
        <ChangeButton
          appearance={failed === null ? 'primary' : 'secondary'}
          disabledFocusable={!mayScan || start.isLoading}
          onClick={() => start.mutate(undefined)}
        >
          Start the first scan
        </ChangeButton>
        {me.data && !mayScan && <p className={`${text.caption} ${styles.gap}`}>Starting a scan needs the role Owner or Administrator.</p>}
      </Card>
    </Page>
  )
}
