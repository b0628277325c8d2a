import * as React from 'react'
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReadingsView } from '@countersign/core/api/actions.ts'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import type { Standing } from '@countersign/ui/contract.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useMe, useRoute } from '../../client/client.tsx'
import { TroubleBar } from '../../layout/states.tsx'
import { ProposalMarks, useProposalRow, WhatItDoes } from './waiting-row.tsx'

const SettleDialog = React.lazy(async () => ({ default: (await import('./settle-dialog.tsx')).SettleDialog }))

type Reading = ReadingsView['steps'][number]['now']

const metWords = {
  met: { standing: 'proven', word: 'Shows the change' },
  notMet: { standing: 'failing', word: 'Does not show the change' },
  unclear: { standing: 'unknown', word: 'Does not tell' },
} as const satisfies Record<Reading['met'], { readonly standing: Standing; readonly word: string }>

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '12px',
    marginTop: '8px',
    '@container (max-width: 639px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  reading: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '4px',
    padding: '10px 12px',
    display: 'grid',
    rowGap: '4px',
    alignContent: 'start',
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  answer: {
    display: 'block',
    margin: 0,
    padding: '8px 10px',
    maxHeight: '240px',
    overflowY: 'auto',
    whiteSpace: 'pre-wrap',
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground3,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
})

/** A change of which it is not certain whether it was made, with both readings of each object and the way to settle it. */
export function UnclearRow({ proposal }: { readonly proposal: ProposalView }): React.ReactElement {
  const row = useProposalRow()
  const text = useText()
  const me = useMe()
  const [isSettling, setSettling] = React.useState(false)
  // Settling takes the same roles as proposing: owner or administrator.
  const maySettle = me.data?.may.propose === true
  const { title } = proposal.preview
  return (
    <div className={row.row}>
      <div className={row.words}>
        <h3 className={text.strong}>{title}</h3>
        <ProposalMarks proposal={proposal} />
        <WhatItDoes proposal={proposal} />
        {!maySettle && <p className={text.caption}>Settling it needs the role Owner or Administrator.</p>}
      </div>
      {maySettle && (
        <div className={row.actions}>
          <Button aria-label={`Settle it: ${title}`} onClick={() => setSettling(true)}>
            Settle it
          </Button>
        </div>
      )}
      {maySettle && (
        <div className={row.full}>
          <Readings proposalId={proposal.id} />
        </div>
      )}
      {isSettling && (
        <React.Suspense fallback={null}>
          <SettleDialog proposal={proposal} onClose={() => setSettling(false)} />
        </React.Suspense>
      )}
    </div>
  )
}

function Readings({ proposalId }: { readonly proposalId: string }): React.ReactElement | null {
  const styles = useStyles()
  const text = useText()
  const query = useRoute('readings', 'GET /api/proposals/:proposalId/readings', { params: { proposalId } })
  if (query.data === undefined)
    return query.error ? (
      <TroubleBar error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <p role="status" className={text.caption}>
        The object is being read again.
      </p>
    )
  return (
    <>
      {query.data.steps.map((step, index) => (
        <div key={index}>
          <p className={text.caption}>{`${step.about} · ${step.outcome}`}</p>
          <div className={styles.pair}>
            <ReadingBox title="Read right after the change" reading={step.then} />
            <ReadingBox title="Read now" reading={step.now} />
          </div>
        </div>
      ))}
    </>
  )
}

function ReadingBox({ title, reading }: { readonly title: string; readonly reading: Reading }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { standing, word } = metWords[reading.met]
  return (
    <div className={styles.reading} role="group" aria-label={title}>
      <p className={text.captionStrong}>{title}</p>
      <p className={text.caption}>{reading.at === null ? 'Not read' : <Moment at={reading.at} as="exact" />}</p>
      <StandingMark standing={standing} word={word} />
      <p className={mergeClasses(text.mono, text.secondary)}>
        <PathText text={`GET ${reading.path}`} />
      </p>
      <pre className={mergeClasses(text.mono, styles.answer)} tabIndex={0} aria-label={`${title}: Graph’s answer`}>
        {reading.answer === null ? 'No answer: there is no such object, or it could not be read.' : pretty(reading.answer)}
      </pre>
    </div>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
