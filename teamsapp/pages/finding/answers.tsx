import * as React from 'react'
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CopyRegular } from '@fluentui/react-icons'
import type { FindingPage } from '@countersign/core/api/findings.ts'
import { Card } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { counted } from '../../layout/words.ts'

type Answer = FindingPage['answers'][number]

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)' },
  head: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'center', gap: '2px 12px', marginBottom: '4px' },
  code: {
    margin: 0,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: '4px',
    padding: '10px 12px',
    whiteSpace: 'pre-wrap',
    maxHeight: '240px',
    overflowY: 'auto',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
})

/** Where the evidence of an object leads. */
export function answerId(fact: string): string {
  return `answer-${fact}`
}

/** What Graph answered, so that a reader can ask the same and compare. */
export function Answers({ answers }: { readonly answers: readonly Answer[] }): React.ReactElement | null {
  const styles = useStyles()
  if (answers.length === 0) return null
  return (
    <Card title="What the tenant answered">
      <div className={styles.stack}>
        {answers.map((answer) => (
          <AnswerBlock key={answer.request} answer={answer} />
        ))}
      </div>
    </Card>
  )
}

function AnswerBlock({ answer }: { readonly answer: Answer }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const [isCopied, setCopied] = React.useState(false)
  const content = `${answer.request}\n${counted(answer.rows, 'row', 'rows', locale)}\nsha256 ${answer.digest}\n${answer.excerpt}`
  return (
    <div>
      <div className={styles.head}>
        <span className={text.caption}>
          {'read '}
          <Moment at={answer.asOf} as="exact" />
        </span>
        <Button
          size="small"
          appearance="subtle"
          icon={<CopyRegular />}
          aria-label={`Copy the answer to ${answer.request}`}
          onClick={() => void copy()}
        >
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <pre
        {...(answer.fact === undefined ? {} : { id: answerId(answer.fact) })}
        className={mergeClasses(text.mono, styles.code)}
        tabIndex={0}
        role="region"
        aria-label={`Answer to ${answer.request}`}
      >
        {content}
      </pre>
    </div>
  )

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(content)
    setCopied(true)
  }
}
