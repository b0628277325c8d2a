import * as React from 'react'
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Skeleton,
  SkeletonItem,
} from '@fluentui/react-components'
import { Moment } from './moment.tsx'

/** A skeleton that flashes reads as a fault: nothing is drawn for this long. */
const skeletonAfterMs = 300

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '16px', gridTemplateColumns: 'minmax(0, 1fr)' },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
})

interface TroubleProps {
  readonly intent: 'warning' | 'error'
  readonly title: string
  readonly detail: string
  readonly requestId: string | undefined
  readonly readAt: string | undefined
  readonly onRetry?: () => void
}

/** What stands in the way, the time of the figures that stay below it, and the number to quote. */
export function Trouble({ intent, title, detail, requestId, readAt, onRetry }: TroubleProps): React.ReactElement {
  const styles = useStyles()
  return (
    <MessageBar intent={intent}>
      <MessageBarBody className={styles.wrap}>
        <MessageBarTitle>{title}</MessageBarTitle> {detail}
        {readAt && (
          <>
            {' The figures below were read '}
            <Moment at={readAt} />.
          </>
        )}
        {requestId && ` Request ID ${requestId}.`}
      </MessageBarBody>
      {onRetry && (
        <MessageBarActions>
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  )
}

/** The shape of what is to come, once waiting has become noticeable. */
export function Loading(): React.ReactElement | null {
  const styles = useStyles()
  const [isSlow, setSlow] = React.useState(false)
  React.useEffect(() => {
    const timer = setTimeout(() => setSlow(true), skeletonAfterMs)
    return () => clearTimeout(timer)
  }, [])
  if (!isSlow) return null
  return (
    <div role="status" aria-label="Reading the posture">
      <Skeleton aria-hidden="true" className={styles.stack}>
        <SkeletonItem size={32} />
        <SkeletonItem size={96} />
        <SkeletonItem size={128} />
      </Skeleton>
    </div>
  )
}
