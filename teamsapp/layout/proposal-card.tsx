import * as React from 'react'
import { Button, makeStyles, MessageBar, MessageBarBody, mergeClasses, tokens } from '@fluentui/react-components'
import { ChatRegular } from '@fluentui/react-icons'
import type { Preview, ProposalView } from '@countersign/core/api/proposals.ts'
import { Card } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useMe } from '../client/client.tsx'
import { ChangeButton } from './change-button.tsx'
import { PageButton } from './links.tsx'
import { Approvals, Effects } from './effects.tsx'
import { mayWithdraw, useProposal, useReject, waitsFor } from './proposal.ts'
import { TroubleBar } from './states.tsx'
import { StepList } from './step-list.tsx'
import { liveProposalStates, proposalMarks, stateWord } from './words.ts'

const useStyles = makeStyles({
  box: { outlineStyle: 'none' },
  card: { marginBottom: '16px', borderLeft: `3px solid ${tokens.colorBrandForeground1}` },
  stack: { display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)' },
  next: {
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: '4px',
    padding: '12px 16px',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
  },
  grow: { flexGrow: 1, flexBasis: '260px', minWidth: 0 },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    '@container (max-width: 639px)': { width: '100%' },
    '& > *': { '@container (max-width: 639px)': { flexGrow: 1 } },
  },
  changes: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, auto) minmax(0, 1fr)',
    alignItems: 'baseline',
    gap: '6px 16px',
    margin: 0,
  },
  objects: { display: 'grid', rowGap: '6px' },
  value: { margin: 0, overflowWrap: 'anywhere' },
  code: {
    display: 'block',
    margin: '4px 0 6px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: '4px',
    padding: '8px 10px',
    whiteSpace: 'pre-wrap',
  },
  warning: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
})

const proposalCardId = 'proposal'

/** Brings a proposal that is shown already back into view, and the focus to it. */
export function showProposalCard(): void {
  const card = document.getElementById(proposalCardId)
  card?.scrollIntoView({ block: 'center' })
  card?.focus({ preventScroll: true })
}

/** A proposal as it stands: what would change, exactly, and where it is countersigned. Takes the focus when it appears. */
export function ProposalCard({
  proposalId,
  onClose,
}: {
  readonly proposalId: string
  readonly onClose: () => void
}): React.ReactElement | null {
  const styles = useStyles()
  const query = useProposal(proposalId)
  const box = React.useRef<HTMLDivElement>(null)
  const isThere = query.data !== undefined
  React.useEffect(() => {
    if (isThere) box.current?.focus()
  }, [isThere])
  if (query.data === undefined) return query.error ? <TroubleBar error={query.error} onRetry={() => void query.refetch()} /> : null
  return (
    <div id={proposalCardId} ref={box} tabIndex={-1} className={styles.box}>
      <Card
        title={query.data.preview.title}
        note="proposal"
        className={styles.card}
        action={
          <Button size="small" appearance="subtle" onClick={onClose}>
            Close proposal
          </Button>
        }
      >
        <ProposalContent proposal={query.data} />
      </Card>
    </div>
  )
}

function ProposalContent({ proposal }: { readonly proposal: ProposalView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { host } = useClient()
  const me = useMe()
  const reject = useReject(proposal.id)
  const { preview, state } = proposal
  const isLive = liveProposalStates.has(state)
  const isOpen = state === 'proposed' || state === 'offered' || state === 'awaitingSecond'
  const isMyTurn = waitsFor(proposal, me.data)
  return (
    <div className={styles.stack}>
      <div className={styles.next}>
        <div className={styles.grow} role="status">
          <StandingMark standing={proposalMarks[state]} word={stateWord(proposal, me.data?.objectId)} />
          <p className={text.body}>{proposal.sentence}</p>
          {isOpen && (
            <p className={text.caption}>
              {`Nothing changes until ${isMyTurn && preview.approvals === 1 ? 'you countersign it' : 'it is countersigned'} in the chat. Expires `}
              <Moment at={preview.expiresAt} as="until" />.
            </p>
          )}
        </div>
        <div className={styles.actions}>
          {isMyTurn && (
            <Button appearance="primary" icon={<ChatRegular />} onClick={() => host.open(proposal.chatUrl)}>
              Open the chat to countersign
            </Button>
          )}
          {proposal.receiptNumber !== null && (
            <PageButton to={`/receipts/${proposal.id}`} size="medium">
              Open the receipt
            </PageButton>
          )}
          {mayWithdraw(proposal, me.data) && (
            <ChangeButton disabledFocusable={reject.isLoading} onClick={() => reject.mutate()}>
              {proposal.requestedBy.objectId === me.data?.objectId ? 'Withdraw proposal' : 'Decline proposal'}
            </ChangeButton>
          )}
        </div>
      </div>
      {reject.error != null && <TroubleBar error={reject.error} />}
      {isOpen && <Approvals approvals={preview.approvals} countersignedBy={proposal.countersignedBy} />}
      {isLive && <Effects preview={preview} />}
      {isLive &&
        preview.warnings.map((warning) => (
          <MessageBar key={warning} intent="warning">
            <MessageBarBody className={styles.warning}>{warning}</MessageBarBody>
          </MessageBar>
        ))}
      {!isOpen && proposal.steps.length > 1 && <StepList steps={proposal.steps} />}
      <PreviewFacts preview={preview} />
    </div>
  )
}

/** The preview that card, command line and receipt show too. */
export function PreviewFacts({ preview }: { readonly preview: Preview }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <>
      <dl className={styles.changes}>
        <dt className={text.caption}>{preview.objects.length > 1 ? `Objects (${preview.objects.length})` : 'Object'}</dt>
        <dd className={mergeClasses(text.body, styles.value, styles.objects)}>
          {(preview.objects.length > 1 ? preview.objects : [preview.subject]).map(({ id, name, qualifier }) => (
            <div key={id}>
              {name}
              {qualifier !== '' && ` (${qualifier})`}
              <br />
              <span className={mergeClasses(text.mono, text.secondary)}>{id}</span>
            </div>
          ))}
        </dd>
        {preview.changes.map((change, index) => (
          <React.Fragment key={index}>
            <dt className={text.caption}>{change.field}</dt>
            <dd className={mergeClasses(text.body, styles.value)}>{`${change.before} → ${change.after}`}</dd>
          </React.Fragment>
        ))}
        <dt className={text.caption}>Carried out by</dt>
        <dd className={mergeClasses(text.body, styles.value)}>
          <PathText text={preview.actor} />
        </dd>
        <dt className={text.caption}>Undo</dt>
        <dd className={mergeClasses(text.body, styles.value)}>{preview.undo}</dd>
      </dl>
      <div>
        <p className={text.caption}>{preview.requests.length === 1 ? 'The exact request' : 'The exact requests, in this order'}</p>
        {preview.requests.map((request) => (
          <code key={request} className={mergeClasses(text.mono, styles.code)}>
            <PathText text={request} />
          </code>
        ))}
        <p className={text.caption}>
          {'Digest '}
          <span className={text.mono}>{preview.hash}</span>
        </p>
      </div>
    </>
  )
}
