import * as React from 'react'
import { Link, makeStyles, mergeClasses } from '@fluentui/react-components'
import type { FindingPage } from '@countersign/core/api/findings.ts'
import { useText } from '@countersign/ui/text.ts'
import { answerId } from './answers.tsx'

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', columnGap: '8px', marginTop: '2px' },
  link: { fontSize: '12px', lineHeight: '16px' },
})

/** What the finding about one object rests on: each leads to what the tenant answered, with its digest. */
export function Basis({
  basis,
  answers,
}: {
  readonly basis: readonly string[]
  readonly answers: FindingPage['answers']
}): React.ReactElement | null {
  const styles = useStyles()
  const text = useText()
  const facts = [...new Set(basis.map((key) => key.split('/')[0] ?? key))]
  const known = facts.flatMap((fact) => answers.find((answer) => answer.fact === fact) ?? [])
  if (known.length === 0) return null
  return (
    <div className={mergeClasses(text.caption, styles.line)}>
      <span>Evidence:</span>
      {known.map(({ fact = '', request }) => (
        <Link key={request} as="button" className={styles.link} onClick={() => show(answerId(fact))}>
          {request.replace(/^GET \/v1\.0\//, '').split('?')[0]}
        </Link>
      ))}
    </div>
  )
}

function show(id: string): void {
  const answer = document.getElementById(id)
  answer?.scrollIntoView({ block: 'center' })
  answer?.focus({ preventScroll: true })
}
