import * as React from 'react';
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, mergeClasses, tokens } from '@fluentui/react-components';
import type { PostureView, Severity } from './summary.ts';
import { Trend } from './trend.tsx';

export interface PostureSummaryProps {
  readonly view: PostureView;
  readonly title: string;
  readonly showAreas: boolean;
  readonly showRisks: boolean;
  readonly locale: string;
}

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Note',
};

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
  bar: { height: '6px', borderRadius: '3px', backgroundColor: tokens.colorNeutralBackground5, marginTop: '4px', maxWidth: '320px' },
  fill: { height: '100%', borderRadius: '3px', backgroundColor: tokens.colorNeutralForeground3, border: '1px solid transparent' },
  list: { listStyleType: 'none', margin: '8px 0 0', padding: 0 },
  risk: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, padding: '10px 0' },
  riskTitle: { margin: '2px 0', fontSize: '14px', lineHeight: '20px', fontWeight: 600, overflowWrap: 'anywhere' },
  riskHead: { display: 'flex', justifyContent: 'space-between' },
});

/** Score, areas and top risks of one tenant; data in, nothing out. */
export function PostureSummary(props: PostureSummaryProps): React.ReactElement {
  const { view, title, showAreas, showRisks, locale } = props;
  const styles = useStyles();
  const number = new Intl.NumberFormat(locale);
  return (
    <>
      <header>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.caption}>
          {view.tenantName}
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
          {view.checks.unread > 0 && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>{`${number.format(view.checks.unread)} of ${number.format(view.checks.total)} checks could not be read.`}</MessageBarTitle>
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
        <span className={styles.figure}>{view.score === null ? '—' : number.format(view.score)}</span>
        <span>of 100</span>
        <Change change={view.change} locale={locale} />
      </p>
      <Trend points={view.trend} locale={locale} />
    </section>
  );
}

function Change({ change, locale }: { readonly change: number | null; readonly locale: string }): React.ReactElement {
  const styles = useStyles();
  if (change === null) return <span>— since the last scan</span>;
  const words = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(change).replace('-', '−');
  const tone = change > 0 ? styles.better : styles.worse;
  return (
    <span>
      <span className={change === 0 ? undefined : tone}>{words}</span> since the last scan
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
              Failing
            </th>
            <th scope="col" className={mergeClasses(styles.head, styles.number)}>
              Score
            </th>
          </tr>
        </thead>
        <tbody>
          {worstFirst.map((area) => (
            <tr key={area.id}>
              <th scope="row" className={styles.cell}>
                {area.name}
                {area.unread > 0 && <span className={styles.caption}> · {number.format(area.unread)} not read</span>}
                <div className={styles.bar} aria-hidden>
                  <div className={styles.fill} style={{ width: `${area.score ?? 0}%` }} />
                </div>
              </th>
              <td className={mergeClasses(styles.cell, styles.number)}>{number.format(area.failing)}</td>
              <td className={mergeClasses(styles.cell, styles.number)}>{area.score === null ? '—' : number.format(area.score)}</td>
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
      {view.risks.length === 0 && <p className={styles.caption}>{`Nothing open: ${number.format(view.checks.total - view.checks.unread)} checks were read.`}</p>}
      <ol className={styles.list}>
        {view.risks.map((risk) => (
          <li key={risk.id} className={styles.risk}>
            <div className={mergeClasses(styles.caption, styles.riskHead)}>
              <span>{SEVERITY_WORDS[risk.severity]}</span>
              <span>{`+${number.format(risk.points)} points when fixed`}</span>
            </div>
            <h4 className={styles.riskTitle}>{risk.title}</h4>
            <p className={styles.caption}>{risk.why}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function date(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(iso)) + ' UTC';
}
