import * as React from 'react'
import { Button, makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ObjectFinding } from '@countersign/core/api/offers.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { ChangeButton } from './change-button.tsx'
import { PageLink } from './links.tsx'
import type { Offering } from './offers.tsx'

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '4px', justifyItems: 'start' },
  line: { display: 'flex', flexWrap: 'wrap', gap: '2px 12px', alignItems: 'center' },
})

/** Findings about the object of the page, each with its own fix where there is one. */
export function ObjectFindings({
  findings,
  offering,
}: {
  readonly findings: readonly ObjectFinding[]
  readonly offering: Offering
}): React.ReactElement {
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  return (
    <Card title="Findings" note={findings.length === 0 ? '' : `${findings.length} open`} flush>
      {findings.length === 0 ? (
        <p className={mergeClasses(text.body, rows.row)}>No check finds anything here.</p>
      ) : (
        <ul className={rows.list}>
          {findings.map((finding) => (
            <li key={finding.findingKey} className={mergeClasses(rows.row, styles.stack)}>
              <div className={styles.line}>
                <SeverityMark severity={finding.severity} />
                <span className={text.caption}>{finding.code}</span>
                {finding.isSuppressed && <span className={text.caption}>Accepted</span>}
              </div>
              <PageLink to={`/findings/${finding.checkId}`}>
                <PathText text={finding.because} />
              </PageLink>
              <p className={text.caption}>
                {`Not kept: ${finding.title}. First seen `}
                <Moment at={finding.firstSeen} as="day" />
              </p>
              <FixButton finding={finding} offering={offering} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function FixButton({ finding, offering }: { readonly finding: ObjectFinding; readonly offering: Offering }): React.ReactElement | null {
  const { proposalId, fix, findingKey, title } = finding
  if (!offering.acts) return null
  if (proposalId !== null) {
    return (
      <Button size="small" aria-label={`See the proposal for ${title}`} onClick={() => offering.show(proposalId)}>
        See the proposal
      </Button>
    )
  }
  if (fix === null) return null
  return (
    <ChangeButton
      size="small"
      title={offering.closedBecause === '' ? fix.title : offering.closedBecause}
      disabledFocusable={offering.closedBecause !== '' || offering.propose.isLoading}
      aria-label={`Fix with the Aid: ${title}`}
      onClick={() => offering.propose.mutate({ findingKey })}
    >
      Fix with the Aid
    </ChangeButton>
  )
}
