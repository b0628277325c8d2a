import * as React from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { PostureView } from './summary.ts';
import { SEVERITIES, type Severity } from './severity-mark.tsx';

export interface AreaBarProps {
  readonly checks: PostureView['areas'][number]['checks'];
  readonly locale: string;
}

const ORDER: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
const HATCH = `repeating-linear-gradient(135deg, ${tokens.colorNeutralStroke1} 0 2px, transparent 2px 5px)`;

const useStyles = makeStyles({
  bar: { display: 'flex', gap: '2px', height: '6px', marginTop: '4px', maxWidth: '360px' },
  part: { borderRadius: '2px', minWidth: '4px', forcedColorAdjust: 'none' },
  critical: { backgroundColor: tokens.colorStatusDangerForeground1 },
  high: { backgroundColor: tokens.colorPaletteDarkOrangeBackground3 },
  medium: { backgroundColor: tokens.colorPaletteMarigoldBackground3 },
  low: { backgroundColor: tokens.colorNeutralForeground4 },
  info: { backgroundColor: tokens.colorNeutralForeground4 },
  passed: { backgroundColor: tokens.colorNeutralBackground6 },
  notRead: { backgroundImage: HATCH },
  words: { display: 'block', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2, marginTop: '4px' },
});

/** The checks of one area as a bar, and the same counts in words beneath it. */
export function AreaBar({ checks, locale }: AreaBarProps): React.ReactElement {
  const styles = useStyles();
  const number = new Intl.NumberFormat(locale);
  const failing = ORDER.filter((severity) => checks.failing[severity] > 0);
  const words = [
    ...failing.map((severity) => `${number.format(checks.failing[severity])} ${SEVERITIES[severity].word.toLowerCase()}`),
    `${number.format(checks.passed)} passed`,
    ...(checks.notRead > 0 ? [`${number.format(checks.notRead)} not read`] : []),
  ];
  return (
    <>
      <span className={styles.bar} aria-hidden>
        {failing.map((severity) => (
          <span key={severity} className={mergeClasses(styles.part, styles[severity])} style={{ flexGrow: checks.failing[severity] }} />
        ))}
        {checks.passed > 0 && <span className={mergeClasses(styles.part, styles.passed)} style={{ flexGrow: checks.passed }} />}
        {checks.notRead > 0 && <span className={mergeClasses(styles.part, styles.notRead)} style={{ flexGrow: checks.notRead }} />}
      </span>
      <span className={styles.words}>{words.join(' · ')}</span>
    </>
  );
}
