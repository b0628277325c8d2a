import { useMutation, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query'
import type { Me } from '@countersign/core/api/me.ts'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { useClient, useRoute } from '../client/client.tsx'
import type { InputOf } from '../client/service.ts'
import { liveProposalStates } from './words.ts'

const beatMs = 5000

/** One proposal, asked again by itself as long as it can still move. */
export function useProposal(proposalId: string): UseQueryResult<ProposalView> {
  const query = useRoute('proposal', 'GET /api/proposals/:proposalId', { params: { proposalId } })
  const isLive = query.data === undefined || liveProposalStates.has(query.data.state)
  return useRoute('proposal', 'GET /api/proposals/:proposalId', { params: { proposalId } }, { refetchInterval: isLive ? beatMs : false })
}

export type Propose = UseMutationResult<ProposalView, unknown, InputOf<'POST /api/proposals'>['body']>

/** Proposes; nothing changes by it. A refusal arrives as the mutation's error. */
export function usePropose(onProposed: (proposal: ProposalView) => void): Propose {
  const { service } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body) => service.call('POST /api/proposals', { body }),
    onSuccess: (proposal) => {
      queries.setQueryData(['proposal', { params: { proposalId: proposal.id } }], proposal)
      void queries.invalidateQueries(['finding'])
      void queries.invalidateQueries(['proposals'])
      onProposed(proposal)
    },
  })
}

export function useReject(proposalId: string): UseMutationResult<ProposalView, unknown, void> {
  const { service } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => service.call('POST /api/proposals/:proposalId/reject', { params: { proposalId }, body: {} }),
    onSuccess: (proposal) => {
      queries.setQueryData(['proposal', { params: { proposalId } }], proposal)
      void queries.invalidateQueries(['finding'])
      void queries.invalidateQueries(['proposals'])
    },
  })
}

/** Whether this person's yes is what the proposal waits for: the one who asked first, then somebody else. */
export function waitsFor(proposal: Pick<ProposalView, 'state' | 'requestedBy' | 'countersignedBy'>, me: Me | undefined): boolean {
  if (!me?.may.propose) return false
  const isMine = proposal.requestedBy.objectId === me.objectId
  if (proposal.state === 'proposed' || proposal.state === 'offered') return isMine
  return proposal.state === 'awaitingSecond' && !isMine && proposal.countersignedBy.every(({ objectId }) => objectId !== me.objectId)
}

/** Whether this person may end it: whoever asked, and whoever is asked to be the second. */
export function mayWithdraw(proposal: ProposalView, me: Me | undefined): boolean {
  const isMine = proposal.requestedBy.objectId === me?.objectId
  const isOpen = proposal.state === 'proposed' || proposal.state === 'offered' || proposal.state === 'awaitingSecond'
  return me?.may.propose === true && isOpen && (isMine || waitsFor(proposal, me))
}

/** Why *Fix with the Aid* is shut for this person; '' when it is open. */
export function whyClosed(me: { readonly may: { readonly propose: boolean }; readonly aid: { readonly state: string } }): string {
  if (!me.may.propose) return 'Proposing a fix needs the role Owner or Administrator.'
  if (me.aid.state !== 'connected') return 'The Aid is not connected. An Owner connects it in Settings.'
  return ''
}
