import * as React from 'react'
import { makeStyles, mergeClasses, tokens, useId } from '@fluentui/react-components'
import { useText } from './text.ts'

const useStyles = makeStyles({
  root: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
  },
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: '12px',
    rowGap: '4px',
    padding: '14px 20px 10px',
    '@container (max-width: 639px)': { padding: '12px 16px 8px' },
  },
  said: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' },
  // The action stays beside the title as long as the title has room for a few words.
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: '8px',
    flexGrow: 1,
    flexBasis: '160px',
    minWidth: 0,
  },
  body: { padding: '0 20px 14px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
  flush: { flexGrow: 1, minWidth: 0 },
  footer: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: '4px 12px',
    marginTop: 'auto',
    padding: '10px 20px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '@container (max-width: 639px)': { padding: '10px 16px' },
  },
})

export interface CardProps {
  readonly title: string
  /** Heading level: the title of a page is 1, of a card 2. */
  readonly level?: 2 | 3
  readonly note?: React.ReactNode
  readonly action?: React.ReactNode
  readonly footer?: React.ReactNode
  /** What stands first in the card shows its title already, such as tabs: the title is said and not shown. */
  readonly isTitleSaid?: boolean
  /** Rows and tables bring their own padding. */
  readonly flush?: boolean
  readonly className?: string | undefined
  readonly children: React.ReactNode
}

/** A section with a title. Fluent's own card costs 21 kB and adds focus handling that nothing here needs. */
export function Card(props: CardProps): React.ReactElement {
  const { title, level = 2, note, action, footer, isTitleSaid = false, flush = false, className, children } = props
  const styles = useStyles()
  const text = useText()
  const id = useId('card')
  const Heading: 'h2' | 'h3' = level === 2 ? 'h2' : 'h3'
  return (
    <section aria-labelledby={id} className={mergeClasses(styles.root, className)}>
      <div className={isTitleSaid ? styles.said : styles.header}>
        <div className={styles.heading}>
          <Heading id={id} className={text.cardTitle}>
            {title}
          </Heading>
          {note !== undefined && <span className={text.caption}>{note}</span>}
        </div>
        {action}
      </div>
      <div className={flush ? styles.flush : mergeClasses(styles.flush, styles.body)}>{children}</div>
      {footer !== undefined && <div className={styles.footer}>{footer}</div>}
    </section>
  )
}

/** Padding and hairline of one row of a card; shared by lists and table cells. */
export const useRows = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    padding: '11px 20px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    minWidth: 0,
    '@container (max-width: 639px)': { padding: '10px 16px' },
  },
})
