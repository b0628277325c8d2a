import * as React from 'react'
import { Button, makeStyles } from '@fluentui/react-components'
import type { Problem } from '@countersign/core/api/problem.ts'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../client/client.tsx'
import { consentProblemType } from '../client/service.ts'
import { openSignInWindow } from '../host/session-channel.ts'
import { AskConsent, ConsentWithdrawn } from './consent.tsx'
import { Modal } from './modal.tsx'

const useStyles = makeStyles({
  content: { display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)', overflowWrap: 'anywhere' },
  button: { whiteSpace: 'nowrap' },
  actions: { display: 'flex', justifyContent: 'flex-end', marginTop: '20px' },
})

/** Nobody is signed in any more. The page stays as it is below, with everything typed on it, and goes on after the sign-in. */
export function SessionDialog({ problem, onSignedIn }: { readonly problem: Problem; readonly onSignedIn: () => void }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { host } = useClient()
  const [isBlocked, setBlocked] = React.useState(false)
  const isConsent = problem.type === consentProblemType
  return (
    <Modal title={problem.consent || isConsent ? 'Consent is missing' : 'Your sign-in has ended'}>
      <div className={styles.content}>
        {problem.consent && <ConsentWithdrawn detail={problem.detail} />}
        {isConsent && <AskConsent onSignedIn={onSignedIn} />}
        {!problem.consent && !isConsent && <p className={text.body}>{problem.detail}</p>}
        <p className={text.body}>The page below stays as it is, with everything you have typed.</p>
        {isBlocked && (
          <p className={text.body} role="alert">
            The browser opened no window. Allow windows for this page, or sign in in another tab; this page goes on by itself.
          </p>
        )}
      </div>
      {!isConsent && (
        <div className={styles.actions}>
          {host.kind === 'browser' ? (
            <Button className={styles.button} appearance="primary" onClick={() => setBlocked(!openSignInWindow())}>
              Sign in again
            </Button>
          ) : (
            <Button className={styles.button} appearance="primary" onClick={onSignedIn}>
              Sign in again
            </Button>
          )}
        </div>
      )}
    </Modal>
  )
}
