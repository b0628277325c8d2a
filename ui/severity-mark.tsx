import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import type { Severity } from './contract.ts'
import { useMark } from './mark.ts'
import { colour } from './palette.ts'
import { useText } from './text.ts'

export const severityWords = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Note' } as const satisfies Record<
  Severity,
  string
>

const useStyles = makeStyles({
  shape: { flexShrink: 0, forcedColorAdjust: 'preserve-parent-color' },
})

/** Shapes on a 12 by 12 grid: word and shape always stand beside the colour. */
const shapes = {
  critical: <path d="M4 .8h4L11.2 4v4L8 11.2H4L.8 8V4z" fill={colour.critical} />,
  high: <path d="M6 1l5.4 10H.6z" fill={colour.high} />,
  medium: <path d="M6 .6L11.4 6 6 11.4.6 6z" fill={colour.mediumMark} />,
  low: <circle cx="6" cy="6" r="4" fill="none" stroke={colour.lowMark} strokeWidth="2" />,
  info: <circle cx="6" cy="6" r="2.5" fill={colour.lowMark} />,
} as const satisfies Record<Severity, React.ReactElement>

export function SeverityMark({ severity }: { readonly severity: Severity }): React.ReactElement {
  const mark = useMark()
  const styles = useStyles()
  const text = useText()
  return (
    <span className={mark.root}>
      <svg className={styles.shape} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {shapes[severity]}
      </svg>
      <span className={text.captionStrong}>{severityWords[severity]}</span>
    </span>
  )
}
