import * as React from 'react';
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, mergeClasses, tokens } from '@fluentui/react-components';
import { AreaBar } from './area-bar.tsx';
import { SeverityMark } from './severity-mark.tsx';
import type { PostureView } from './summary.ts';
import { Trend } from './trend.tsx';

export interface PostureSummaryProps {
  readonly view: PostureView;
  readonly title: string;
  readonly showAreas: boolean;
  readonly showRisks: boolean;
  readonly locale: string;
}

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    padding: '14px 20px',
    '@container (max-width: 639px)': { padding: '12px 14px' },
  },
  title: { margin: 0, fontSize: '20px', lineHeight: '26px', fontWeight: 600, overflowWrap: 'anywhere' },
  heading: { margin: 0, fontSize: '16px', lineHeight: '22px', fontWeight: 600 },
  caption: { margin: 0, fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2 },
  score: { display: 'flex', alignItems: 'baseline', gap: '8px', margin: '4px 0' },
  figure: { fontSize: '56px', lineHeight: '60px', fontWeight: 600 },
  better: { color: tokens.colorStatusSuccessForeground1 },
  worse: { color: tokens.colorStatusDangerForeground1 },
  table: { width: '100%', borderCollapse: 'collapse', marginTop: '8px' },
  head: { fontSize: '12px', lineHeight: '16px', fontWeight: 400, color: tokens.colorNeutralForeground2, textAlign: 'left' },
  cell: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, padding: '8px 0', textAlign: 'left', fontWeight: 400 },
  number: { textAlign: 'right' },
  list: { listStyleType: 'none', margin: '8px 0 0', padding: 0 },
  risk: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, padding: '10px 0' },
  riskTitle: { margin: '2px 0', fontSize: '14px', lineHeight: '20px', fontWeight: 600, overflowWrap: 'anywhere' },
  riskHead: { display: 'flex', justifyContent: 'space-between', columnGap: '12px', flexWrap: 'wrap' },
});

/** Score, areas and top risks of one tenant; data in, nothing out. */
export function PostureSummary(props: PostureSummaryProps): React.ReactElement {
  const { view, title, showAreas, showRisks, locale } = props;
  const styles = useStyles();
  const number = new Intl.NumberFormat(locale);
  const notRead = view.checks.of - view.checks.read;
  return (
    <>
      <header>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.caption}>
          {view.tenant.displayName}
          {view.scannedAt && ` · scanned ${date(view.scannedAt, locale)}`}
        </p>
      </header>
      {view.scannedAt === null ? (
        <div className={styles.card}>
          <h3 className={styles.heading}>No scan yet</h3>
          <p className={styles.caption}>Figures appear after an administrator has started the first scan. Scanning reads only.</p>
        </div>
      ) : (
        <>
          {notRead > 0 && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>{`${number.format(notRead)} of ${number.format(view.checks.of)} checks could not be read.`}</MessageBarTitle>
                {' They are left out of the score, not counted as passed.'}
              </MessageBarBody>
            </MessageBar>
          )}
          <Score {...props} />
          {showAreas && <Areas {...props} />}
          {showRisks && <Risks {...props} />}
        </>
      )}
    </>
  );
}

function Score({ view, locale }: PostureSummaryProps): React.ReactElement {
  const styles = useStyles();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <section className={styles.card} aria-label="Posture score">
      <h3 className={styles.heading}>Posture score</h3>
      <p className={styles.score}>
        <span className={styles.figure}>{view.score === null ? '—' : number.format(view.score.value)}</span>
        <span>of 100</span>
        <Change change={view.score?.change ?? null} since={view.score?.since ?? null} locale={locale} />
      </p>
      <Trend points={view.score?.trend ?? []} locale={locale} />
    </section>
  );
}

interface ChangeProps {
  readonly change: number | null;
  readonly since: string | null;
  readonly locale: string;
}

function Change({ change, since, locale }: ChangeProps): React.ReactElement {
  const styles = useStyles();
  const from = since ? `since ${day(since, locale)}` : 'since the last scan';
  if (change === null) return <span className={styles.caption}>{`— not comparable ${since ? from : 'yet'}`}</span>;
  const tone = change > 0 ? styles.better : styles.worse;
  return (
    <span>
      <span className={change === 0 ? undefined : tone}>{signed(change, locale)}</span> <span className={styles.caption}>{from}</span>
    </span>
  );
}

function Areas({ view, locale }: PostureSummaryProps): React.ReactElement {
  const styles = useStyles();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const worstFirst = [...view.areas].sort((a, b) => (a.score ?? 101) - (b.score ?? 101));
  return (
    <section className={styles.card} aria-label="Areas">
      <h3 className={styles.heading}>Areas</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.head}>
              Area, lowest score first
            </th>
            <th scope="col" className={mergeClasses(styles.head, styles.number)}>
              Score
            </th>
            <th scope="col" className={mergeClasses(styles.head, styles.number)}>
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {worstFirst.map((area) => (
            <tr key={area.area}>
              <th scope="row" className={styles.cell}>
                {area.title}
                <AreaBar checks={area.checks} locale={locale} />
              </th>
              <td className={mergeClasses(styles.cell, styles.number)}>{area.score === null ? '—' : number.format(area.score)}</td>
              <td className={mergeClasses(styles.cell, styles.number)}>{area.change === null ? '—' : signed(area.change, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Risks({ view, locale }: PostureSummaryProps): React.ReactElement {
  const styles = useStyles();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <section className={styles.card} aria-label="Top risks">
      <h3 className={styles.heading}>Top risks</h3>
      {view.risks.length === 0 && <p className={styles.caption}>{`Nothing open: ${number.format(view.checks.read)} checks were read.`}</p>}
      <ol className={styles.list}>
        {view.risks.map((risk) => (
          <li key={risk.checkId} className={styles.risk}>
            <div className={mergeClasses(styles.caption, styles.riskHead)}>
              <SeverityMark severity={risk.severity} />
              <span>{risk.areaTitle}</span>
            </div>
            <h4 className={styles.riskTitle}>{risk.title}</h4>
            <p className={styles.caption}>{risk.affects}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function date(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(iso)) + ' UTC';
}

function day(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(iso));
}

/** "+4", "−3", "0": with a true minus sign. */
function signed(change: number, locale: string): string {
  return new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(change).replace('-', '−');
}
