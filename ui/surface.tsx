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
  return <div className={mergeClasses(styles.root, palette[scheme], className)}>{children}</div>
}
