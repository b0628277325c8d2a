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
import type { UseQueryResult } from '@tanstack/react-query'
import type { Me } from '@countersign/core/api/me.ts'
import { Card } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { useText } from '@countersign/ui/text.ts'
import { problemOf } from '../client/problem.ts'
import { Page, useGrid } from './page.tsx'
import { WhoGivesRoles } from './who-gives-roles.tsx'
import { roleWords } from './words.ts'

/** A skeleton that flashes reads as a fault. */
const skeletonAfterMs = 300

const useStyles = makeStyles({
  bar: { marginBottom: '16px' },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
  gap: { marginTop: '10px' },
})

/** True once the wait has become long enough to be worth drawing. */
export function useSlow(): boolean {
  const [isSlow, setSlow] = React.useState(false)
  React.useEffect(() => {
    const timer = setTimeout(() => setSlow(true), skeletonAfterMs)
    return () => clearTimeout(timer)
  }, [])
  return isSlow
}

/** A page in its final shape without its data. */
export function LoadingPage({ title }: { readonly title: string }): React.ReactElement {
  const grid = useGrid()
  const isSlow = useSlow()
  return (
    <Page title={title} busy>
      {isSlow && (
        <div role="status" aria-label="Loading">
          <Skeleton aria-hidden="true" className={grid.grid}>
            <SkeletonItem className={grid.four} style={{ height: '280px' }} />
            <SkeletonItem className={grid.eight} style={{ height: '280px' }} />
            <SkeletonItem className={grid.eight} style={{ height: '320px' }} />
            <SkeletonItem className={grid.four} style={{ height: '320px' }} />
          </Skeleton>
        </div>
      )}
    </Page>
  )
}

/** What failed, whether anything changed, what to do, and the number to quote. Old figures stay below it with their time. */
export function TroubleBar({
  error,
  dataAt,
  onRetry,
}: {
  readonly error: unknown
  readonly dataAt?: number
  readonly onRetry?: () => void
}): React.ReactElement {
  const styles = useStyles()
  const problem = problemOf(error)
  return (
    <MessageBar intent={problem.status === 403 ? 'warning' : 'error'} className={styles.bar} role="alert">
      <MessageBarBody className={styles.wrap}>
        <MessageBarTitle>{problem.title}.</MessageBarTitle> {problem.detail} {openTo(problem.roles)} {problem.mend}
        {dataAt !== undefined && dataAt > 0 && (
          <>
            {' The figures below were read '}
            <Moment at={new Date(dataAt).toISOString()} />.
          </>
        )}
        {problem.requestId !== '' && ` Request ID ${problem.requestId}.`}
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

/** A page that this person may not see: says which roles may. */
function ForbiddenPage({ title, error }: { readonly title: string; readonly error: unknown }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const problem = problemOf(error)
  return (
    <Page title={title}>
      <Card title="Your role does not open this page">
        <p className={text.body}>{openTo(problem.roles) ?? problem.detail}</p>
        <div className={styles.gap}>
          <WhoGivesRoles />
        </div>
        {problem.requestId !== '' && <p className={`${text.caption} ${styles.gap}`}>{`Request ID ${problem.requestId}`}</p>}
      </Card>
    </Page>
  )
}

/** Names the roles that may; undefined where the service names none. */
function openTo(roles: readonly string[] = []): string | undefined {
  if (roles.length === 0) return undefined
  const names = roles.map((role) => (isRole(role) ? roleWords[role] : role))
  return `It is open to people with the role ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}.`
}

function isRole(value: string): value is Me['roles'][number] {
  return Object.hasOwn(roleWords, value)
}

/** No error, or one that is told above all pages: a lost connection, and a sign-in that has ended. */
export function isTold(error: unknown): boolean {
  if (error == null) return true
  const { status, requestId } = problemOf(error)
  return status === 401 || (requestId === '' && (status === 0 || status >= 502))
}

/** Shows a page for its data, or the state that stands in its way; an error beside old data leaves the data on screen. */
export function Loaded<Data>({
  title,
  query,
  children,
}: {
  readonly title: string
  readonly query: UseQueryResult<Data>
  readonly children: (data: Data, trouble: React.ReactNode) => React.ReactElement
}): React.ReactElement {
  const retry = (): void => void query.refetch()
  if (query.data !== undefined) {
    return children(
      query.data,
      isTold(query.error) ? null : <TroubleBar error={query.error} dataAt={query.dataUpdatedAt} onRetry={retry} />,
    )
  }
  if (!query.error) return <LoadingPage title={title} />
  if (problemOf(query.error).status === 403) return <ForbiddenPage title={title} error={query.error} />
  return (
    <Page title={title}>
      <TroubleBar error={query.error} onRetry={retry} />
    </Page>
  )
}
