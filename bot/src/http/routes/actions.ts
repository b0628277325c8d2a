import { catalogueVersion } from '@countersign/core/actions/catalogue.ts'
import { getReadings, listActions, settleProposal, switchAction } from '@countersign/core/api/actions.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import { actionViews } from '../../engine/act/action-views.ts'
import type { ActDeps } from '../../engine/act/deps.ts'
import { readings, settleProposal as settle } from '../../engine/act/settle.ts'
import { switchAction as switchIt } from '../../engine/act/switches.ts'
import { proposalView } from '../../engine/act/views.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound, refuse, type Refused } from '../problem.ts'
import { viewOptions, type ActPlaces } from './proposals.ts'

/** The page Actions: what exists, what is switched on, and what a person has to settle. */
export function actionRoutes(deps: ActDeps, places: ActPlaces): Handler[] {
  const views = (principal: Principal, locale: string) => readTx(deps.store, principal, (tx) => actionViews(tx, locale))
  return [
    serve(listActions, async (call) => {
      const { principal } = call.signedIn
      const maySwitch = permission(principal, 'manageActions').may
      return answer({ actions: await views(principal, call.locale), version: catalogueVersion, maySwitch })
    }),
    serve(switchAction, async (call) => {
      const { principal } = call.signedIn
      const answered = await switchIt(deps, principal, call.params.actionId, call.body.enabled)
      if (answered.kind === 'noSuchAction') return notFound('This action')
      if (answered.kind === 'noRole') return refuse(403, 'Not yours', 'Only an owner switches actions.', { roles: ['owner'] })
      const view = (await views(principal, call.locale)).find(({ id }) => id === call.params.actionId)
      return view ? answer(view) : notFound('This action')
    }),
    serve(getReadings, async (call) => {
      const found = await readings(deps, call.signedIn.principal, call.params.proposalId)
      if (found.kind === 'noRole') return noSettling
      return found.kind === 'readings' ? answer(found.view) : notFound('This proposal')
    }),
    serve(settleProposal, async (call) => {
      const { principal } = call.signedIn
      const answered = await settle(deps, principal, call.params.proposalId, call.body)
      switch (answered.kind) {
        case 'noSuchProposal':
          return notFound('This proposal')
        case 'noRole':
          return noSettling
        case 'notOpen':
          return refuse(409, 'Not settled', 'Only a change of which it is not certain whether it was made can be settled.')
        case 'settled':
          return answer(
            await readTx(deps.store, principal, (tx) => proposalView(tx, answered.proposal, viewOptions(deps, places, call.locale))),
          )
      }
    }),
  ]
}

const noSettling: Refused = refuse(403, 'Not yours', 'Only somebody who may countersign this action can settle it.', {
  roles: ['owner', 'admin'],
})
