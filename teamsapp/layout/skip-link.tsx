import * as React from 'react'
import { makeStyles, tokens } from '@fluentui/react-components'

const useStyles = makeStyles({
  // Above the window until it has the focus: whoever uses a keyboard meets it first, nobody else sees it.
  link: {
    position: 'fixed',
    top: '-64px',
    left: '12px',
    zIndex: 3,
    padding: '8px 14px',
    borderRadius: '6px',
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    ':focus': { top: '4px' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
})

/** The way past the header, for whoever goes by keyboard: to the heading of the page. */
export function SkipLink(): React.ReactElement {
  const styles = useStyles()
  return (
    <a className={styles.link} href="#page" onClick={skip}>
      Skip to the page
    </a>
  )
}

function skip(event: React.MouseEvent): void {
  // The address stays as it is: it says which page is shown, and how it is filtered.
  event.preventDefault()
  document.querySelector<HTMLElement>('main h1')?.focus()
}
