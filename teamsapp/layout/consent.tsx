import * as React from 'react'
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useRoute } from '../client/client.tsx'
import { GrantPermission } from './grant-permission.tsx'

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '12px', justifyItems: 'start' },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
  list: { margin: 0, padding: '0 0 0 20px', display: 'grid', rowGap: '4px' },
})

/** Asks the person for consent in a window of the host. */
export function AskConsent({ onSignedIn }: { readonly onSignedIn: () => void }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { host } = useClient()
  const settings = useRoute('client-settings', 'GET /api/client-settings', {})
  const [refusal, setRefusal] = React.useState('')
  return (
    <div className={styles.stack}>
      <p className={text.body}>
        Your organisation asks each person to agree once. Microsoft shows you the permissions by name; none of them can write.
      </p>
      {refusal !== '' && (
        <MessageBar intent="warning">
          <MessageBarBody className={styles.wrap}>
            <MessageBarTitle>Consent was not given.</MessageBarTitle> {refusal}
          </MessageBarBody>
        </MessageBar>
      )}
      <Button appearance="primary" disabledFocusable={!settings.data} onClick={() => void ask()}>
        Read and consent
      </Button>
    </div>
  )

  async function ask(): Promise<void> {
    if (!settings.data) return
    try {
      const { askConsent } = await import('../host/consent.ts')
      await askConsent(settings.data, host)
      onSignedIn()
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error))
    }
  }
}

/** The tenant took back its consent to the registration that reads: what that stops, what goes on, and where it is given again. */
export function ConsentWithdrawn({ detail }: { readonly detail: string }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <div className={styles.stack}>
      <p className={text.body}>
        {'The registration '}
        <span className={text.strong}>Countersign Read</span>
        {` has no consent in your tenant. ${detail}`}
      </p>
      <ul className={`${text.body} ${styles.list}`}>
        <li>Stopped: this tab, the dashboards in SharePoint, and scans. Nothing of your tenant is read.</li>
        <li>Goes on: the chat with the Aid, and changes already countersigned, under registrations of their own.</li>
        <li>Kept: every receipt and the journal.</li>
      </ul>
      <GrantPermission title="Countersign Read" />
    </div>
  )
}
