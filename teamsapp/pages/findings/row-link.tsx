import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useHref, useLinkClickHandler } from 'react-router-dom'
import { useReader } from '@countersign/ui/reader.tsx'

const useStyles = makeStyles({
  link: {
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: '2px' },
  },
  blue: { color: tokens.colorBrandForegroundLink },
  // The row says how many lines there is room for.
  line: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 'var(--row-lines, 2)',
    overflow: 'hidden',
    overflowWrap: 'anywhere',
  },
})

/** The title of a row as a link to its page. Within a grid the cell around it takes the focus, and Enter there opens it. */
export function RowLink({
  to,
  isInGrid = false,
  isShort = false,
  children,
}: {
  readonly to: string
  readonly isInGrid?: boolean
  readonly isShort?: boolean
  readonly children: string
}): React.ReactElement {
  const { scheme } = useReader()
  const styles = useStyles()
  const href = useHref(to)
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to)
  return (
    <a
      href={href}
      onClick={onClick}
      title={isShort ? children : undefined}
      className={mergeClasses(styles.link, scheme === 'contrast' && styles.blue, isShort && styles.line)}
      {...(isInGrid ? { tabIndex: -1 } : {})}
    >
      {children}
    </a>
  )
}
