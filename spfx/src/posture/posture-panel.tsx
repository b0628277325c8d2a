import * as React from 'react';
import {
  Button,
  FluentProvider,
  IdPrefixProvider,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Skeleton,
  SkeletonItem,
  tokens,
  type Theme,
} from '@fluentui/react-components';
import type { FeedState } from './posture-feed.ts';
import { problemText } from './problem-text.ts';
import type { SettingsResult } from './settings.ts';
import { fill, type PostureStrings } from './strings.ts';
import { PostureSummary } from './summary.ts';

export interface PosturePanelProps {
  readonly strings: PostureStrings;
  readonly theme: Theme;
  /** Keeps element ids and class scopes of several web parts on one page apart. */
  readonly idPrefix: string;
  readonly locale: string;
  readonly settings: SettingsResult;
  /** False where the host has no property pane (the Teams personal app). */
  readonly hasPropertyPane: boolean;
  readonly feed: FeedState | undefined;
  readonly onRetry: () => void;
}

/** A skeleton that flashes for a moment reads as a fault: nothing is drawn for this long. */
const SKELETON_AFTER_MS = 300;

const useStyles = makeStyles({
  root: {
    containerType: 'inline-size',
    fontVariantNumeric: 'tabular-nums',
    backgroundColor: tokens.colorNeutralBackground3,
    padding: '16px',
    borderRadius: '8px',
    '@container (max-width: 639px)': { padding: '12px' },
  },
  stack: { display: 'grid', gap: '12px', gridTemplateColumns: 'minmax(0, 1fr)' },
  gaps: { margin: '4px 0', paddingLeft: '20px' },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
});

/** Everything that the web part draws: one state at a time, never an empty box. */
export function PosturePanel(props: PosturePanelProps): React.ReactElement {
  return (
    <IdPrefixProvider value={props.idPrefix}>
      <FluentProvider theme={props.theme}>
        <Panel {...props} />
      </FluentProvider>
    </IdPrefixProvider>
  );
}

function Panel({ strings, settings, hasPropertyPane, feed, locale, onRetry }: PosturePanelProps): React.ReactElement {
  const styles = useStyles();
  return (
    <section className={styles.root} aria-label={settings.ok ? settings.settings.title : strings.NotSetUpTitle}>
      <div className={styles.stack}>{content()}</div>
    </section>
  );

  function content(): React.ReactNode {
    if (!settings.ok) return <NotSetUp strings={strings} settings={settings} hasPropertyPane={hasPropertyPane} />;
    const { serviceUrl, title, showAreas, showRisks } = settings.settings;
    const { view, readAt, problem } = feed ?? {};
    return (
      <>
        {problem && (
          <ProblemBar
            {...problemText(problem, strings, serviceUrl)}
            kept={view && readAt !== undefined ? fill(strings.KeptFrom, { time: exactTime(readAt, locale) }) : undefined}
            retry={strings.Retry}
            onRetry={onRetry}
          />
        )}
        {view && <PostureSummary view={view} title={title} showAreas={showAreas} showRisks={showRisks} locale={locale} />}
        {!view && !problem && <Loading label={strings.Loading} />}
      </>
    );
  }
}

function NotSetUp(props: {
  readonly strings: PostureStrings;
  readonly settings: Extract<SettingsResult, { ok: false }>;
  readonly hasPropertyPane: boolean;
}): React.ReactElement {
  const styles = useStyles();
  const { strings, settings, hasPropertyPane } = props;
  const [first, ...others] = settings.gaps.map((gap) => fill(strings[gap.id], { value: gap.value }));
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody className={styles.wrap}>
        <MessageBarTitle>{strings.NotSetUpTitle}</MessageBarTitle>
        {others.length === 0 ? (
          <span>{first} </span>
        ) : (
          <ul className={styles.gaps}>
            {[first, ...others].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        <span>{hasPropertyPane ? strings.NotSetUpHelp : strings.NotSetUpHelpTeams}</span>
      </MessageBarBody>
    </MessageBar>
  );
}

function ProblemBar(props: {
  readonly title: string;
  readonly text: string;
  readonly isRefusal: boolean;
  readonly kept: string | undefined;
  readonly retry: string;
  readonly onRetry: () => void;
}): React.ReactElement {
  const styles = useStyles();
  return (
    <MessageBar intent={props.isRefusal ? 'warning' : 'error'} layout="multiline">
      <MessageBarBody className={styles.wrap}>
        <MessageBarTitle>{props.title}</MessageBarTitle> {props.text} {props.kept}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={props.onRetry}>
          {props.retry}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function Loading({ label }: { readonly label: string }): React.ReactElement | null {
  const styles = useStyles();
  const [isSlow, setSlow] = React.useState(false);
  React.useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isSlow) return null;
  return (
    <div role="status" aria-label={label}>
      <Skeleton aria-hidden className={styles.stack}>
        <SkeletonItem size={32} />
        <SkeletonItem size={96} />
        <SkeletonItem size={128} />
        <SkeletonItem size={128} />
      </Skeleton>
    </div>
  );
}

function exactTime(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(at);
}
