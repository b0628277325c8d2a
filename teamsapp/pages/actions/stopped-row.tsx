import * as React from 'react'
import { mergeClasses } from '@fluentui/react-components'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { useText } from '@countersign/ui/text.ts'
import { useMe } from '../../client/client.tsx'
import { ChangeButton } from '../../layout/change-button.tsx'
import { PageLink } from '../../layout/links.tsx'
import { usePropose } from '../../layout/proposal.ts'
import { ProposeTrouble } from '../../layout/propose-trouble.tsx'
import { StepList } from '../../layout/step-list.tsx'
import { ProposalMarks, useProposalRow } from './waiting-row.tsx'

/** A plan that stopped: each step with what became of it, the rest and the way back to propose. */
export function StoppedRow({
  proposal,
  mayUndo,
  onProposed,
}: {
  readonly proposal: ProposalView
  readonly mayUndo: boolean
  readonly onProposed: (proposalId: string) => void
}): React.ReactElement {
  const styles = useProposalRow()
  const text = useText()
  const me = useMe()
  const propose = usePropose(({ id }) => onProposed(id))
  const isShut = me.data?.may.propose !== true || propose.isLoading
  const done = proposal.steps.filter(({ state }) => state === 'done').length
  const { title } = proposal.preview
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <h3 className={text.strong}>{title}</h3>
        <ProposalMarks proposal={proposal} />
        <p className={text.body}>{`${done} of ${proposal.steps.length} steps done. ${proposal.sentence}`}</p>
        {proposal.receiptNumber !== null && (
          <PageLink to={`/receipts/${proposal.id}`} label={`Open the receipt of ${title}`}>
            Open the receipt
          </PageLink>
        )}
      </div>
      {me.data?.may.propose === true && (
        <div className={styles.actions}>
          <ChangeButton
            aria-label={`Propose the rest: ${title}`}
            disabledFocusable={isShut}
            onClick={() => propose.mutate({ resume: proposal.id })}
          >
            Propose the rest
          </ChangeButton>
          {mayUndo && done > 0 && proposal.undoes === null && (
            <ChangeButton
              aria-label={`Propose undo: ${title}`}
              disabledFocusable={isShut}
              onClick={() => propose.mutate({ undo: proposal.id })}
            >
              Propose undo
            </ChangeButton>
          )}
        </div>
      )}
      <div className={mergeClasses(styles.full)}>
        <ProposeTrouble propose={propose} />
        <details open={proposal.steps.length <= 6}>
          <summary className={styles.summary} aria-label={`Steps of ${title}`}>
            Steps
          </summary>
          <StepList steps={proposal.steps} label={`Steps of ${title}`} />
        </details>
      </div>
    </div>
  )
}
