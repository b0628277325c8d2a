import * as React from 'react'
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import type { ViewPosture } from '@countersign/core/api/posture.ts'
import { AreaTable } from './area-table.tsx'
import { Card, useRows } from './card.tsx'
import { formatCount } from './format.ts'
import { Moment } from './moment.tsx'
import { Loading, Trouble } from './posture-states.tsx'
import { ReaderProvider, type Scheme } from './reader.tsx'
import { ScoreCard } from './score-card.tsx'
import { SeverityMark } from './severity-mark.tsx'
import { Surface } from './surface.tsx'
import { useText } from './text.ts'

/** What is known about the posture right now. `kept` is older data that stays on screen while something is wrong. */
export type PostureState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly view: ViewPosture }
  | { readonly kind: 'noPermission'; readonly title: string; readonly detail: string; readonly requestId?: string }
  | {
      readonly kind: 'error'
      readonly title: string
      readonly detail: string
      readonly requestId?: string
      readonly kept?: { readonly view: ViewPosture; readonly readAt: string }
    }

export interface PostureSummaryProps {
  readonly state: PostureState
  readonly title: string
  readonly scheme: Scheme
  readonly locale: string | undefined
  readonly showAreas?: boolean
  readonly showRisks?: boolean
  readonly onRetry?: () => void
}

const useStyles = makeStyles({
  root: { padding: '16px', borderRadius: '8px', '@container (max-width: 639px)': { padding: '12px' } },
  stack: { display: 'grid', rowGap: '16px', gridTemplateColumns: 'minmax(0, 1fr)' },
  columns: {
    display: 'grid',
    gap: '16px',
    gridTemplateColumns: 'minmax(0, 4fr) minmax(0, 8fr)',
    '@container (max-width: 1023px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
  risk: {
    display: 'grid',
    gridTemplateColumns: '92px minmax(0, 1fr) auto',
    columnGap: '12px',
    '@container (max-width: 639px)': { gridTemplateColumns: 'minmax(0, 1fr) auto' },
  },
  riskTitle: { '@container (max-width: 639px)': { gridColumnStart: 1, gridColumnEnd: 3 } },
  affects: { textAlign: 'right', '@container (max-width: 639px)': { gridColumnStart: 2, gridRowStart: 1 } },
})

/** Score, areas and top risks of one tenant for dashboards: data in, at most a retry out. Brings its own ground and container. */
export function PostureSummary(props: PostureSummaryProps): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { scheme, locale, title, state } = props
  const reader = React.useMemo(() => ({ scheme, locale }), [scheme, locale])
  return (
    <ReaderProvider value={reader}>
      <Surface className={styles.root}>
        <section className={styles.stack} aria-label={title}>
          {state.kind !== 'ready' && state.kind !== 'error' && <h2 className={text.pageTitle}>{title}</h2>}
          <Content {...props} />
        </section>
      </Surface>
    </ReaderProvider>
  )
}

function Content(props: PostureSummaryProps): React.ReactElement | null {
  const { state } = props
  switch (state.kind) {
    case 'loading':
      return <Loading />
    case 'ready':
      return <Figures {...props} view={state.view} />
    case 'noPermission':
      return (
        <Trouble {...props} intent="warning" title={state.title} detail={state.detail} requestId={state.requestId} readAt={undefined} />
      )
    case 'error':
      return (
        <>
          <Trouble
            {...props}
            intent="error"
            title={state.title}
            detail={state.detail}
            requestId={state.requestId}
            readAt={state.kept?.readAt}
          />
          {state.kept && <Figures {...props} view={state.kept.view} />}
        </>
      )
  }
}

function Figures({
  view,
  title,
  locale,
  showAreas = true,
  showRisks = true,
}: PostureSummaryProps & { readonly view: ViewPosture }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const unread = view.checks.of - view.checks.read
  return (
    <>
      <header>
        <h2 className={text.pageTitle}>{title}</h2>
        <p className={text.caption}>
          {view.tenant.displayName}
          {view.scannedAt && (
            <>
              {' · scanned '}
              <Moment at={view.scannedAt} />
              {` · ${formatCount(view.checks.read, locale)} of ${formatCount(view.checks.of, locale)} checks read`}
            </>
          )}
        </p>
      </header>
      {view.scannedAt === null ? (
        <Card title="No scan yet" level={3}>
          <p className={text.body}>
            Figures appear after an administrator has started the first scan in Countersign. A scan reads and changes nothing.
          </p>
        </Card>
      ) : (
        <>
          {unread > 0 && (
            <MessageBar intent="warning">
              <MessageBarBody className={styles.wrap}>
                <MessageBarTitle>
                  {unread === 1 ? '1 check could not be read.' : `${formatCount(unread, locale)} checks could not be read.`}
                </MessageBarTitle>{' '}
                {unread === 1
                  ? 'It is left out of the score, not counted as passed.'
                  : 'They are left out of the score, not counted as passed.'}
              </MessageBarBody>
            </MessageBar>
          )}
          <div className={showAreas ? styles.columns : styles.stack}>
            <ScoreCard score={view.score} level={3} />
            {showAreas && <AreaTable areas={view.areas} level={3} />}
          </div>
          {showRisks && <Risks view={view} locale={locale} />}
        </>
      )}
    </>
  )
}

function Risks({ view, locale }: { readonly view: ViewPosture; readonly locale: string | undefined }): React.ReactElement {
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  const open = view.openFindings === 1 ? '1 open finding' : `${formatCount(view.openFindings, locale)} open findings`
  if (view.risks.length === 0) {
    return (
      <Card title="Top risks" level={3}>
        <p
          className={text.body}
        >{`Nothing is open. ${view.checks.read === 1 ? '1 check was' : `${formatCount(view.checks.read, locale)} checks were`} read.`}</p>
      </Card>
    )
  }
  return (
    <Card title="Top risks" level={3} note={open} flush>
      <ol className={rows.list}>
        {view.risks.map((risk) => (
          <li key={risk.checkId} className={`${rows.row} ${styles.risk}`}>
            <SeverityMark severity={risk.severity} />
            <div className={styles.riskTitle}>
              <p className={text.strong}>{risk.title}</p>
              <p className={text.caption}>{risk.areaTitle}</p>
            </div>
            <span className={`${text.body} ${styles.affects}`}>{risk.affects}</span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
