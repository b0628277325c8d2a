import * as React from 'react'
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useLocation } from 'react-router-dom'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../client/client.tsx'
import { problemOf } from '../client/problem.ts'
import { consentProblemType } from '../client/service.ts'
import { AskConsent, ConsentWithdrawn } from '../layout/consent.tsx'
import { Page } from '../layout/page.tsx'

const useStyles = makeStyles({
  card: { maxWidth: '520px', margin: '48px auto 0', '@container (max-width: 639px)': { marginTop: 0 } },
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
  if (problem.type === consentProblemType)
    return (
      <Page title="Your consent is needed">
        <Card title="Let Countersign read as you" className={styles.card}>
          <AskConsent onSignedIn={onSignedIn} />
        </Card>
      </Page>
    )
  if (problem.consent)
    return (
      <Page title="Consent is missing">
        <Card title="Your tenant’s consent was withdrawn" className={styles.card}>
          <div className={styles.stack}>
            <ConsentWithdrawn detail={problem.detail} />
            <Button onClick={onSignedIn}>Look again</Button>
          </div>
        </Card>
      </Page>
    )
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
