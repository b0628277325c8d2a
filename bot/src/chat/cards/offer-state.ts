import { findAction } from '@countersign/core/actions/catalogue.ts'
import { receiptSentence } from '@countersign/core/actions/custody.ts'
import type { EchoState } from '@countersign/core/actions/echo.ts'
import type { ProposalState } from '@countersign/core/actions/gate.ts'
import type { Offer } from '@countersign/core/actions/offer.ts'
import { offerCard, type OfferFace } from '@countersign/core/actions/offer-card.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { echoSentences } from '@countersign/core/actions/sentences.ts'
import type { StepState } from '@countersign/core/actions/sentences.ts'
import type { Preview } from '@countersign/core/api/proposals.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import { card, facts, heading, link, small, status, text, type Part } from './parts.ts'

/** Everything that decides how the card of one offer looks now. */
export interface OfferView {
  readonly offer: Offer
  readonly proposal: Proposal
  readonly preview: Preview
  /** On a second person's card, who countersigned first. */
  readonly firstBy: OfferFace['firstBy']
  /** No later card of the proposal to the same person exists. */
  readonly isNewest: boolean
  /** Undefined while nothing was sent. */
  readonly echo: EchoState | undefined
  /** What became of each step; empty while nothing was sent. */
  readonly steps: readonly StepState[]
  /** Who could be the second person; asked for only while one is waited for. */
  readonly seconds: readonly Person[]
}

interface Person {
  readonly name: string
  readonly objectId: string
}

type Color = Parameters<typeof status>[1]

/** Heading of each state that ends or moves on; text first, colour beside it. */
const marks = {
  proposed: ['Not open any more', 'Default'],
  offered: ['Not open any more', 'Default'],
  awaitingSecond: ['Waiting for a second person', 'Accent'],
  confirmed: ['Countersigned, being carried out', 'Accent'],
  executing: ['Countersigned, being carried out', 'Accent'],
  executed: ['Carried out, being read back', 'Accent'],
  verified: ['Verified', 'Good'],
  rejected: ['Declined', 'Default'],
  expired: ['Expired', 'Default'],
  superseded: ['Superseded', 'Warning'],
  stale: ['Stale: nothing was changed', 'Warning'],
  failed: ['Failed: nothing was changed', 'Attention'],
  verifyFailed: ['The read-back differs', 'Attention'],
  indeterminate: ['Not certain', 'Attention'],
  partlyDone: ['Stopped half way', 'Attention'],
  settled: ['Settled by a person', 'Default'],
} as const satisfies Record<ProposalState, readonly [string, Color]>

export function isLive({ offer, proposal }: Pick<OfferView, 'offer' | 'proposal'>, now: number): boolean {
  const waits = proposal.state === (isSecond({ offer, proposal }) ? 'awaitingSecond' : 'offered')
  return waits && offer.state === 'live' && now < Date.parse(offer.expiresAt) && now < Date.parse(proposal.expiresAt)
}

/** Whether the card was made for the second person. */
function isSecond({ offer, proposal }: Pick<OfferView, 'offer' | 'proposal'>): boolean {
  return offer.personId !== proposal.requestedBy
}

/** The card with live buttons: exactly the bytes that the digest covers, and around them a way for clients to ask whether it still holds. */
export function liveCard({ offer, preview, firstBy }: Pick<OfferView, 'offer' | 'preview' | 'firstBy'>, channelPersonId: string): Part {
  const content = offerCard(preview, { offerId: offer.id, nonce: offer.nonce, code: offer.code, expiresAt: offer.expiresAt, firstBy })
  return { ...Object(content), refresh: refresh(offer, channelPersonId) }
}

