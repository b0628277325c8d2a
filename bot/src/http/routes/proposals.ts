import { guardSentences, refusalSentence } from '@countersign/core/actions/refusals.ts'
import { listProposals } from '@countersign/core/api/actions.ts'
import { createProposal, getProposal, rejectProposal, type ProposalView } from '@countersign/core/api/proposals.ts'
import { reject } from '../../engine/act/confirm.ts'
import type { ActDeps } from '../../engine/act/deps.ts'
import { propose } from '../../engine/act/propose.ts'
import { proposalView, type ViewOptions } from '../../engine/act/views.ts'
import { listProposals as stored, proposalById } from '../../store/proposals.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound, refuse } from '../problem.ts'

/** What the act routes need beside the engine: where people countersign and where the audit log is. */
export interface ActPlaces {
  readonly chatUrl: string
  readonly auditLogUrl: string
}

/** Older ones are found by their receipts. */
const listedAtMost = 100

export function viewOptions(deps: ActDeps, places: ActPlaces, locale: string): ViewOptions {
  return { locale, now: deps.now(), ...places }
}

export function proposalRoutes(deps: ActDeps, places: ActPlaces): Handler[] {
  return [
    serve(createProposal, async (call) => {
      const principal = call.signedIn.principal
      const answered = await propose(deps, principal, call.body)
      if (answered.kind === 'refused')
        return refuse(409, 'Not proposed', refusalSentence(answered, call.locale), answered.names ? { names: answered.names } : {})
      const view = await readTx(deps.store, principal, (tx) => proposalView(tx, answered.proposal, viewOptions(deps, places, call.locale)))
      return answer(view, { status: answered.again ? 200 : 201 })
    }),
    serve(listProposals, async (call) =>
      readTx(deps.store, call.signedIn.principal, async (tx) => {
        const proposals: ProposalView[] = []
        for (const proposal of await stored(tx, { limit: listedAtMost }))
          proposals.push(await proposalView(tx, proposal, viewOptions(deps, places, call.locale)))
        return answer({ proposals })
      }),
    ),
    serve(getProposal, async (call) =>
      readTx(deps.store, call.signedIn.principal, async (tx) => {
        const proposal = await proposalById(tx, call.params.proposalId)
        return proposal ? answer(await proposalView(tx, proposal, viewOptions(deps, places, call.locale))) : notFound('This proposal')
      }),
    ),
    serve(rejectProposal, async (call) => {
      const principal = call.signedIn.principal
      const answered = await reject(deps, principal, call.params.proposalId)
      if (answered.kind === 'rejected')
        return answer(
          await readTx(deps.store, principal, (tx) => proposalView(tx, answered.proposal, viewOptions(deps, places, call.locale))),
        )
      if (answered.guard === 'unknown') return notFound('This proposal')
      return refuse(
        answered.guard === 'samePerson' || answered.guard === 'involved' ? 403 : 409,
        'Not withdrawn',
        answered.guard === 'samePerson' ? 'Only the person who asked can withdraw this.' : guardSentences[answered.guard],
      )
    }),
  ]
}
