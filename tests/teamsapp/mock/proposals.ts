import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { proposalList } from '../sample-actions.ts'
import { proposal } from '../sample-records.ts'
import { Refusal, type Answers } from './answer.ts'

/** Proposals, of which `proposal` is the one that pages make and follow. */
export interface ProposalsState {
  proposal: ProposalView
  proposals: readonly ProposalView[]
  /** Names to be written out before anything is proposed, as for a lock-out. */
  locksOut: readonly string[]
}

export function freshProposals(): ProposalsState {
  return { proposal, proposals: proposalList, locksOut: [] }
}

export const proposalsAnswers: Answers<ProposalsState> = {
  'create-proposal': ({ state, body }) => {
    const named = new Set(namesIn(body).map((name) => name.toLowerCase()))
    const unnamed = state.locksOut.filter((name) => !named.has(name.toLowerCase()))
    if (unnamed.length > 0)
      throw new Refusal({ title: 'Not proposed', status: 409, detail: `This would lock out ${unnamed.join(', ')}.`, names: unnamed })
    const undoes = typeof body === 'object' && body !== null && 'undo' in body
    const preview = { ...state.proposal.preview, title: 'Add Tomás Ruiz as owner of Payroll Sync again' }
    return { ...state.proposal, ...(undoes ? { preview } : {}) }
  },
  'get-proposal': ({ state, id }) => state.proposals.find((one) => one.id === id && one.id !== state.proposal.id) ?? state.proposal,
  'list-proposals': ({ state }) => ({ proposals: state.proposals.map((one) => (one.id === state.proposal.id ? state.proposal : one)) }),
  'settle-proposal': ({ state, id }) => {
    state.proposals = state.proposals.map((one) => (one.id === id ? { ...one, state: 'settled' as const } : one))
    return state.proposals.find((one) => one.id === id)
  },
  'reject-proposal': ({ state }) => {
    state.proposal = { ...state.proposal, state: 'rejected', sentence: 'You withdrew it. Nothing was changed.' }
    return state.proposal
  },
}

/** Names in a body that asks for a change all the same. */
function namesIn(body: unknown): readonly string[] {
  return typeof body === 'object' && body !== null && 'named' in body && Array.isArray(body.named) ? body.named.map(String) : []
}
