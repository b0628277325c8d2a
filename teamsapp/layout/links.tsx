import * as React from 'react'
import { Button, Link, makeStyles, mergeClasses, tokens, type ButtonProps } from '@fluentui/react-components'
import { useReader } from '@countersign/ui/reader.tsx'
import { useHref, useLinkClickHandler } from 'react-router-dom'

interface InnerLinkProps {
  readonly to: string
  readonly className?: string | undefined
  readonly label?: string
  /** A row's title: neutral until it is pointed at, but for the contrast theme, where links have a colour of their own. */
  readonly quiet?: boolean
  readonly children: React.ReactNode
}

const useStyles = makeStyles({
  quiet: {
    color: tokens.colorNeutralForeground1,
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':active': { color: tokens.colorNeutralForeground1 },
  },
})

/** A link to another page of the tab, in Fluent's clothes. */
export function PageLink({ to, className, label, quiet = false, children }: InnerLinkProps): React.ReactElement {
  const { scheme } = useReader()
  const styles = useStyles()
  const href = useHref(to)
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to)
  return (
    <Link
      href={href}
      onClick={onClick}
      className={mergeClasses(quiet && scheme !== 'contrast' && styles.quiet, className)}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {children}
    </Link>
  )
}

/** A link that looks like a button, because it starts something on the page it leads to. */
export function PageButton({
  to,
  label,
  className,
  appearance = 'secondary',
  size = 'small',
  icon,
  children,
}: Omit<InnerLinkProps, 'quiet'> & Pick<ButtonProps, 'appearance' | 'size' | 'icon'>): React.ReactElement {
  const href = useHref(to)
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to)
  return (
    <Button
      as="a"
      href={href}
      onClick={onClick}
      appearance={appearance}
      size={size}
      className={className}
      {...(icon === undefined ? {} : { icon })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {children}
    </Button>
  )
}
