import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import { useMark } from './mark.ts'
import { colour } from './palette.ts'
import { useText } from './text.ts'

export type Tier = 'control' | 'management' | 'user' | 'none'

/** How far a permission or a role reaches. */
export const tierWords = {
  control: 'Control plane',
  management: 'Management plane',
  user: 'User plane',
  none: 'No plane',
} as const satisfies Record<Tier, string>

const useStyles = makeStyles({
  shape: { flexShrink: 0 },
})

/** Three steps, filled as far as the reach goes; the word stands beside it. */
const filled = { control: 3, management: 2, user: 1, none: 0 } as const satisfies Record<Tier, number>

export function TierMark({ tier }: { readonly tier: Tier }): React.ReactElement {
  const mark = useMark()
  const styles = useStyles()
  const text = useText()
  const ink = tier === 'control' ? colour.critical : colour.lowMark
  return (
    <span className={mark.root}>
      <svg className={styles.shape} width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
        {[0, 1, 2].map((step) => (
          <rect
            key={step}
            x={step * 5 + 0.5}
            y={8 - step * 3.5 + 0.5}
            width="3"
            height={3 + step * 3.5}
            fill={step < filled[tier] ? ink : 'none'}
            stroke={ink}
            strokeWidth="1"
          />
        ))}
      </svg>
      <span className={text.captionStrong}>{tierWords[tier]}</span>
    </span>
  )
}
