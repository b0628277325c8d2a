import { guardSentences } from '@countersign/core/actions/refusals.ts'
import { stateSentences } from '@countersign/core/actions/sentences.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { propose, type ProposalRequest } from '../engine/act/propose.ts'
import { proposalById } from '../store/proposals.ts'
import { readTx } from '../store/transaction.ts'
import { refusalText, say, type ChatDeps } from './chat-deps.ts'
import type { ChatTurn } from './channel.ts'
import { deliverOffer } from './offer-cards.ts'

/** The one way from chat to a proposal; what comes of it is a card, never a change. */
export async function proposeAndOffer(deps: ChatDeps, turn: ChatTurn, principal: Principal, request: ProposalRequest): Promise<void> {
  await turn.showTyping()
  const answer = await propose(deps.act, principal, request)
  if (answer.kind === 'proposed') return offerHere(deps, turn, answer.proposal.id)
  const how = answer.reason === 'lockOut' ? ' In chat: write the command again, and at its end “naming” and those names.' : ''
  await say(turn, { text: `${refusalText(answer)}${how}` })
}

/** Shows the waiting proposal's card in this chat, or says what has become of it. */
export async function offerHere(deps: ChatDeps, turn: ChatTurn, proposalId: string): Promise<void> {
  const person = { tenantId: turn.tenantId, objectId: turn.person.objectId }
  const delivered = await deliverOffer(deps, person, proposalId, {
    conversationId: turn.conversationId,
    channelPersonId: turn.person.channelId,
    send: (card) => turn.reply({ card }),
  })
  if (delivered.kind !== 'refused') return
  const proposal = await readTx(deps.act.store, person, (tx) => proposalById(tx, proposalId))
  const text =
    delivered.guard === 'state' || delivered.guard === 'unknown'
      ? stateSentences[proposal?.state ?? 'expired']
      : delivered.guard === 'unreadable'
        ? 'The object cannot be read now, and I ask nobody for a second yes without looking again. Try “show” later.'
        : guardSentences[delivered.guard]
  await say(turn, { text })
}
