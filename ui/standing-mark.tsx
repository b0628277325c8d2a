import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import type { Standing } from './contract.ts'
import { colour } from './palette.ts'
import { useText } from './text.ts'

export const standingWords = {
  proven: 'Holds',
  partly: 'Holds in part',
  stale: 'Evidence is old',
  unknown: 'Not shown yet',
  failing: 'Does not hold',
  stated: 'Stated',
} as const satisfies Record<Standing, string>

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', columnGap: '7px', minHeight: '20px', verticalAlign: 'middle' },
  shape: { flexShrink: 0 },
})

/** Shapes on a 14 by 14 grid, each readable without its colour. */
const shapes = {
  proven: (
    <>
      <circle cx="7" cy="7" r="7" fill={colour.good} />
      <path d="M4 7.2l2.1 2.1L10 5.2" fill="none" stroke={colour.ground} strokeWidth="1.5" />
    </>
  ),
  partly: (
    <>
      <circle cx="7" cy="7" r="6.2" fill="none" stroke={colour.waiting} strokeWidth="1.5" />
      <path d="M.8 7a6.2 6.2 0 0 0 12.4 0z" fill={colour.waiting} />
    </>
  ),
  stale: (
    <>
      <circle cx="7" cy="7" r="6.2" fill="none" stroke={colour.waiting} strokeWidth="1.5" />
      <path d="M7 3.6V7h2.8" fill="none" stroke={colour.waiting} strokeWidth="1.5" />
    </>
  ),
  unknown: <circle cx="7" cy="7" r="6.2" fill="none" stroke={colour.lowMark} strokeWidth="1.5" />,
  failing: (
    <>
      <circle cx="7" cy="7" r="7" fill={colour.bad} />
      <path d="M4.6 4.6l4.8 4.8m0-4.8L4.6 9.4" stroke={colour.ground} strokeWidth="1.5" />
    </>
  ),
  stated: <path d="M2 3.5h10M2 7h10M2 10.5h6" stroke={colour.lowMark} strokeWidth="1.5" />,
} as const satisfies Record<Standing, React.ReactElement>

/** The standing's shape beside a word: its own, or another that means the same here (“Verified”). */
export function StandingMark({ standing, word }: { readonly standing: Standing; readonly word?: string }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <span className={styles.root}>
      <svg className={styles.shape} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {shapes[standing]}
      </svg>
      <span className={text.captionStrong}>{word ?? standingWords[standing]}</span>
    </span>
  )
}
