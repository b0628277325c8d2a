import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { formatDelta } from './format.ts'
import { colour } from './palette.ts'
import { useReader } from './reader.tsx'

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', columnGap: '4px', whiteSpace: 'nowrap' },
  changed: { fontWeight: 600 },
  better: { color: colour.good },
  worse: { color: colour.bad },
})

/** A change of the score: arrow, sign and colour say the same thing. “0” is no change, “—” is not comparable. */
export function Delta({ value, arrow = true }: { readonly value: number | null; readonly arrow?: boolean }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  if (value === null) {
    return (
      <span className={styles.root} title="Not comparable with the scan before">
        —
      </span>
    )
  }
  if (value === 0) return <span className={styles.root}>{formatDelta(0, locale)}</span>
  const rises = value > 0
  return (
    <span className={mergeClasses(styles.root, styles.changed, rises ? styles.better : styles.worse)}>
      {arrow && (
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d={rises ? 'M6 11V1.5M2 5.5l4-4 4 4' : 'M6 1v9.5M2 6.5l4 4 4-4'} fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      )}
      {formatDelta(value, locale)}
    </span>
  )
}
