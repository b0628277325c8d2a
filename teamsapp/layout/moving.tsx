import * as React from 'react'
import { makeStyles, tokens } from '@fluentui/react-components'
import { announce } from './announce.ts'

const useStyles = makeStyles({
  still: { display: 'block', borderRadius: '4px' },
  moved: {
    '@media (prefers-reduced-motion: no-preference)': {
      animationName: {
        from: { backgroundColor: tokens.colorBrandBackground2, boxShadow: `0 0 0 4px ${tokens.colorBrandBackground2}` },
        to: { backgroundColor: 'transparent', boxShadow: '0 0 0 4px transparent' },
      },
      animationDuration: '1600ms',
      animationTimingFunction: 'ease-out',
    },
  },
})

/** Shows and says that a value has changed while it was on screen, as when a receipt arrives. Nothing moves where motion is not wanted. */
export function Moving({
  value,
  says,
  children,
}: {
  readonly value: string
  /** The change in words. */
  readonly says: string
  readonly children: React.ReactNode
}): React.ReactElement {
  const styles = useStyles()
  const known = React.useRef(value)
  const [changes, setChanges] = React.useState(0)
  React.useEffect(() => {
    if (known.current === value) return
    known.current = value
    setChanges((count) => count + 1)
    announce(says)
  }, [value, says])
  return (
    <span key={changes} className={`${styles.still} ${changes > 0 ? styles.moved : ''}`} data-moved={changes > 0 ? '' : undefined}>
      {children}
    </span>
  )
}
