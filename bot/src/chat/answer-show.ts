import { findAction } from '@countersign/core/actions/catalogue.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import { waitingForSecond } from '../engine/act/second.ts'
import { listProposals } from '../store/proposals.ts'
import { readTx } from '../store/transaction.ts'
import { secondsSentence } from './cards/offer-state.ts'
import { say, type ChatDeps } from './chat-deps.ts'
import type { ChatTurn } from './channel.ts'
import { waitingProposals } from './offer-cards.ts'
import { offerHere } from './propose-and-offer.ts'
import { namedSeconds } from './second-names.ts'

/** What waits for this person, as the one who asked and as the second, each with a new card; and what of theirs waits for a second. */
export async function showWaiting({
  deps,
  turn,
  principal,
}: {
  readonly deps: ChatDeps
  readonly turn: ChatTurn
  readonly principal: Principal
}): Promise<void> {
  const asked = await waitingProposals(deps, principal, ['proposed', 'offered'])
  const asSecond = await waitingForSecond(deps.act, principal, principal.roles)
  const sent = await waitingForOthers(deps, principal)
  const waits = asked.length + asSecond.length
  const lines = [
    ...(waits === 0 ? ['Nothing waits for your countersignature.'] : []),
    ...(asked.length > 0 ? [`As the person who asked: ${cardCount(asked.length)} below.`] : []),
    ...(asSecond.length > 0 ? [`As the second person: ${cardCount(asSecond.length)} below.`] : []),
    ...sent,
  ]
  // One card of one's own speaks for itself, and stays the newest message: a bare yes may mean it.
  if (waits !== 1 || asSecond.length > 0 || sent.length > 0) await say(turn, { text: lines.join('\n') })
  for (const id of [...asked, ...asSecond]) await offerHere(deps, turn, id)
}

function cardCount(count: number): string {
  return count === 1 ? '1 card' : `${count} cards`
}

async function waitingForOthers(deps: ChatDeps, principal: Principal): Promise<readonly string[]> {
  const now = deps.act.now()
  const own = await readTx(deps.act.store, principal, (tx) =>
    listProposals(tx, { states: ['awaitingSecond'], requestedBy: principal.objectId }),
  )
  const open = own.filter(({ expiresAt }) => now < Date.parse(expiresAt))
  return Promise.all(
    open.map(async (proposal) => `Waits for a second person: ${whatOf(proposal)}. ${secondsSentence(await namedSeconds(deps, proposal))}`),
  )
}

function whatOf({ actionId, subject }: Proposal): string {
  return `${findAction(actionId)?.title ?? actionId}: ${cleanName(subject.name)} (${cleanName(subject.qualifier)})`
}
