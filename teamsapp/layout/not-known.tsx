import * as React from 'react'
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import type { PeopleView } from '@countersign/core/api/people.ts'
import { useOverview } from './scan.ts'

type NotKnownReason = NonNullable<PeopleView['notKnown']>

const useStyles = makeStyles({ bar: { marginBottom: '16px' }, words: { overflowWrap: 'anywhere', whiteSpace: 'normal' } })

/** Says aloud that something was not read, and what would mend it: an empty place is no answer. */
export function NotKnownBar({ what, notKnown }: { readonly what: string; readonly notKnown: NotKnownReason }): React.ReactElement {
  const styles = useStyles()
  const overview = useOverview(false).data
  const isBeingRead = notKnown.reason === 'noScan' && overview?.runningScan != null
  return (
    <MessageBar intent={notKnown.reason === 'noScan' ? 'info' : 'warning'} className={styles.bar}>
      <MessageBarBody className={styles.words}>
        <MessageBarTitle>{notKnown.reason === 'noScan' ? 'Nothing has been read yet.' : `${what} could not be read.`}</MessageBarTitle>{' '}
        {isBeingRead ? 'The first scan is under way and fills this page.' : whyNot(notKnown)}
      </MessageBarBody>
    </MessageBar>
  )
}

/** Why, and what would help. */
export function whyNot({ reason, detail }: NotKnownReason): string {
  switch (reason) {
    case 'noScan':
      return 'The first scan fills this page. An Owner or Administrator starts it with “Scan now”.'
    case 'scope':
      return `Countersign lacks the permission ${detail}. An administrator grants it in Settings, Permissions.`
    case 'role':
      return `Whoever started the scan lacks a role that may read it: ${detail}.`
    case 'licence':
      return `The tenant has no licence for it: ${detail}.`
    case 'notYet':
      return 'It is read later in the scan.'
    case 'graph':
    case 'beta':
    case 'shape':
      return `${detail === '' ? 'Microsoft Graph did not answer.' : detail} The next scan tries again.`
  }
}
