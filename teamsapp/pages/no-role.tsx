import * as React from 'react'
import { Button, makeStyles } from '@fluentui/react-components'
import type { Me } from '@countersign/core/api/me.ts'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { Page } from '../layout/page.tsx'
import { WhoGivesRoles } from '../layout/who-gives-roles.tsx'

const useStyles = makeStyles({
  card: { maxWidth: '560px', margin: '48px auto 0', '@container (max-width: 639px)': { marginTop: 0 } },
  stack: { display: 'grid', rowGap: '14px', justifyItems: 'start' },
  list: { margin: 0, padding: '0 0 0 20px', display: 'grid', rowGap: '4px' },
})

/** Signed in, and without a role in Countersign: what each role opens and who can give one. */
export function NoRolePage({ me, onLook }: { readonly me: Me; readonly onLook: () => void }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <Page title="You have no role in Countersign yet">
      <Card title={`Signed in as ${me.displayName}`} className={styles.card}>
        <div className={styles.stack}>
          <ul className={`${text.body} ${styles.list}`}>
            <li>Viewer sees the score and the Trust Center.</li>
            <li>Reviewer also sees findings and receipts.</li>
            <li>Administrator also scans and proposes changes.</li>
            <li>Owner also decides what the Aid may do and what is an exception.</li>
          </ul>
          <WhoGivesRoles />
          <Button onClick={onLook}>Look again</Button>
        </div>
      </Card>
    </Page>
  )
}
