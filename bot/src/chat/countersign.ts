import { z } from 'zod'
import { guardSentences } from '@countersign/core/actions/refusals.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { confirm, reject, type ConfirmAnswer, type Yes } from '../engine/act/confirm.ts'
import { isLive, liveCard, movingCard, secondsSentence, type OfferView } from './cards/offer-state.ts'
import { admit, say, type ChatDeps } from './chat-deps.ts'
import type { ChatTurn, TurnAnswer } from './channel.ts'
import type { TypedYes } from './confirmation.ts'
import { inTurnOfCard, offerView } from './offer-cards.ts'

const buttonSchema = z.object({ offerId: z.uuid(), nonce: z.string().min(1).max(100) })
const refreshSchema = z.object({ offerId: z.uuid() })
/** A press can be here before the place of its card is noted, because the card is in the chat first. */
const placeNotedWaits = [50, 100, 200, 400, 800, 1600]
const notYours = 'Only the person to whom this card was shown can use it.'

/** A typed yes: to the card whose code it names, or to the one card that was my newest message when the yes arrived (`latestActivityId`). */
export async function confirmTyped(
  deps: ChatDeps,
  turn: ChatTurn,
  typed: TypedYes,
  { words, latestActivityId }: { readonly words: string; readonly latestActivityId: string | null },
): Promise<void> {
  const asking = await admit(deps, turn, 'confirm')
  if (asking.kind === 'mayNot') return void (await say(turn, { text: `${asking.text} Nothing was countersigned.` }))
  const yes: Yes = typed.code === null ? { by: 'bareYes', latestActivityId, writtenAt: turn.writtenAt } : { by: 'code', code: typed.code }
  const answer = await confirmIn(deps, turn, asking.principal, yes, words)
  if (answer.kind !== 'refused') {
    const view = await inTurnOfCard(deps, asking.principal, answer.offer.id, (now) =>
      turn.replaceCard(now.offer.cardActivityId, movingCard(now, deps.tabUrl, turn.person.channelId)),
    )
    await say(turn, {
      text:
        answer.kind === 'confirmed'
          ? 'Countersigned. It is carried out now; the card shows how it ends.'
          : `Countersigned. A second person has to countersign too; nothing is carried out before. ${secondsSentence(view?.seconds ?? [])}`,
    })
    return
  }
  await say(turn, { text: `${typedRefusal(answer, typed)} Nothing was countersigned.`, suggestions: ['show'] })
}

function typedRefusal(answer: Extract<ConfirmAnswer, { kind: 'refused' }>, typed: TypedYes): string {
  if (answer.guard !== 'noOffer') return guardSentences[answer.guard]
  return typed.code === null
    ? 'A yes without a code counts only when exactly one card waits, it is my newest message, and the yes was written after it. Reply “yes” and the code on the card, or “show” for new cards.'
    : 'There is no open card with this code.'
}

/** The card's own button. A card that is over answers with how it ended; only what is no card of this person is refused in words. */
export async function pressCountersign(
  deps: ChatDeps,
  turn: ChatTurn,
  press: { readonly data: unknown; readonly cardActivityId: string },
): Promise<TurnAnswer> {
  const parsed = buttonSchema.safeParse(press.data)
  if (!parsed.success) return { kind: 'note', text: 'This button does not belong to a card of mine.' }
  const asking = await admit(deps, turn, 'confirm')
  if (asking.kind === 'mayNot') return { kind: 'note', text: `${asking.text} Nothing was countersigned.` }
  deps.memory.noteAnswering(parsed.data.offerId)
  const yes: Yes = { by: 'button', ...parsed.data, cardActivityId: press.cardActivityId }
  let answer = await confirmIn(deps, turn, asking.principal, yes, 'Countersign')
  for (const wait of placeNotedWaits) {
    if (answer.kind !== 'refused' || answer.guard !== 'sameCard' || answer.offer?.cardActivityId !== '') break
    await deps.act.wait(wait)
    answer = await confirmIn(deps, turn, asking.principal, yes, 'Countersign')
  }
  if (answer.kind === 'refused' && (answer.guard === 'noOffer' || answer.offer?.personId !== asking.principal.objectId))
    return { kind: 'note', text: answer.guard === 'noOffer' ? 'This button does not belong to a card of mine.' : notYours }
  const view = await offerView(deps, asking.principal, parsed.data.offerId)
  if (!view) return { kind: 'note', text: 'This card is not known any more.' }
  if (answer.kind !== 'refused' || !isLive(view, deps.act.now()))
    return { kind: 'card', card: movingCard(view, deps.tabUrl, turn.person.channelId) }
  return { kind: 'note', text: answer.guard === 'noOffer' ? notYours : guardSentences[answer.guard] }
}

function confirmIn(deps: ChatDeps, turn: ChatTurn, principal: Principal, yes: Yes, words: string): Promise<ConfirmAnswer> {
  return confirm(deps.act, principal, {
    yes,
    chat: { conversationId: turn.conversationId, conversationType: turn.conversationType },
    words,
  })
}

/** Declining ends the proposal. It asks for the same proofs as countersigning, though it changes nothing in the tenant. */
export async function pressDecline(deps: ChatDeps, turn: ChatTurn, press: { readonly data: unknown }): Promise<TurnAnswer> {
  const parsed = buttonSchema.safeParse(press.data)
  if (!parsed.success) return { kind: 'note', text: 'This button does not belong to a card of mine.' }
  const asking = await admit(deps, turn, 'propose')
  if (asking.kind === 'mayNot') return { kind: 'note', text: `${asking.text} The card ends by itself when its time is over.` }
  const before = await ownView(deps, turn, parsed.data.offerId)
  if (!before || before.offer.nonce !== parsed.data.nonce) return { kind: 'note', text: notYours }
  deps.memory.noteAnswering(parsed.data.offerId)
  if (isLive(before, deps.act.now())) await reject(deps.act, asking.principal, before.proposal.id)
  const view = await ownView(deps, turn, parsed.data.offerId)
  return view
    ? { kind: 'card', card: movingCard(view, deps.tabUrl, turn.person.channelId) }
    : { kind: 'note', text: 'This card is not known any more.' }
}

/** What clients send by themselves when they show a card: the card as it is now. */
export async function refreshCard(deps: ChatDeps, turn: ChatTurn, press: { readonly data: unknown }): Promise<TurnAnswer> {
  const parsed = refreshSchema.safeParse(press.data)
  const asking = await admit(deps, turn, 'viewFindings')
  if (!parsed.success || asking.kind === 'mayNot') return { kind: 'note', text: asking.kind === 'mayNot' ? asking.text : notYours }
  const view = await ownView(deps, turn, parsed.data.offerId)
  if (!view) return { kind: 'note', text: notYours }
  return {
    kind: 'card',
    card: isLive(view, deps.act.now()) ? liveCard(view, turn.person.channelId) : movingCard(view, deps.tabUrl, turn.person.channelId),
  }
}

/** The offer, if it was made to this person in this chat. */
async function ownView(deps: ChatDeps, turn: ChatTurn, offerId: string): Promise<OfferView | undefined> {
  const view = await offerView(deps, { tenantId: turn.tenantId, objectId: turn.person.objectId }, offerId)
  return view?.offer.personId === turn.person.objectId && view.offer.conversationId === turn.conversationId ? view : undefined
}
