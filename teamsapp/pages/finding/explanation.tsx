import * as React from 'react'
import { Link, makeStyles, mergeClasses } from '@fluentui/react-components'
import { OpenRegular } from '@fluentui/react-icons'
import type { FindingPage } from '@countersign/core/api/findings.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useText } from '@countersign/ui/text.ts'

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '8px' },
  step: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: '12px', alignItems: 'baseline' },
  link: { display: 'inline-flex', alignItems: 'center', columnGap: '4px' },
})

/** The verdict in words and why it matters; made from the entry's messages, never by a model. */
export function Explanation({ finding }: { readonly finding: FindingPage }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <Card title="How it could be used">
      <div className={styles.stack}>
        <p className={text.body}>{finding.why}</p>
        <p className={text.body}>
          <PathText text={finding.reason} />
        </p>
      </div>
    </Card>
  )
}

/** The steps by hand, for whoever does not use the Aid. */
export function Remediation({ finding }: { readonly finding: FindingPage }): React.ReactElement | null {
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  if (finding.remediation.length === 0) return null
  return (
    <Card
      title="How to fix it by hand"
      action={
        finding.portal === '' ? undefined : (
          <Link href={finding.portal} target="_blank" rel="noopener" className={styles.link}>
            Open in Entra <OpenRegular aria-hidden="true" />
          </Link>
        )
      }
      flush
    >
      <ol className={rows.list}>
        {finding.remediation.map((step, index) => (
          <li key={step} className={mergeClasses(rows.row, styles.step)}>
            <span className={mergeClasses(text.captionStrong, text.secondary)} aria-hidden="true">
              {index + 1}
            </span>
            <p className={text.body}>{step}</p>
          </li>
        ))}
      </ol>
    </Card>
  )
}
