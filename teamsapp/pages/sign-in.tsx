import * as React from 'react'
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useLocation } from 'react-router-dom'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useRoute } from '../client/client.tsx'
import { problemOf } from '../client/problem.ts'
import { consentProblemType } from '../client/service.ts'
import { Page } from '../layout/page.tsx'

const useStyles = makeStyles({
  card: { maxWidth: '520px', margin: '48px auto 0' },
  stack: { display: 'grid', rowGap: '14px', justifyItems: 'start' },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
})

/** Nobody is signed in: a plain browser goes to Microsoft's sign-in, a host asks for consent or says what it refused. */
export function SignInPage({ error, onSignedIn }: { readonly error: unknown; readonly onSignedIn: () => void }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { host } = useClient()
  const { pathname, search } = useLocation()
  const problem = problemOf(error)
  if (problem.type === consentProblemType) return <ConsentCard onSignedIn={onSignedIn} />
  return (
    <Page title="Sign in">
      <Card title="Countersign" className={styles.card}>
        <div className={styles.stack}>
          {host.kind === 'browser' ? (
            <>
              <p className={text.body}>
                Sign in with your work account. Countersign reads your tenant as you, and changes nothing until you countersign it in the
                chat.
              </p>
              <Button as="a" appearance="primary" href={`/auth/sign-in?${new URLSearchParams({ to: `${pathname}${search}` }).toString()}`}>
                Sign in with Microsoft
              </Button>
            </>
          ) : (
            <>
              <MessageBar intent="error">
                <MessageBarBody className={styles.wrap}>
                  <MessageBarTitle>{problem.title}.</MessageBarTitle> {problem.detail} {problem.mend}
                </MessageBarBody>
              </MessageBar>
              <Button onClick={onSignedIn}>Try again</Button>
            </>
          )}
        </div>
      </Card>
    </Page>
  )
}

function ConsentCard({ onSignedIn }: { readonly onSignedIn: () => void }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const settings = useRoute('client-settings', 'GET /api/client-settings', {})
  const [refusal, setRefusal] = React.useState('')
  return (
    <Page title="Your consent is needed">
      <Card title="Let Countersign read as you" className={styles.card}>
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
      </Card>
    </Page>
  )

  async function ask(): Promise<void> {
    if (!settings.data) return
    try {
      const { askConsent } = await import('../host/consent.ts')
      await askConsent(settings.data)
      onSignedIn()
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error))
    }
  }
}
