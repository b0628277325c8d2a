import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { AuditField } from './contract.ts'
import { colour } from './palette.ts'
import { PathText } from './path-text.tsx'
import { useText } from './text.ts'

const useStyles = makeStyles({
  list: { margin: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(72px, 2fr) minmax(0, 5fr) 124px',
    columnGap: '12px',
    padding: '11px 20px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '@container (max-width: 639px)': { gridTemplateColumns: 'minmax(0, 1fr) auto', rowGap: '2px', padding: '10px 16px' },
  },
  value: { margin: 0, '@container (max-width: 639px)': { gridColumnStart: 1 } },
  compared: {
    margin: 0,
    display: 'inline-flex',
    alignItems: 'flex-start',
    columnGap: '6px',
    maxWidth: '160px',
    '@container (max-width: 639px)': { gridColumnStart: 2, gridRowStart: 1, gridRowEnd: 3 },
  },
  same: { color: colour.good, flexShrink: 0, marginTop: '2px' },
  differs: { color: colour.bad, flexShrink: 0, marginTop: '2px' },
})

/** The fields of the tenant's own audit row, each with what it was compared with. */
export function AuditRow({ fields }: { readonly fields: readonly AuditField[] }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <dl className={styles.list}>
      {fields.map((field) => (
        <div key={field.field} className={styles.row}>
          <dt className={text.caption}>{field.field}</dt>
          <dd className={mergeClasses(text.body, styles.value)}>
            <PathText text={field.value} />
          </dd>
          <dd className={mergeClasses(text.caption, styles.compared)}>
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" className={field.same ? styles.same : styles.differs}>
              <path d={field.same ? 'M1.5 6.5l3 3L10.5 3' : 'M2 2l8 8M10 2l-8 8'} fill="none" stroke="currentColor" strokeWidth="1.5" />
            </svg>
            <span>{field.same ? field.compared : differs(field.compared)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What the field should have been the same as is no news where it differs. */
function differs(compared: string): string {
  return compared === '' || compared.startsWith('Same as') ? 'Differs' : `Differs: ${compared}`
}
