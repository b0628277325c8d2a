import * as React from 'react'
import { makeStyles, tokens } from '@fluentui/react-components'

const useStyles = makeStyles({
  box: {
    width: '16px',
    height: '16px',
    margin: '8px',
    accentColor: tokens.colorCompoundBrandBackground,
    cursor: 'pointer',
    verticalAlign: 'middle',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
})

/** The browser's own checkbox: a long list draws hundreds of them a second. Within a grid the cell around it takes the focus. */
export function TickBox({
  label,
  checked,
  isInGrid = false,
  onTick,
}: {
  readonly label: string
  readonly checked: boolean | 'mixed'
  readonly isInGrid?: boolean
  readonly onTick: (checked: boolean) => void
}): React.ReactElement {
  const styles = useStyles()
  const box = React.useRef<HTMLInputElement>(null)
  React.useLayoutEffect(() => {
    if (box.current) box.current.indeterminate = checked === 'mixed'
  }, [checked])
  return (
    <input
      ref={box}
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={checked === true}
      {...(isInGrid ? { tabIndex: -1 } : {})}
      onChange={(event) => onTick(event.target.checked)}
    />
  )
}
