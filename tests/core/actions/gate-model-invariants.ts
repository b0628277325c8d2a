/** What must always hold, told from what happened and not from the gate's table. Each function throws a Harm. */
import type { ProposalState } from '@countersign/core/actions/gate.ts'
import {
  bytesOf,
  hashOf,
  home,
  minute,
  roleHolders,
  valuesOf,
  type Asked,
  type Card,
  type Proposal,
  type World,
} from './gate-model-world.ts'

/** A broken invariant, as opposed to a broken model. */
export class Harm extends Error {}

/** The state that a proposal must be in after what happened to it. */
export function stateToldBy({ story, approvals }: Proposal): ProposalState {
  if (story.ended) {
    return (
      {
        withdrawn: 'rejected',
        timeOver: 'expired',
        rulesChanged: 'superseded',
        objectChanged: 'stale',
        nothingDone: 'failed',
        stoppedBetween: 'partlyDone',
      } as const
    )[story.ended]
  }
  if (story.settled) return 'settled'
  if (story.readBack) return ({ done: 'verified', notDone: 'verifyFailed', unclear: 'indeterminate' } as const)[story.readBack]
  if (story.lastWord) return 'executed'
  if (story.begun) return 'executing'
  if (story.yes.length >= approvals) return 'confirmed'
  if (story.yes.length > 0) return 'awaitingSecond'
  return story.cards > 0 ? 'offered' : 'proposed'
}

/** Whether the story has come to an end after which nothing may happen. */
export function isOver({ story }: Proposal): boolean {
  return story.ended !== null || story.settled || story.readBack === 'done' || story.readBack === 'notDone'
}

/** Holds after every move. */
export function checkState(proposal: Proposal): void {
  const { story, state, steps } = proposal
  const told = stateToldBy(proposal)
  must(state === told, `${state} is not what happened: ${told}`)
  must(story.yes.length <= proposal.approvals, 'more people said yes than were asked')
  must(new Set(story.yes).size === story.yes.length, 'one person said yes twice')
  must(!story.begun || story.yes.length === proposal.approvals, 'begun without everybody’s yes')
  const sent = steps.some(({ sends }) => sends > 0)
  must(!sent || story.begun, 'something was sent before it was begun')
  const endedUnsent = story.ended !== null && story.ended !== 'stoppedBetween' && story.ended !== 'nothingDone'
  must(!endedUnsent || !story.begun, `ended as ${state} after it was begun`)
  const done = steps.filter((step) => step.state === 'done').length
  must(story.ended !== 'nothingDone' || done === 0, 'failed although a step was done')
  const shown = steps.filter((step) => step.shown).length
  must(story.ended !== 'stoppedBetween' || (done + shown > 0 && shown < steps.length), 'partly done with all or nothing done')
  must(story.readBack !== 'done' || steps.every(({ sends }) => sends === 1), 'verified without having sent every step')
  must(
    story.ended !== 'nothingDone' || (story.yes.length === proposal.approvals && !story.lastWord),
    'failed before it was countersigned or after its answer',
  )
  must(story.ended !== 'objectChanged' || story.yes.length > 0, 'gone stale before anybody countersigned')
  must(!story.lastWord || story.begun, 'answered before it was begun')
  must(story.readBack === null || story.lastWord, 'read back before it was answered')
  must(!story.settled || story.readBack === 'unclear', 'settled what was not open')
}

/** Before anything is told of a proposal: what is over stays over. */
export function checkNotOver(proposal: Proposal): void {
  must(!isOver(proposal), `left the end ${proposal.state}`)
}

/** Called with the new card in its place. */
export function checkOffer(world: World, proposal: Proposal, card: Card, isGroup: boolean): void {
  checkLive(world, proposal, 'offered')
  must(!isGroup, 'offered in a group')
  must(
    proposal.cards.filter(({ person, state }) => person === card.person && state === 'live').length === 1,
    'two live offers to one person',
  )
  const isSecond = proposal.story.yes.length > 0
  must(
    (card.person === proposal.requestedBy) !== isSecond,
    isSecond ? 'the requester was asked to be the second' : 'offered to a bystander',
  )
}

