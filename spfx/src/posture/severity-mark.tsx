import * as React from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { PostureView } from './summary.ts';

export type Severity = PostureView['risks'][number]['severity'];

/** Word, shape and colour of each severity; the word always stands beside the mark. */
export const SEVERITIES: Readonly<Record<Severity, { readonly word: string; readonly shape: React.ReactElement }>> = {
  critical: { word: 'Critical', shape: <path d="M4 1h4l3 3v4l-3 3H4L1 8V4z" fill="currentColor" /> },
  high: { word: 'High', shape: <path d="M6 1l5.5 10H.5z" fill="currentColor" /> },
  medium: { word: 'Medium', shape: <path d="M6 .5 11.5 6 6 11.5.5 6z" fill="currentColor" /> },
  low: { word: 'Low', shape: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" /> },
  info: { word: 'Note', shape: <circle cx="6" cy="6" r="2.5" fill="currentColor" /> },
};

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  critical: { color: tokens.colorStatusDangerForeground1 },
  high: { color: tokens.colorPaletteDarkOrangeBackground3 },
  medium: { color: tokens.colorPaletteMarigoldForeground2 },
  low: { color: tokens.colorNeutralForeground3 },
  info: { color: tokens.colorNeutralForeground3 },
});

export function SeverityMark({ severity }: { readonly severity: Severity }): React.ReactElement {
  const styles = useStyles();
  const { word, shape } = SEVERITIES[severity];
  return (
    <span className={styles.mark}>
      <svg className={styles[severity]} width="12" height="12" viewBox="0 0 12 12" aria-hidden>
        {shape}
      </svg>
      {word}
    </span>
  );
}
