import { useMutation, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query'
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

/** Proposes; nothing changes by it. A refusal arrives as the mutation's error. */
export function usePropose(
  onProposed: (proposal: ProposalView) => void,
): UseMutationResult<ProposalView, unknown, InputOf<'POST /api/proposals'>['body']> {
  const { service } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body) => service.call('POST /api/proposals', { body }),
    onSuccess: (proposal) => {
      queries.setQueryData(['proposal', { params: { proposalId: proposal.id } }], proposal)
      void queries.invalidateQueries(['finding'])
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
    },
  })
}
