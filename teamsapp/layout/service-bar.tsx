import * as React from 'react'
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { Moment } from '@countersign/ui/moment.tsx'
import { useClient, useStanding } from '../client/client.tsx'
import { reloadWithDrafts, wouldLoseDrafts } from '../client/draft.ts'

const useStyles = makeStyles({
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
  bar: { margin: '0 -24px', borderRadius: 0, '@container (max-width: 939px)': { margin: '0 -12px' } },
})

/** Above every page: that the service cannot be reached, with the age of what is shown, or that it has been updated. */
export function ServiceBar(): React.ReactElement | null {
  const { reach, isOutdated } = useStanding()
  if (reach.kind === 'lost') return <LostBar nextTryAt={reach.nextTryAt} />
  return isOutdated ? <UpdatedBar /> : null
}

function LostBar({ nextTryAt }: { readonly nextTryAt: number }): React.ReactElement {
  const styles = useStyles()
  const { watch } = useClient()
  const shownAt = oldestShown(useQueryClient())
  return (
    <MessageBar intent="warning" className={styles.bar} role="alert">
      <MessageBarBody className={styles.wrap}>
        <MessageBarTitle>Countersign cannot be reached.</MessageBarTitle>
        {shownAt === undefined ? (
          ' '
        ) : (
          <>
            {' What you see was read '}
            <Moment at={new Date(shownAt).toISOString()} />
            {'. '}
          </>
        )}
        {'Until it is back nothing can be changed. What you have typed stays. '}
        <NextTry at={nextTryAt} />
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => watch.tryNow()}>
          Try now
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}

/** Counts down quietly: a screen reader hears of the loss once, and not every second. */
function NextTry({ at }: { readonly at: number }): React.ReactElement {
  const [now, setNow] = React.useState(Date.now)
  React.useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((at - now) / 1000))
  return <span aria-hidden="true">{seconds === 0 ? 'Trying again now.' : `Next try in ${seconds} s.`}</span>
}

/** When the oldest of what is on the screen was read. */
function oldestShown(queries: QueryClient): number | undefined {
  const times = queries
    .getQueryCache()
    .findAll({ type: 'active' })
    .map(({ state }) => state.dataUpdatedAt)
    .filter((at) => at > 0)
  return times.length === 0 ? undefined : Math.min(...times)
}

function UpdatedBar(): React.ReactElement {
  const styles = useStyles()
  const [isKept, setKept] = React.useState(false)
  return (
    <MessageBar intent="info" className={styles.bar} role="status">
      <MessageBarBody className={styles.wrap}>
        <MessageBarTitle>Countersign has been updated.</MessageBarTitle>{' '}
        {isKept ? 'Send or close what you are writing first; a reload would lose it.' : 'Reload to work with the new version.'}
      </MessageBarBody>
      <MessageBarActions>
        <Button
          size="small"
          onClick={() => {
            if (wouldLoseDrafts()) setKept(true)
            else reloadWithDrafts()
          }}
        >
          Reload the page
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}
