import * as React from 'react'
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
} from '@fluentui/react-components'
import type { Problem } from '@countersign/core/api/problem.ts'
import { usePalette } from '@countersign/ui/palette.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../client/client.tsx'
import { consentProblemType } from '../client/service.ts'
import { openSignInWindow } from '../host/session-channel.ts'
import { useFocusBack } from './focus-back.ts'
import { AskConsent, ConsentWithdrawn } from './consent.tsx'

const useStyles = makeStyles({
  surface: { maxWidth: '520px', boxSizing: 'border-box', containerType: 'inline-size' },
  content: { display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)', overflowWrap: 'anywhere' },
  button: { whiteSpace: 'nowrap' },
})

/** Nobody is signed in any more. The page stays as it is below, with everything typed on it, and goes on after the sign-in. */
export function SessionDialog({ problem, onSignedIn }: { readonly problem: Problem; readonly onSignedIn: () => void }): React.ReactElement {
  const { scheme } = useReader()
  const styles = useStyles()
  const palette = usePalette()
  const text = useText()
  const { host } = useClient()
  useFocusBack()
  const [isBlocked, setBlocked] = React.useState(false)
  const isConsent = problem.type === consentProblemType
  return (
    <Dialog open modalType="alert">
      <DialogSurface className={mergeClasses(styles.surface, palette[scheme])}>
        <DialogBody>
          <DialogTitle>{problem.consent || isConsent ? 'Consent is missing' : 'Your sign-in has ended'}</DialogTitle>
          <DialogContent className={styles.content}>
            {problem.consent && <ConsentWithdrawn detail={problem.detail} />}
            {isConsent && <AskConsent onSignedIn={onSignedIn} />}
            {!problem.consent && !isConsent && <p className={text.body}>{problem.detail}</p>}
            <p className={text.body}>The page below stays as it is, with everything you have typed.</p>
            {isBlocked && (
              <p className={text.body} role="alert">
                The browser opened no window. Allow windows for this page, or sign in in another tab; this page goes on by itself.
              </p>
            )}
          </DialogContent>
          {!isConsent && (
            <DialogActions>
              {host.kind === 'browser' ? (
                <Button className={styles.button} appearance="primary" onClick={() => setBlocked(!openSignInWindow())}>
                  Sign in again
                </Button>
              ) : (
                <Button className={styles.button} appearance="primary" onClick={onSignedIn}>
                  Sign in again
                </Button>
              )}
            </DialogActions>
          )}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
