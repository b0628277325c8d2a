import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { usePalette } from './palette.ts'
import { useReader } from './reader.tsx'

const useStyles = makeStyles({
  root: {
    containerType: 'inline-size',
    fontVariantNumeric: 'tabular-nums',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyBase,
    fontSize: '14px',
    lineHeight: '20px',
  },
  // What the browser draws itself, such as boxes to tick and scroll bars, follows the theme too.
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  contrast: { colorScheme: 'dark' },
})

/** The ground that cards lie on, and the container that every width rule asks: a web part can be narrow on a wide screen. */
export function Surface({
  className,
  children,
}: {
  readonly className?: string | undefined
  readonly children: React.ReactNode
}): React.ReactElement {
  const { scheme } = useReader()
  const styles = useStyles()
  const palette = usePalette()
  return <div className={mergeClasses(styles.root, styles[scheme], palette[scheme], className)}>{children}</div>
}
