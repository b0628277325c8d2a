import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { FindingPage } from '@countersign/core/api/findings.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { Delta } from '@countersign/ui/delta.tsx'
import { formatReceiptNumber } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useText } from '@countersign/ui/text.ts'
import { frameworkWords } from '../../layout/words.ts'

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'minmax(88px, 1fr) minmax(0, 2fr)', gap: '8px 12px', margin: 0 },
  value: { margin: 0 },
  item: { display: 'grid', gridTemplateColumns: '56px minmax(0, 1fr)', columnGap: '10px', alignItems: 'baseline' },
})

/** The finding's facts: points, who can mend it, licence, mappings. */
export function AtAGlance({ finding }: { readonly finding: FindingPage }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const value = mergeClasses(text.body, styles.value)
  const name = mergeClasses(text.body, text.secondary)
  const mappings = Object.entries(finding.frameworks).filter(([, ids]) => ids.length > 0)
  return (
    <Card title="At a glance">
      <dl className={styles.facts}>
        <dt className={name}>Fixing adds</dt>
        <dd className={value}>
          <Delta value={finding.adds} arrow={false} /> to the score
        </dd>
        <dt className={name}>First seen</dt>
        <dd className={value}>
          <Moment at={finding.firstSeen} as="day" />
        </dd>
        <dt className={name}>Who can fix</dt>
        <dd className={value}>{finding.whoCanFix}</dd>
        <dt className={name}>Licence</dt>
        <dd className={value}>{finding.licence ?? 'None needed'}</dd>
        {mappings.length > 0 && (
          <>
            <dt className={name}>Matches</dt>
            <dd className={value}>
              {mappings.map(([framework, ids]) => (
                <div key={framework}>{`${frameworkWords[framework] ?? framework} ${ids.join(', ')}`}</div>
              ))}
            </dd>
          </>
        )}
      </dl>
    </Card>
  )
}

/** What happened to the finding, newest first. */
export function History({ history }: { readonly history: FindingPage['history'] }): React.ReactElement | null {
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  if (history.length === 0) return null
  return (
    <Card title="History" flush>
      <ul className={rows.list}>
        {history.map((entry) => (
          <li key={`${entry.at} ${entry.what}`} className={mergeClasses(rows.row, styles.item)}>
            <span className={text.caption}>
              <Moment at={entry.at} as="day" />
            </span>
            <div>
              <p className={text.body}>{entry.what}</p>
              {entry.receiptNumber !== null && <p className={text.caption}>{`Receipt ${formatReceiptNumber(entry.receiptNumber)}`}</p>}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
