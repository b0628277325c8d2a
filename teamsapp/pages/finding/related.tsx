import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import type { FindingPage } from '@countersign/core/api/findings.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { PageLink } from '../../layout/links.tsx'
import { counted } from '../../layout/words.ts'

const useStyles = makeStyles({ line: { display: 'grid', rowGap: '2px', justifyItems: 'start' } })

/** Other open findings about the same objects, or with what is likely the same cause. */
export function Related({ related }: { readonly related: NonNullable<FindingPage['related']> }): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  if (related.length === 0) return null
  return (
    <Card title="Related findings" flush>
      <ul className={rows.list}>
        {related.map(({ checkId, code, title, severity, because, shared }) => (
          <li key={checkId} className={rows.row}>
            <div className={styles.line}>
              <SeverityMark severity={severity} />
              <PageLink quiet to={`/findings/${checkId}`}>
                {title}
              </PageLink>
              <p className={text.caption}>
                {`${code} · ${because === 'sameObject' ? `about ${counted(shared, 'object', 'objects', locale)} of this finding` : 'rests on the same answers'}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