/** What stands in place of the live card: its present state, without a button that does anything. */
export function stateCard(view: OfferView, tabUrl: string): Part {
  const { proposal, preview, offer, isNewest, echo, seconds } = view
  const waits =
    proposal.state === 'proposed' || proposal.state === 'offered' || (proposal.state === 'awaitingSecond' && isSecond({ offer, proposal }))
  const [mark, color] = marks[waits ? 'offered' : proposal.state]
  const number = proposal.receiptNumber === null ? undefined : receiptName(proposal.receiptNumber)
  const title = number === undefined || waits ? mark : `${mark} · receipt ${number}`
  const isFirstOfTwo = proposal.state === 'awaitingSecond' && !isSecond({ offer, proposal })
  const sentence = waits
    ? openSentence(isNewest)
    : [receiptSentence({ proposal }), isFirstOfTwo ? secondsSentence(seconds) : ''].join(' ').trim()
  return card(
    `${preview.title}: ${title}. ${sentence}`,
    [
      heading(preview.title),
      status(title, color),
      text(sentence),
      facts([
        { title: 'Object', value: `${preview.subject.name} (${preview.subject.qualifier})` },
        { title: 'Object id', value: preview.subject.id },
        ...preview.changes.map((change) => ({ title: change.field, value: `${change.before} → ${change.after}` })),
        ...objectFacts(view),
        { title: 'Carried out by', value: preview.actor },
        ...(view.firstBy ? [{ title: 'Asked for and countersigned by', value: personName(view.firstBy) }] : []),
        ...(number === undefined || echo === undefined ? [] : [{ title: 'Audit log', value: echoSentences[echo] }]),
        ...(proposal.state === 'verified'
          ? [{ title: 'Undo', value: canUndo(proposal) && number !== undefined ? `${preview.undo} Reply: undo ${number}` : preview.undo }]
          : []),
        ...(proposal.state === 'partlyDone' && number !== undefined
          ? [
              {
                title: 'Go on',
                value: `For the rest, reply: resume ${number}${canUndo(proposal) ? `. To put back what was done, reply: undo ${number}` : ''}`,
              },
            ]
          : []),
      ]),
      small(`${offer.code} · ${preview.hash.slice(0, 8)}`),
    ],
    number === undefined ? [] : [link(`Open receipt ${number}`, `${tabUrl}/receipts/${encodeURIComponent(proposal.id)}`)],
  )
}

/** Each object of a plan of several steps, with what became of it once the plan was begun: in words beside the sign. */
function objectFacts({ preview, steps, proposal }: OfferView): readonly { readonly title: string; readonly value: string }[] {
  return preview.objects.map(({ id, name, qualifier }, index) => {
    const state = proposal.receiptNumber === null ? undefined : steps[index]
    return { title: state === undefined ? `Object ${index + 1}` : stepMarks[state], value: `${name} (${qualifier}), ${id}` }
  })
}

/** How a step went, as a sign and in words. */
export const stepMarks = {
  planned: '· Not sent yet',
  sending: '… Sent',
  done: '✓ Done',
  failed: '✗ Not done',
  notCertain: '? Not certain',
  notSent: '– Not sent',
} as const satisfies Record<StepState, string>

/** Who can be the second person, in words. */
export function secondsSentence(people: readonly Person[]): string {
  return people.length === 0
    ? 'Nobody else who may has a chat with me now.'
    : `${people.map(personName).join(' or ')} can countersign it now, each on a card of their own.`
}

function personName({ name, objectId }: Person): string {
  return name === '' ? objectId : `${cleanName(name)} (${objectId})`
}

function openSentence(isNewest: boolean): string {
  return isNewest
    ? 'This card has expired. Nothing was changed. Reply “show” for a new one.'
    : 'A newer card took the place of this one. Nothing was changed by this card.'
}

function canUndo(proposal: Proposal): boolean {
  return proposal.undoes === null && findAction(proposal.actionId)?.undo.possible === true
}

/** As people write it: R-0001. */
export function receiptName(receiptNumber: number): string {
  return `R-${String(receiptNumber).padStart(4, '0')}`
}

/** learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#refresh-mechanism */
function refresh(offer: Offer, channelPersonId: string): Part {
  return { action: { type: 'Action.Execute', title: 'Refresh', verb: 'refresh', data: { offerId: offer.id } }, userIds: [channelPersonId] }
}

/** A card in motion keeps the way to ask for its state, should an update be lost. */
export function movingCard(view: OfferView, tabUrl: string, channelPersonId: string): Part {
  const content = stateCard(view, tabUrl)
  return ['awaitingSecond', 'confirmed', 'executing', 'executed'].includes(view.proposal.state)
    ? { ...content, refresh: refresh(view.offer, channelPersonId) }
    : content
}