/** Called with the world as it was when the yes was weighed. */
export function checkYes(world: World, proposal: Proposal, card: Card | undefined, asked: Asked): void {
  if (!card) throw new Harm('confirmed without a card')
  checkLive(world, proposal, 'confirmed')
  must(card.state === 'live', 'confirmed by a dead card')
  must(world.now < card.expiresAt, 'confirmed after the offer had ended')
  must(asked.personId === card.person, 'confirmed by another person')
  must(asked.tenantId === home, 'confirmed from another tenant')
  must(asked.conversationId === card.chat, 'confirmed in another chat')
  must(asked.conversationType === 'personal', 'confirmed in a group')
  must(asked.cardActivityId === null || asked.cardActivityId === card.cardId, 'confirmed on another card')
  must(asked.nonce === card.nonce || asked.code === card.code, 'confirmed without the card’s code')
  must(asked.mayConfirm, 'confirmed without the role')
  must(asked.proposalHash === proposal.hash, 'confirmed another hash')
  must(asked.renderedDigest === card.bytes && card.bytes === bytesOf(card.terms, world.renderer), 'confirmed other bytes than were shown')
  must(card.terms === proposal.terms && hashOf(proposal.terms) === proposal.hash, 'confirmed other terms than were planned')
  must(proposal.story.yes.length === 0 || asked.personId !== proposal.requestedBy, 'the requester was the second')
}

export function checkBegin(world: World, proposal: Proposal): void {
  must(world.enabled, 'begun though switched off')
  must(proposal.catalogue === world.catalogue, 'begun under another catalogue')
  must(proposal.confirmedAt !== null && world.now - proposal.confirmedAt < 15 * minute, 'begun long after the yes')
  must(hashOf(proposal.terms) === proposal.hash, 'begun other terms than were confirmed')
  must(
    proposal.confirmedHashes.every((hash) => hash === hashOf(proposal.terms)),
    'begun terms that were sealed anew after the yes',
  )
  must(proposal.confirmedAt !== null && proposal.confirmedAt - world.now <= minute, 'begun by a yes of another clock')
  const values = valuesOf(world, proposal)
  must(
    proposal.preState.every((value, part) => value === values[part]),
    'begun over a changed object',
  )
}

export function checkSend(proposal: Proposal, index: number): void {
  const step = proposal.steps[index]
  must(step?.sends === 1, 'a step was sent twice')
  must(
    proposal.steps.slice(0, index).every(({ shown }) => shown),
    'a step was sent before the one ahead of it was seen done',
  )
  must(proposal.story.yes.length === proposal.approvals, 'written without everybody’s yes')
  must(proposal.state === 'executing', 'written while not executing')
}

/** A process says what came of sending. */
export function checkReport({ story }: Proposal): void {
  must(story.begun, 'reported on what was not begun')
  must(!story.lastWord, 'the last word was said twice')
}

/** A process read back; what it could not settle is closed by people only. */
export function checkReading({ story }: Proposal): void {
  must(story.readBack === null, 'a process settled what had gone to a person')
}

/** A person ended a proposal: the requester at any time, a possible second person once a second is waited for. */
export function checkWithdrawal(proposal: Proposal, { personId, tenantId, mayConfirm }: Asked): void {
  must(tenantId === home, 'withdrawn from another tenant')
  must(personId === proposal.requestedBy || (proposal.story.yes.length > 0 && mayConfirm), 'withdrawn by a stranger')
}

/** A person closed what no read-back could settle. */
export function checkClosedByPerson(asked: Asked | undefined): void {
  must(asked?.tenantId === home, 'closed from another tenant or by nobody')
  must(roleHolders.some((holder) => holder === asked?.personId) && asked?.mayConfirm === true, 'closed without the role')
}

function checkLive(world: World, proposal: Proposal, what: string): void {
  must(world.now < proposal.expiresAt, `${what} after the proposal had ended`)
  must(proposal.catalogue === world.catalogue, `${what} under another catalogue`)
  must(world.enabled, `${what} though switched off`)
}

function must(holds: boolean, harm: string): void {
  if (!holds) throw new Harm(harm)
}
