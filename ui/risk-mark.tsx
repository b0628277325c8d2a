import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ApplicationLine } from '@countersign/core/api/applications.ts'
import { formatCount } from './format.ts'
import { colour } from './palette.ts'
import { useReader } from './reader.tsx'
import { SeverityMark } from './severity-mark.tsx'

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', columnGap: '8px', whiteSpace: 'nowrap' },
  number: { fontWeight: 600, minWidth: '22px', textAlign: 'right' },
  track: {
    width: '56px',
    height: '6px',
    borderRadius: '3px',
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground5,
    forcedColorAdjust: 'none',
  },
  outlined: { border: `1px solid ${colour.ink}`, backgroundColor: 'transparent' },
  fill: { height: '100%' },
  critical: { backgroundColor: colour.critical },
  high: { backgroundColor: colour.high },
  medium: { backgroundColor: colour.mediumBar },
  low: { backgroundColor: colour.lowBar },
})

/** A risk of 0 to 100 in three ways: word with shape, number, and length. */
export function RiskMark({ score, level }: Pick<ApplicationLine, 'score' | 'level'>): React.ReactElement {
  const { locale, scheme } = useReader()
  const styles = useStyles()
  return (
    <span className={styles.root}>
      <span className={styles.number}>{formatCount(score, locale)}</span>
      <span className={mergeClasses(styles.track, scheme === 'contrast' && styles.outlined)} aria-hidden="true">
        <span className={mergeClasses(styles.fill, styles[level])} style={{ display: 'block', width: `${score}%` }} />
      </span>
      <SeverityMark severity={level} />
    </span>
  )
}
