import { expect } from '@jest/globals'
import { confirm, type ConfirmAnswer, type Yes } from '../../../bot/src/engine/act/confirm.ts'
import { cardDelivered, offerTo, type OfferAnswer } from '../../../bot/src/engine/act/offer.ts'
import { propose, type ProposeAnswer } from '../../../bot/src/engine/act/propose.ts'
import { switchAction } from '../../../bot/src/engine/act/switches.ts'
import { proposalById } from '../../../bot/src/store/proposals.ts'
import { stepsOf } from '../../../bot/src/store/steps.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { guestIds, proposalIdOf, type ActWorld } from './act-world.ts'

export type Offered = Extract<OfferAnswer, { kind: 'offered' }>

export function chatOf({ displayName }: Principal) {
  return { conversationId: `a:${displayName.toLowerCase()}`, conversationType: 'personal' } as const
}

export async function switchPlan(world: ActWorld, enabled: boolean): Promise<void> {
  const owner: Principal = { ...world.ada, roles: ['owner'], door: 'tab' }
  expect(await switchAction(world.deps, owner, 'disable-stale-guests', enabled)).toEqual({ kind: 'switched' })
}

export function proposeGuests(world: ActWorld, userIds: readonly string[] = guestIds): Promise<ProposeAnswer> {
  return propose(world.deps, world.ada, { actionId: 'disable-stale-guests', input: { userIds } })
}

/** Shows the card of a proposal to one person in that person's chat. */
export async function show(world: ActWorld, person: Principal, proposalId: string): Promise<OfferAnswer> {
  const offered = await offerTo(world.deps, person, proposalId, chatOf(person))
  if (offered.kind === 'offered') await cardDelivered(world.deps, person, offered.offer.id, `card-${offered.offer.id}`)
  return offered
}

export async function shown(world: ActWorld, person: Principal, proposalId: string): Promise<Offered> {
  const offered = await show(world, person, proposalId)
  if (offered.kind !== 'offered') throw new Error(`No card was shown to ${person.displayName}: ${offered.guard}.`)
  return offered
}

export function buttonOf({ offer }: Offered): Yes {
  return { by: 'button', offerId: offer.id, nonce: offer.nonce, cardActivityId: `card-${offer.id}` }
}

export function press(world: ActWorld, person: Principal, offered: Offered): Promise<ConfirmAnswer> {
  return confirm(world.deps, person, { yes: buttonOf(offered), chat: chatOf(person), words: 'Countersign' })
}

/** Asks, and lets the person who asked say yes: what a second person finds. */
export async function awaitingSecond(world: ActWorld, answer?: ProposeAnswer): Promise<string> {
  const id = proposalIdOf(answer ?? (await proposeGuests(world)))
  expect(await press(world, world.ada, await shown(world, world.ada, id))).toMatchObject({ kind: 'confirmedFirst' })
  return id
}

/** Both say yes; the work is left to be done. */
export async function countersignedByTwo(world: ActWorld, answer?: ProposeAnswer): Promise<string> {
  const id = await awaitingSecond(world, answer)
  expect(await press(world, world.bo, await shown(world, world.bo, id))).toMatchObject({ kind: 'confirmed' })
  return id
}

export async function proposalOf(world: ActWorld, id: string): Promise<Proposal> {
  const proposal = await readTx(world.deps.store, world.ada, (tx) => proposalById(tx, id))
  if (!proposal) throw new Error(`There is no proposal ${id}.`)
  return proposal
}

export async function stepStates(world: ActWorld, id: string): Promise<readonly (readonly [string, string | null])[]> {
  const steps = await readTx(world.deps.store, world.ada, (tx) => stepsOf(tx, id))
  return steps.map(({ state, met }) => [state, met] as const)
}
