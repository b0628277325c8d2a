import { findAction } from '@countersign/core/actions/catalogue.ts'
import { decide } from '@countersign/core/actions/gate.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import { isEnabled, putSwitch } from '../../store/action-switches.ts'
import { append } from '../../store/journal.ts'
import { appendEvent } from '../../store/outbox.ts'
import { listProposals, lockProposal } from '../../store/proposals.ts'
import { writeTx, type WriteTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { endProposal } from './end.ts'
import { gateFacts } from './gate-facts.ts'

export type SwitchAnswer = { readonly kind: 'switched' } | { readonly kind: 'noRole' } | { readonly kind: 'noSuchAction' }

/** Switches an action on or off for the tenant. What is still open of an action that is switched off ends: nothing of it can be sent any more. */
export async function switchAction(deps: ActDeps, principal: Principal, actionId: string, enabled: boolean): Promise<SwitchAnswer> {
  if (!permission(principal, 'manageActions').may) return { kind: 'noRole' }
  if (!findAction(actionId)) return { kind: 'noSuchAction' }
  const now = deps.now()
  const at = iso(now)
  const answer = await writeTx(deps.store, principal, async (tx): Promise<SwitchAnswer> => {
    const before = await isEnabled(tx, actionId)
    await putSwitch(tx, { actionId, enabled, by: principal.objectId, byName: principal.displayName, at })
    appendEvent(tx, 'action.changed', actionId, at)
    if (!enabled)
      for (const proposal of await lockOpen(tx, actionId)) {
        const answer = decide(proposal.state, 'supersede', gateFacts(proposal, now))
        if (answer.kind === 'moved') await endProposal(tx, proposal, answer.to, 'actionSwitchedOff', at, principal.objectId)
      }
    if (before !== enabled)
      await append(tx, {
        kind: 'actionSwitched',
        subjectId: actionId,
        at,
        body: { actionId, enabled, by: { objectId: principal.objectId, name: principal.displayName } },
      })
    return { kind: 'switched' }
  })
  // Another action needs other roles: whether the Aid holds them shows at once and not only tomorrow.
  const { lookAtAid } = deps
  if (lookAtAid) deps.later(() => lookAtAid(principal.tenantId))
  return answer
}

/** All of them before the journal is written: whoever confirms one holds it and waits for the journal. */
async function lockOpen(tx: WriteTx, actionId: string): Promise<readonly Proposal[]> {
  const open = await listProposals(tx, { states: ['proposed', 'offered', 'awaitingSecond', 'confirmed'] })
  const locked: Proposal[] = []
  for (const { id } of open.filter((proposal) => proposal.actionId === actionId)) {
    const proposal = await lockProposal(tx, id)
    if (proposal) locked.push(proposal)
  }
  return locked
}
