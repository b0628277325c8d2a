import * as React from 'react'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { useParams } from 'react-router-dom'
import type { Receipt } from '@countersign/core/api/proposals.ts'
import { Card } from '@countersign/ui/card.tsx'
import { Chain } from '@countersign/ui/chain.tsx'
import { formatReceiptNumber } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useClient, useMe, useRoute } from '../client/client.tsx'
import { ChangeButton } from '../layout/change-button.tsx'
import { Crumbs } from '../layout/breadcrumb.tsx'
import { Page, useGrid } from '../layout/page.tsx'
import { usePropose } from '../layout/proposal.ts'
import { ProposalCard } from '../layout/proposal-card.tsx'
import { ProposeTrouble } from '../layout/propose-trouble.tsx'
import { saveFile } from '../layout/save-file.ts'
import { useSearchState } from '../layout/search-state.ts'
import { Loaded, TroubleBar } from '../layout/states.tsx'
import { StepList } from '../layout/step-list.tsx'
import { liveProposalStates, receiptMark } from '../layout/words.ts'
import { CheckIt, Echo, WhatChanged } from './receipt/side.tsx'

const beatMs = 5000

/** One change from proposal to the tenant's own audit row, each step sealed over the one before. */
export function ReceiptPage(): React.ReactElement {
  const { proposalId = '' } = useParams()
  const input = { params: { proposalId } }
  const seen = useRoute('receipt', 'GET /api/receipts/:proposalId', input)
  const query = useRoute('receipt', 'GET /api/receipts/:proposalId', input, {
    refetchInterval: seen.data && isMoving(seen.data) ? beatMs : false,
  })
  return (
    <Loaded title="Receipt" query={query}>
      {(receipt, trouble) => <ReceiptContent receipt={receipt} trouble={trouble} />}
    </Loaded>
  )
}

function stepsNote(steps: Receipt['steps']): string {
  return `${steps.filter(({ state }) => state === 'done').length} of ${steps.length} done, each checked by itself`
}

function isMoving(receipt: Receipt): boolean {
  return liveProposalStates.has(receipt.state) || receipt.echo.state === 'pending'
}

function ReceiptContent({ receipt, trouble }: { readonly receipt: Receipt; readonly trouble: React.ReactNode }): React.ReactElement {
  const grid = useGrid()
  const me = useMe()
  const { service } = useClient()
  const [proposalId, setProposalId] = useSearchState('proposal')
  const undo = usePropose((proposal) => setProposalId(proposal.id))
  const number = formatReceiptNumber(receipt.receiptNumber)
  const download = useMutation({
    mutationFn: () => service.call('GET /api/receipts/:proposalId/file', { params: { proposalId: receipt.proposalId } }),
    onSuccess: (file) => saveFile(`countersign-${number}.json`, 'application/json', `${JSON.stringify(file, null, 2)}\n`),
  })
  const proposal = useRoute(
    'proposal',
    'GET /api/proposals/:proposalId',
    { params: { proposalId: receipt.proposalId } },
    { enabled: receipt.state === 'partlyDone' },
  )
  const mayResume = receipt.state === 'partlyDone' && proposal.data?.mayResume === true
  const mark = receipt.chainVerified
    ? receiptMark(receipt.state, receipt.echo.state)
    : ({ standing: 'failing', word: 'A seal is broken' } as const)
  const mayUndo = me.data?.may.propose === true && me.data.act === 'on'
  return (
    <Page
      title={receipt.title}
      above={<Crumbs to="/receipts" list="Receipts" here={number} />}
      facts={
        <>
          <StandingMark standing={mark.standing} word={mark.word === 'Verified' ? 'Verified in the tenant' : mark.word} />
          <span>{`Receipt ${number}`}</span>
          <Moment at={receipt.at} as="exact" />
          <span>
            {receipt.undo.possible && receipt.undo.until ? (
              <>
                {'Can be undone until '}
                <Moment at={receipt.undo.until} as="day" />
              </>
            ) : (
              (receipt.undo.because ?? '')
            )}
          </span>
        </>
      }
      actions={
        <>
          <ChangeButton
            icon={<ArrowDownloadRegular />}
            disabledFocusable={me.data?.may.export !== true || download.isLoading}
            onClick={() => download.mutate()}
          >
            Download receipt
          </ChangeButton>
          {mayResume && (
            <ChangeButton
              disabledFocusable={!mayUndo || undo.isLoading}
              {...(mayUndo ? {} : { title: 'Proposing the rest needs the role Owner or Administrator.' })}
              onClick={() => undo.mutate({ resume: receipt.proposalId })}
            >
              Propose the rest
            </ChangeButton>
          )}
          {receipt.undo.possible && (
            <ChangeButton
              disabledFocusable={!mayUndo || undo.isLoading}
              {...(mayUndo ? {} : { title: 'Proposing an undo needs the role Owner or Administrator.' })}
              onClick={() => undo.mutate({ undo: receipt.proposalId })}
            >
              Undo this change
            </ChangeButton>
          )}
        </>
      }
    >
      {trouble}
      <ProposeTrouble propose={undo} />
      {download.error != null && <TroubleBar error={download.error} />}
      {proposalId !== '' && <ProposalCard proposalId={proposalId} onClose={() => setProposalId('')} />}
      <div className={grid.grid}>
        <div className={`${grid.stack} ${grid.seven}`}>
          <Card title="Chain of custody" note={receipt.chainVerified ? 'each record is sealed over the one before' : 'a seal is broken'}>
            <Chain links={receipt.links} />
          </Card>
          {receipt.steps.length > 1 && (
            <Card title="Steps" note={stepsNote(receipt.steps)} flush>
              <StepList steps={receipt.steps} />
            </Card>
          )}
        </div>
        <div className={`${grid.stack} ${grid.five}`}>
          <Echo echo={receipt.echo} />
          <WhatChanged receipt={receipt} />
          <CheckIt fileName={`countersign-${number}.json`} />
        </div>
      </div>
    </Page>
  )
}
