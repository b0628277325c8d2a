import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { useText } from '@countersign/ui/text.ts'

const useStyles = makeStyles({
  page: {
    maxWidth: '1360px',
    margin: '0 auto',
    padding: '20px 24px 40px',
    boxSizing: 'border-box',
    // A wide window is not a lonely column.
    '@container (min-width: 1680px)': { maxWidth: '1640px' },
    '@container (max-width: 639px)': { padding: '12px 12px 24px' },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '10px 16px', marginBottom: '16px' },
  words: { flexGrow: 1, flexBasis: '320px', minWidth: 0, '@container (max-width: 639px)': { flexBasis: '100%' } },
  facts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 12px', marginTop: '2px' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    // Several buttons of a phone share its width; one alone stays as wide as its words.
    '& > :not(:only-child)': { '@container (max-width: 639px)': { flexGrow: 1 } },
    '@container (max-width: 639px)': { flexBasis: '100%' },
  },
})

/** Twelve columns that become one below 1024: a page names spans by these classes. */
export const useGrid = makeStyles({
  grid: {
    display: 'grid',
    gap: '16px',
    gridTemplateColumns: 'repeat(12, minmax(0, 1fr))',
    '@container (max-width: 1023px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  stack: { display: 'grid', gap: '16px', gridTemplateColumns: 'minmax(0, 1fr)', alignContent: 'start' },
  four: { gridColumn: 'span 4', '@container (max-width: 1023px)': { gridColumn: 'auto' } },
  five: { gridColumn: 'span 5', '@container (max-width: 1023px)': { gridColumn: 'auto' } },
  seven: { gridColumn: 'span 7', '@container (max-width: 1023px)': { gridColumn: 'auto' } },
  eight: { gridColumn: 'span 8', '@container (max-width: 1023px)': { gridColumn: 'auto' } },
  twelve: { gridColumn: '1 / -1' },
})

export interface PageProps {
  readonly title: string
  readonly above?: React.ReactNode
  readonly facts?: React.ReactNode
  readonly actions?: React.ReactNode
  /** The page stands in for one whose data are still on their way. */
  readonly busy?: boolean
  readonly children: React.ReactNode
}

/** A page with its one heading. After the first page the heading takes the focus, so that a reader hears where a link led. */
export function Page({ title, above, facts, actions, busy = false, children }: PageProps): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const heading = React.useRef<HTMLHeadingElement>(null)
  React.useEffect(() => {
    document.title = `${title} · Countersign`
  }, [title])
  React.useEffect(() => {
    if (hasShownPage) heading.current?.focus()
    hasShownPage = true
  }, [])
  return (
    <main id="page" className={styles.page} {...(busy ? { 'aria-busy': true } : {})}>
      <div className={styles.head}>
        <div className={styles.words}>
          {above}
          <h1 ref={heading} tabIndex={-1} className={text.pageTitle}>
            {title}
          </h1>
          {facts !== undefined && <div className={mergeClasses(text.body, text.secondary, styles.facts)}>{facts}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </main>
  )
}

let hasShownPage = false
