import * as React from 'react'
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChatRegular } from '@fluentui/react-icons'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useMe } from '../../client/client.tsx'
import { ChangeButton } from '../../layout/change-button.tsx'
import { Effects } from '../../layout/effects.tsx'
import { ImpactMark } from '../../layout/impact-mark.tsx'
import { PreviewFacts } from '../../layout/proposal-card.tsx'
import { mayWithdraw, useReject, waitsFor } from '../../layout/proposal.ts'
import { TroubleBar } from '../../layout/states.tsx'
import { proposalMarks, stateWord } from '../../layout/words.ts'

export const useProposalRow = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: '8px 24px',
    '@container (max-width: 859px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  words: { display: 'grid', rowGap: '6px', gridTemplateColumns: 'minmax(0, 1fr)', alignContent: 'start' },
  marks: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 16px' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    alignItems: 'flex-start',
    alignContent: 'flex-start',
    gap: '8px',
    '@container (max-width: 859px)': { justifyContent: 'flex-start' },
  },
  full: { gridColumn: '1 / -1', minWidth: 0 },
  summary: {
    cursor: 'pointer',
    fontSize: '12px',
    lineHeight: '16px',
    width: 'fit-content',
    borderRadius: '4px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  facts: { marginTop: '8px', display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)' },
})

/** Who asked, who has countersigned, and until when it waits. */
export function ProposalMarks({ proposal }: { readonly proposal: ProposalView }): React.ReactElement {
  const styles = useProposalRow()
  const text = useText()
  const me = useMe()
  const { state, preview, requestedBy, countersignedBy } = proposal
  const isOpen = state === 'proposed' || state === 'offered' || state === 'awaitingSecond'
  const names = new Intl.ListFormat('en').format(countersignedBy.map(({ name }) => name))
  return (
    <>
      <div className={styles.marks}>
        <StandingMark standing={proposalMarks[state]} word={stateWord(proposal, me.data?.objectId)} />
        <ImpactMark impact={preview.impact} />
      </div>
      <p className={text.caption}>
        {`Asked for by ${requestedBy.objectId === me.data?.objectId ? 'you' : requestedBy.name}, `}
        <Moment at={proposal.createdAt} />
        {names !== '' && ` · countersigned by ${names}`}
        {isOpen && (
          <>
            {' · expires '}
            <Moment at={preview.expiresAt} as="until" />
          </>
        )}
      </p>
    </>
  )
}

/** What it would do: object, before and after, and what else follows from it. */
export function WhatItDoes({ proposal }: { readonly proposal: ProposalView }): React.ReactElement {
  const text = useText()
  const { preview } = proposal
  return (
    <>
      {preview.objects.length > 1 && (
        <p
          className={text.body}
        >{`${preview.objects.length} objects: ${new Intl.ListFormat('en').format(preview.objects.map(({ name }) => name))}`}</p>
      )}
      {preview.objects.length <= 1 &&
        preview.changes.map(({ field, before, after }, index) => (
          <p key={index} className={text.body}>
            <span className={text.secondary}>{`${field}: `}</span>
            {`${before} → ${after}`}
          </p>
        ))}
    </>
  )
}

/** A change that waits: what it would do, for whom it waits, until when. */
export function WaitingRow({
  proposal,
  isFirst = false,
}: {
  readonly proposal: ProposalView
  readonly isFirst?: boolean
}): React.ReactElement {
  const styles = useProposalRow()
  const text = useText()
  const { host } = useClient()
  const me = useMe()
  const reject = useReject(proposal.id)
  const { title } = proposal.preview
  const isMine = proposal.requestedBy.objectId === me.data?.objectId
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <h3 className={text.strong}>{title}</h3>
        <ProposalMarks proposal={proposal} />
        <WhatItDoes proposal={proposal} />
        <Effects preview={proposal.preview} />
        {proposal.preview.warnings.map((warning) => (
          <p key={warning} className={text.caption}>
            {warning}
          </p>
        ))}
      </div>
      <div className={styles.actions}>
        {waitsFor(proposal, me.data) && (
          <Button
            appearance={isFirst ? 'primary' : 'secondary'}
            icon={<ChatRegular />}
            aria-label={`Countersign in chat: ${title}`}
            onClick={() => host.open(proposal.chatUrl)}
          >
            Countersign in chat
          </Button>
        )}
        {mayWithdraw(proposal, me.data) && (
          <ChangeButton
            aria-label={`${isMine ? 'Withdraw' : 'Decline'}: ${title}`}
            disabledFocusable={reject.isLoading}
            onClick={() => reject.mutate()}
          >
            {isMine ? 'Withdraw' : 'Decline'}
          </ChangeButton>
        )}
      </div>
      <div className={styles.full}>
        {reject.error != null && <TroubleBar error={reject.error} />}
        <Exactly proposal={proposal} />
      </div>
    </div>
  )
}

/** The preview in full, folded away. */
export function Exactly({ proposal }: { readonly proposal: ProposalView }): React.ReactElement {
  const styles = useProposalRow()
  return (
    <details>
      <summary className={styles.summary} aria-label={`Show exactly what is sent: ${proposal.preview.title}`}>
        Show exactly what is sent
      </summary>
      <div className={styles.facts}>
        <PreviewFacts preview={proposal.preview} />
      </div>
    </details>
  )
}
