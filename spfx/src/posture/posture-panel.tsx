import * as React from 'react'
import { FluentProvider, IdPrefixProvider, makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import type { FeedState } from './posture-feed.ts'
import { postureState } from './posture-state.ts'
import type { SettingsResult } from './settings.ts'
import { fill, type PostureStrings } from './strings.ts'
import { PostureSummary, ReaderProvider, Surface } from './summary.ts'
import type { HostTheme } from './theme.ts'

export interface PosturePanelProps {
  readonly strings: PostureStrings
  readonly theme: HostTheme
  /** Keeps element ids and class scopes of several web parts on one page apart. */
  readonly idPrefix: string
  readonly locale: string
  readonly settings: SettingsResult
  /** False where the host has no property pane (the Teams personal app). */
  readonly hasPropertyPane: boolean
  readonly feed: FeedState
  readonly onRetry: () => void
}

/** Everything that the web part draws: what is missing in its settings, or the shared posture summary. */
export function PosturePanel(props: PosturePanelProps): React.ReactElement {
  const { strings, theme, idPrefix, locale, settings, feed, onRetry } = props
  return (
    <IdPrefixProvider value={idPrefix}>
      <FluentProvider theme={theme.fluent}>
        {settings.ok ? (
          <PostureSummary
            {...settings.settings}
            state={postureState(feed, strings, settings.settings.serviceUrl)}
            scheme={theme.scheme}
            locale={locale}
            onRetry={onRetry}
          />
        ) : (
          <NotSetUp {...props} gaps={settings.gaps.map((gap) => fill(strings[gap.id], { value: gap.value }))} />
        )}
      </FluentProvider>
    </IdPrefixProvider>
  )
}

const useStyles = makeStyles({
  ground: { padding: '12px', borderRadius: '8px' },
  body: { whiteSpace: 'normal', overflowWrap: 'anywhere', paddingTop: '6px', paddingBottom: '6px' },
  gaps: { margin: '4px 0', paddingLeft: '20px' },
})

function NotSetUp(props: PosturePanelProps & { readonly gaps: readonly string[] }): React.ReactElement {
  const { strings, theme, locale, hasPropertyPane, gaps } = props
  const styles = useStyles()
  const reader = React.useMemo(() => ({ scheme: theme.scheme, locale }), [theme.scheme, locale])
  return (
    <ReaderProvider value={reader}>
      <Surface className={styles.ground}>
        <MessageBar intent="warning">
          <MessageBarBody className={styles.body}>
            <MessageBarTitle>{strings.NotSetUpTitle}</MessageBarTitle>
            {gaps.length === 1 ? (
              <span>{gaps[0]} </span>
            ) : (
              <ul className={styles.gaps}>
                {gaps.map((gap) => (
                  <li key={gap}>{gap}</li>
                ))}
              </ul>
            )}
            <span>{hasPropertyPane ? strings.NotSetUpHelp : strings.NotSetUpHelpTeams}</span>
          </MessageBarBody>
        </MessageBar>
      </Surface>
    </ReaderProvider>
  )
}
