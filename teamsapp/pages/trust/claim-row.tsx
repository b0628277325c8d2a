import * as React from 'react'
import { Button, Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { Trust } from '@countersign/core/api/trust.ts'
import { useRows } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useText } from '@countersign/ui/text.ts'
import { digestOf } from './digest.ts'

export type ClaimView = Trust['claims'][number]

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '144px minmax(0, 5fr) minmax(0, 5fr) 88px',
    columnGap: '16px',
    rowGap: '6px',
    '@container (max-width: 859px)': { gridTemplateColumns: 'minmax(0, 1fr) auto' },
  },
  text: { '@container (max-width: 859px)': { gridColumn: '1 / -1', gridRowStart: 2 } },
  seen: { '@container (max-width: 859px)': { gridColumn: '1 / -1', gridRowStart: 3 } },
  age: { textAlign: 'right', '@container (max-width: 859px)': { gridColumnStart: 2, gridRowStart: 1 } },
  evidence: {
    gridColumn: '1 / -1',
    minWidth: 0,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: '4px',
    padding: '12px 16px',
    display: 'grid',
    rowGap: '8px',
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  observation: {
    margin: 0,
    whiteSpace: 'pre-wrap',
    maxHeight: '280px',
    overflowY: 'auto',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  link: { fontSize: '12px', lineHeight: '16px' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
})

const proofWords = {
  live: 'Measured on the running service',
  test: 'Shown by tests',
  document: 'Shown by a document',
  statement: 'Stated by the operator',
} as const satisfies Record<ClaimView['proof'], string>

/** One claim with what was seen and, where there is evidence, the evidence itself. */
export function ClaimRow({ claim }: { readonly claim: ClaimView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const [isOpen, setOpen] = React.useState(false)
  const hasEvidence = claim.observation != null && claim.digest !== null
  return (
    <li className={mergeClasses(rows.row, styles.row)}>
      <div>
        <StandingMark standing={claim.standing} />
      </div>
      <p className={mergeClasses(text.strong, styles.text)}>{claim.text}</p>
      <div className={styles.seen}>
        <p className={text.body}>
          <PathText text={claim.evidenceNow === '' ? 'No evidence yet' : claim.evidenceNow} />
        </p>
        <p className={text.caption}>
          {claim.method === '' ? proofWords[claim.proof] : claim.method.replace(/\.$/, '')}
          {claim.environment === 'emulator' && ' · seen on the local emulator'}
          {hasEvidence && (
            <>
              {' · '}
              <Link
                as="button"
                className={styles.link}
                aria-expanded={isOpen}
                aria-label={`Evidence for: ${claim.text}`}
                onClick={() => setOpen(!isOpen)}
              >
                {isOpen ? 'Hide evidence' : 'Evidence'}
              </Link>
            </>
          )}
        </p>
      </div>
      <span className={mergeClasses(text.caption, styles.age)}>
        {claim.observedAt === null ? '—' : <Moment at={claim.observedAt} as="age" />}
      </span>
      {isOpen && hasEvidence && <Evidence claim={claim} />}
    </li>
  )
}

type Comparison = 'notYet' | 'same' | 'differs'
const comparisonWords = {
  notYet: '',
  same: 'The digest fits the observation.',
  differs: 'The digest does not fit the observation.',
} as const satisfies Record<Comparison, string>

/** The observation as it was made, its digest, and two ways to judge it without trusting this page. */
function Evidence({ claim }: { readonly claim: ClaimView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const [compared, setCompared] = React.useState<Comparison>('notYet')
  return (
    <div className={styles.evidence}>
      <p className={text.body}>
        {proofWords[claim.proof]}
        {claim.observedAt !== null && (
          <>
            {', observed '}
            <Moment at={claim.observedAt} as="exact" />
          </>
        )}
        {claim.requirements.length > 0 && `. Keeps ${claim.requirements.join(', ')}`}.
      </p>
      <pre className={mergeClasses(text.mono, styles.observation)} tabIndex={0} role="region" aria-label={`Observation for: ${claim.text}`}>
        {JSON.stringify(claim.observation, null, 2)}
      </pre>
      <p className={text.mono}>{`sha256 ${claim.digest ?? ''}`}</p>
      <div className={styles.actions}>
        <Button size="small" onClick={() => void compare()}>
          Check the digest here
        </Button>
        <span role="status" className={text.body}>
          {comparisonWords[compared]}
        </span>
      </div>
      <p className={text.caption}>
        Judge again: the rule that turns this observation into a standing is published in core/trust/probes. It is pure, so it needs nothing
        but this observation and the day.
      </p>
    </div>
  )

  async function compare(): Promise<void> {
    setCompared((await digestOf(claim.observation)) === claim.digest ? 'same' : 'differs')
  }
}
