import type { Offer } from '@countersign/core/actions/offer.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { listOffers } from '../../store/offers.ts'
import type { WriteTx } from '../../store/transaction.ts'
import { noteWrongCode, wrongCodesSince } from '../../store/wrong-codes.ts'
import { iso } from './deps.ts'
import type { Chat } from './offer.ts'

/**
 * How a person said yes. A bare yes names no card: it counts only where exactly one open card was the bot's latest message
 * when the yes arrived, and only if it was written after that card was made. `writtenAt` is the channel's time in
 * milliseconds; null where the channel names none, and then it counts for no card.
 */
export type Yes =
  | { readonly by: 'button'; readonly offerId: string; readonly nonce: string; readonly cardActivityId: string }
  | { readonly by: 'code'; readonly code: string }
  | { readonly by: 'bareYes'; readonly latestActivityId: string | null; readonly writtenAt: number | null }

/** Wrong codes within the window after which the codes of a person are not looked at for as long again. */
const wrongAtMost = 10
const windowMs = 10 * 60 * 1000

/** Which offer the yes is about. Whether it counts is the gate's to say. */
export async function offerMeant(tx: WriteTx, principal: Principal, yes: Yes, chat: Chat, now: number): Promise<Offer | undefined> {
  switch (yes.by) {
    case 'button':
      return (await listOffers(tx, { nonce: yes.nonce })).find(({ id }) => id === yes.offerId)
    case 'code':
      return offerOfCode(tx, principal, yes.code, now)
    case 'bareYes': {
      const live = (await listOffers(tx, { personId: principal.objectId, state: 'live' })).filter(
        ({ conversationId }) => conversationId === chat.conversationId,
      )
      const [only, ...others] = live
      if (!only || others.length > 0 || yes.latestActivityId === null || yes.writtenAt === null) return undefined
      return only.cardActivityId === yes.latestActivityId && yes.writtenAt >= Date.parse(only.createdAt) ? only : undefined
    }
  }
}

/** A code is four characters: whoever guesses is not looked at any more, and cannot tell. */
async function offerOfCode(tx: WriteTx, { objectId }: Principal, code: string, now: number): Promise<Offer | undefined> {
  const wrong = await wrongCodesSince(tx, objectId, iso(now - 2 * windowMs))
  if (isShutOut(wrong.map(Date.parse), now)) return undefined
  const own = await listOffers(tx, { code, personId: objectId })
  const found = own.find(({ state }) => state === 'live') ?? own[0] ?? (await listOffers(tx, { code, state: 'live' }))[0]
  if (found?.personId !== objectId) await noteWrongCode(tx, objectId, iso(now), iso(now - 2 * windowMs))
  return found
}

/** Whether the newest wrong code was one too many and is not yet forgotten. `wrong`: times in milliseconds, newest first. */
function isShutOut(wrong: readonly number[], now: number): boolean {
  const [newest] = wrong
  if (newest === undefined || now - newest >= windowMs) return false
  return wrong.filter((at) => newest - at < windowMs).length >= wrongAtMost
}
