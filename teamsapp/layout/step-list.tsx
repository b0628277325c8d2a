import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { Receipt } from '@countersign/core/api/proposals.ts'
import { useRows } from '@countersign/ui/card.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { echoWords, stepMarks, stepWords } from './words.ts'

type Step = Omit<Receipt['steps'][number], 'echo'> & { readonly echo?: Receipt['steps'][number]['echo'] }

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 5fr) minmax(0, 4fr)',
    columnGap: '12px',
    rowGap: '6px',
    '@container (max-width: 639px)': { gridTemplateColumns: '24px minmax(0, 1fr)' },
  },
  right: { display: 'grid', rowGap: '2px', alignContent: 'start', '@container (max-width: 639px)': { gridColumnStart: 2 } },
})

/** The steps of a plan in their order, each with what became of it and, on a receipt, what the tenant's log shows of it. */
export function StepList({ steps, label = 'Steps' }: { readonly steps: readonly Step[]; readonly label?: string }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  return (
    <ol className={rows.list} aria-label={label}>
      {steps.map((step, index) => (
        <li key={index} className={mergeClasses(rows.row, styles.row)}>
          <span className={mergeClasses(text.captionStrong, text.secondary)} aria-hidden="true">
            {index + 1}
          </span>
          <div>
            <p className={text.strong}>{step.about}</p>
            <p className={mergeClasses(text.mono, text.secondary)}>
              <PathText text={step.request} />
            </p>
          </div>
          <div className={styles.right}>
            <StandingMark standing={stepMarks[step.state]} word={stepWords[step.state]} />
            <p className={text.caption}>{step.sentence}</p>
            {step.echo != null && (
              <p className={text.caption}>
                {`${echoWords[step.echo.state]}. `}
                {step.echo.rowId === null ? step.echo.sentence : <span className={text.mono}>{step.echo.rowId}</span>}
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
