import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { AreaView } from './contract.ts'
import { formatCount } from './format.ts'
import { colour, contrastPattern, hatch } from './palette.ts'
import { useReader, type Scheme } from './reader.tsx'
import { useText } from './text.ts'

/** The segments of a bar, worst first; a note counts with Low. */
export const segments = [
  { id: 'critical', word: 'Critical' },
  { id: 'high', word: 'High' },
  { id: 'medium', word: 'Medium' },
  { id: 'low', word: 'Low' },
  { id: 'passed', word: 'Pass' },
  { id: 'notRead', word: 'Not read' },
] as const
export type SegmentId = (typeof segments)[number]['id']

/** How many checks of an area fall into a segment. */
export function checksIn(checks: AreaView['checks'], segment: SegmentId): number {
  if (segment === 'passed' || segment === 'notRead') return checks[segment]
  if (segment === 'low') return checks.failing.low + checks.failing.info
  return checks.failing[segment]
}

const useStyles = makeStyles({
  bar: { display: 'flex', columnGap: '2px', height: '8px', width: '100%', minWidth: 0 },
  segment: { minWidth: '4px', height: '8px', borderRadius: '2px', boxSizing: 'border-box', forcedColorAdjust: 'none' },
  first: { borderTopLeftRadius: '4px', borderBottomLeftRadius: '4px' },
  last: { borderTopRightRadius: '4px', borderBottomRightRadius: '4px' },
  outlined: { border: `1px solid ${colour.ink}` },
  swatch: { width: '9px', height: '8px', borderRadius: '2px', display: 'inline-block', boxSizing: 'border-box', forcedColorAdjust: 'none' },
  legend: { display: 'flex', flexWrap: 'wrap', gap: '4px 14px', listStyleType: 'none', margin: 0, padding: 0 },
  entry: { display: 'inline-flex', alignItems: 'center', columnGap: '6px' },
  critical: { backgroundColor: colour.critical },
  high: { backgroundColor: colour.high },
  medium: { backgroundColor: colour.mediumBar },
  low: { backgroundColor: colour.lowBar },
  passed: { backgroundColor: colour.passed },
  notRead: { backgroundImage: hatch },
  contrastHigh: { backgroundImage: contrastPattern.high },
  contrastMedium: { backgroundImage: contrastPattern.medium },
})

function useSegmentClass(): (segment: SegmentId) => string {
  const { scheme } = useReader()
  const styles = useStyles()
  return (segment) => mergeClasses(styles[segment], patternClass(segment, scheme))

  function patternClass(segment: SegmentId, shown: Scheme): string | undefined {
    if (shown !== 'contrast') return undefined
    if (segment === 'high') return mergeClasses(styles.contrastHigh, styles.outlined)
    if (segment === 'medium') return mergeClasses(styles.contrastMedium, styles.outlined)
    return styles.outlined
  }
}

/** One area's checks by outcome; its accessible name says every figure. */
export function AreaBar({ area }: { readonly area: AreaView }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const segmentClass = useSegmentClass()
  const shown = segments.map((segment) => ({ ...segment, count: checksIn(area.checks, segment.id) })).filter(({ count }) => count > 0)
  const sentence = shown.map(({ word, count }) => `${word} ${formatCount(count, locale)}`).join(', ')
  return (
    <div className={styles.bar} role="img" aria-label={sentence === '' ? `${area.title}: no checks` : `${area.title}, checks: ${sentence}`}>
      {shown.map(({ id, count }, index) => (
        <div
          key={id}
          className={mergeClasses(styles.segment, segmentClass(id), index === 0 && styles.first, index === shown.length - 1 && styles.last)}
          style={{ flexGrow: count, flexBasis: 0 }}
        />
      ))}
    </div>
  )
}

/** What the colours and patterns of the bars mean. */
export function AreaLegend(): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const segmentClass = useSegmentClass()
  return (
    <ul className={styles.legend} aria-label="Key to the bars">
      {segments.map(({ id, word }) => (
        <li key={id} className={mergeClasses(styles.entry, text.caption)}>
          <span className={mergeClasses(styles.swatch, segmentClass(id))} aria-hidden="true" />
          {word}
        </li>
      ))}
    </ul>
  )
}
