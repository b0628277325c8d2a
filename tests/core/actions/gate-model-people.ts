/** What people do: ask for cards, say yes, withdraw, settle. Each is read first and landed later, so that two can race. */
import { ask, land } from './gate-model-ask.ts'
import { checkClosedByPerson, checkOffer, checkWithdrawal, checkYes } from './gate-model-invariants.ts'
import {
  bytesOf,
  home,
  minute,
  roleHolders,
  serialOf,
  valuesOf,
  type Asked,
  type Card,
  type Person,
  type Proposal,
  type World,
} from './gate-model-world.ts'
import type { Forge, Who } from './gate-model-moves.ts'

/** Does what was decided earlier, unless somebody was faster. */
export type Landing = () => void

export function personOf(proposal: Proposal, who: Who): Person {
  if (who === 'stranger') return 'mallory'
  const others = roleHolders.filter((holder) => holder !== proposal.requestedBy)
  return (who === 'requester' ? proposal.requestedBy : others[who === 'second' ? 0 : 1]) ?? 'mallory'
}

function honest(proposal: Proposal, person: Person): Asked {
  return {
    personId: person,
    tenantId: home,
    conversationId: `chat of ${person}`,
    conversationType: 'personal',
    cardActivityId: null,
    nonce: null,
    code: null,
    proposalHash: proposal.hash,
    renderedDigest: '',
    mayConfirm: roleHolders.some((holder) => holder === person),
  }
}

function forged(asked: Asked, forge: Forge, proposal: Proposal): Asked {
  switch (forge) {
    case 'none':
      return asked
    case 'person':
      return { ...asked, personId: personOf(proposal, asked.personId === personOf(proposal, 'second') ? 'third' : 'second') }
    case 'tenant':
      return { ...asked, tenantId: 'fabrikam' }
    case 'chat':
      return { ...asked, conversationId: 'chat of somebody else' }
    case 'group':
      return { ...asked, conversationType: 'other' }
    case 'card':
      return { ...asked, cardActivityId: 'another card' }
    case 'code':
      return { ...asked, nonce: asked.nonce && 'another nonce', code: asked.code && 'ZZZZ' }
    case 'bytes':
      return { ...asked, renderedDigest: 'other bytes' }
    case 'hash':
      return { ...asked, proposalHash: 'another hash' }
    case 'role':
      return { ...asked, mayConfirm: false }
  }
}

/** A card for somebody; `again` ends that person's earlier card in the same transaction. */
export function offer(world: World, proposal: Proposal, to: Who, isGroup: boolean, again: boolean): Landing {
  const person = personOf(proposal, to)
  const asked = forged(honest(proposal, person), isGroup ? 'group' : 'none', proposal)
  const live = proposal.cards.filter((card) => card.person === person && card.state === 'live')
  const answer = ask(world, proposal, 'offer', { asked, liveOffers: again ? 0 : live.length })
  return () => {
    land(world, answer, (story) => {
      if (again) for (const card of live) card.state = 'dead'
      const serial = serialOf(world)
      const card: Card = {
        person,
        chat: asked.conversationId,
        cardId: `card ${serial}`,
        nonce: `nonce ${serial}`,
        code: `C${serial}`,
        terms: proposal.terms,
        bytes: bytesOf(proposal.terms, world.renderer),
        proposalHash: proposal.hash,
        expiresAt: world.now + (story.yes.length > 0 ? 240 * minute : 5 * minute),
        state: 'live',
      }
      proposal.cards.push(card)
      story.cards++
      checkOffer(world, proposal, card, isGroup)
    })
  }
}

/** Writes a confirmation, which the channel delivers now or later. */
export function sendYes(world: World, proposal: Proposal, which: 'first' | 'old' | 'last', forge: Forge, typed: boolean): void {
  const card = which === 'first' ? proposal.cards[0] : proposal.cards.at(which === 'old' ? -2 : -1)
  const asked = honest(proposal, card?.person ?? proposal.requestedBy)
  const pressed = typed
    ? { code: card?.code ?? 'ZZZZ' }
    : { nonce: card?.nonce ?? 'another nonce', cardActivityId: card?.cardId ?? 'another card' }
  const written = { ...asked, ...pressed, renderedDigest: bytesOf(proposal.terms, world.renderer) }
  world.mail.push({ proposal, card, asked: forged(written, forge, proposal) })
}

/** One delivery of a confirmation. `wrongEvent`: the caller mistakes how many people must countersign. */
export function deliver(world: World, letter: World['mail'][number] | undefined, wrongEvent: boolean): Landing {
  if (!letter) return () => undefined
  const { proposal, card } = letter
  // Whether the person has the role is read at delivery; bytes are computed then, from the stored plan.
  const asked =
    letter.asked.renderedDigest === 'other bytes'
      ? letter.asked
      : { ...letter.asked, renderedDigest: bytesOf(proposal.terms, world.renderer) }
  const isFirst = (proposal.state !== 'awaitingSecond' && proposal.terms.approvals === 2) !== wrongEvent
  const answer = ask(world, proposal, isFirst ? 'confirmFirst' : 'confirm', card ? { card, asked } : { asked })
  return () => {
    land(world, answer, (story) => {
      checkYes(world, proposal, card, asked)
      if (card) card.state = 'used'
      const person = roleHolders.find((holder) => holder === asked.personId) ?? 'mallory'
      story.yes.push(person)
      proposal.confirmedHashes.push(asked.proposalHash)
      if (story.yes.length === proposal.approvals) proposal.confirmedAt = world.now
    })
  }
}

export function withdraw(world: World, proposal: Proposal, by: Who, forge: Forge): Landing {
  const asked = forged(honest(proposal, personOf(proposal, by)), forge, proposal)
  const answer = ask(world, proposal, 'reject', { asked })
  return () => {
    land(world, answer, (story) => {
      checkWithdrawal(proposal, asked)
      story.ended = 'withdrawn'
    })
  }
}

/** A person closes what no read-back settled: by a new reading that shows it done, or by saying so. */
export function close(world: World, proposal: Proposal, how: 'settle' | 'readBackDone', by: Who, forge: Forge): Landing {
  const asked = forged(honest(proposal, personOf(proposal, by)), forge, proposal)
  const values = valuesOf(world, proposal)
  const isDone = proposal.steps.every((_step, part) => values[part] === proposal.mark)
  const event = how === 'readBackDone' && isDone ? 'readBackDone' : 'settle'
  const answer = ask(world, proposal, event, { asked })
  return () => {
    land(world, answer, (story) => {
      if (story.readBack === 'unclear') checkClosedByPerson(asked)
      if (event === 'settle') story.settled = true
      else story.readBack = 'done'
    })
  }
}
