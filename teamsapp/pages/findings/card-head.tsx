import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import { Delta } from '@countersign/ui/delta.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import type { FindingRow } from './rows.ts'

const useStyles = makeStyles({ head: { display: 'flex', justifyContent: 'space-between', columnGap: '12px', marginBottom: '2px' } })

/** The first line of a row as a card: how grave it is, and what mending it adds to the score. */
export function CardHead({ row: { severity, adds } }: { readonly row: Pick<FindingRow, 'severity' | 'adds'> }): React.ReactElement {
  const styles = useStyles()
  return (
    <div className={styles.head}>
      <SeverityMark severity={severity} />
      <Delta value={adds} arrow={false} />
    </div>
  )
}
