import * as React from 'react'
import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { OpenRegular } from '@fluentui/react-icons'
import type { Receipt } from '@countersign/core/api/proposals.ts'
import { AuditRow } from '@countersign/ui/audit-row.tsx'
import { Card } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { PreviewFacts } from '../../layout/proposal-card.tsx'
import { echoWords } from '../../layout/words.ts'

const useStyles = makeStyles({
  link: { display: 'inline-flex', alignItems: 'center', columnGap: '4px' },
  words: { padding: '0 20px 12px', display: 'grid', rowGap: '4px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
  code: { display: 'block', marginTop: '8px', backgroundColor: tokens.colorNeutralBackground3, borderRadius: '4px', padding: '8px 10px' },
  stack: { display: 'grid', rowGap: '10px' },
})

/** The row that Microsoft wrote into the tenant's log, or where we stand with finding it. */
export function Echo({ echo }: { readonly echo: Receipt['echo'] }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <Card
      title="Your tenant’s own audit row"
      action={
        echo.portalUrl === null ? undefined : (
          <Link href={echo.portalUrl} target="_blank" rel="noopener" className={styles.link}>
            Open in Entra <OpenRegular aria-hidden="true" />
          </Link>
        )
      }
      flush
    >
      <div className={styles.words}>
        {echo.state !== 'found' && <StandingMark standing={echo.state === 'pending' ? 'partly' : 'unknown'} word={echoWords[echo.state]} />}
        <p className={text.body}>{echo.sentence}</p>
        {echo.expectedBy !== null && echo.state === 'pending' && (
          <p className={text.caption}>
            {'Usually there by '}
            <Moment at={echo.expectedBy} />
          </p>
        )}
      </div>
      {echo.fields.length > 0 && <AuditRow fields={echo.fields} />}
    </Card>
  )
}

/** The preview that was countersigned, as it was shown then. */
export function WhatChanged({ receipt }: { readonly receipt: Receipt }): React.ReactElement {
  const styles = useStyles()
  return (
    <Card title="What was countersigned">
      <div className={styles.stack}>
        <PreviewFacts preview={receipt.preview} />
      </div>
    </Card>
  )
}

/** How a reader checks the receipt without this service. */
export function CheckIt({ fileName }: { readonly fileName: string }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <Card title="Check it yourself">
      <p className={text.body}>The receipt can be checked without this service. It needs the file and the public key that you keep.</p>
      <code className={mergeClasses(text.mono, styles.code)}>{`countersign verify ${fileName} --key countersign.pub`}</code>
    </Card>
  )
}
