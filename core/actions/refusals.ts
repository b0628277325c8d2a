import type { Values } from '../posture/check.ts'
import { renderMessage } from '../text/message.ts'
import { findAction } from './catalogue.ts'
import type { GuardName } from './gate.ts'

/** Why nothing was proposed, offered or confirmed. ICU messages; `action` reasons live with their action. */
export const refusals = {
  actOff: 'Actions are switched off in this deployment.',
  aidNotConnected: 'The Aid is not connected. An owner can connect it under Settings.',
  aidNeedsSignIn: 'The Aid has to sign in again before it can do anything: {why}',
  noRole: 'This needs the role {roles}. You do not hold it in Countersign.',
  noSuchAction: 'There is no action called {id}.',
  switchedOff: 'The action “{title}” is switched off in this tenant. An owner can switch it on under Actions.',
  scopesMissing:
    'The Aid was not granted what this needs: {scopes}. An administrator must consent to it for Countersign Act, then the Aid is connected again.',
  noSecond:
    'This needs a second person to countersign, and nobody else who may has opened a chat with the Aid. Ask another owner or administrator to open it.',
  lockOut: 'This would lock out {names}. To propose it all the same, name {names} in the request.',
  tooFast: 'You have made {count, plural, one {# proposal} other {# proposals}} within an hour. Wait a while.',
  nothingToResume: 'There is nothing left of this change to carry out.',
  noSuchFinding: 'This finding is not open any more.',
  noFix: 'There is no safe automatic fix for this finding. The steps to mend it by hand are on its page.',
  noSuchProposal: 'There is no such proposal.',
  badInput: 'The input does not fit the action: {issues}',
  graphRefused: 'Graph did not let the Aid read what this needs ({code}).',
  tooMany: 'You have {count, plural, one {# open proposal} other {# open proposals}}. Countersign or withdraw some first.',
  undoImpossible: '{because}',
  undoNotVerified: 'Only a change that was carried out and checked can be undone.',
  undoTooLate: 'This could be undone until {until, date, long}.',
  undoTaken: 'This change was already undone.',
  changedSince: 'Somebody has changed this since, so it is not touched. Look at it in the Entra admin centre.',
  undoOfUndo: 'An undo is not undone; propose the action again.',
} as const satisfies Readonly<Record<string, string>>
export type RefusalName = keyof typeof refusals

export interface Refusal {
  readonly kind: 'refused'
  /** A name of `refusals`, or a reason of the action. */
  readonly reason: string
  readonly values: Values
  /** Set when the action's own entry holds the message. */
  readonly actionId?: string
  /** Names that the request must write out, for a lock-out. */
  readonly names?: readonly string[]
}

export function refuseWith(reason: RefusalName, values: Values = {}): Refusal {
  return { kind: 'refused', reason, values }
}

export function refusalSentence(refusal: Refusal, locale: string): string {
  const own = refusal.actionId === undefined ? undefined : findAction(refusal.actionId)?.reasons[refusal.reason]
  const known: Readonly<Record<string, string>> = refusals
  const message = own ?? known[refusal.reason]
  if (message === undefined) throw new Error(`There is no message for the refusal ${refusal.reason}.`)
  return renderMessage(message, refusal.values, locale)
}

/** What a person reads when the gate refuses; never says more than the person may know. */
export const guardSentences = {
  state: 'This proposal cannot be confirmed any more.',
  withinLifetime: 'This proposal is older than 24 hours. Ask for it again.',
  hashMatches: 'This proposal does not match what was stored. Nothing was done.',
  catalogueUnchanged: 'The actions of this deployment have changed since. Ask for it again.',
  offerLive: 'This card is not the newest one any more. Use the newest card, or ask for it again.',
  offerWithinTime: 'This card has expired. Ask for it again.',
  samePerson: 'Only the person who asked can countersign this.',
  sameTenant: 'This belongs to another tenant.',
  sameConversation: 'Countersign in the chat in which the card was shown.',
  oneToOne: 'Changes are countersigned in your own chat with the Aid, never in a group.',
  sameCard: 'This is a copy of the card. Use the card in your chat with the Aid.',
  sameBytes: 'What the card showed is not what would be done now. Ask for it again.',
  codeOrButton: 'The code does not belong to an open card.',
  mayConfirm: 'You do not hold a role that may countersign this.',
  oneLiveOffer: 'There is an open card for this already.',
  actionEnabled: 'An owner has switched this action off. Nothing was done.',
  oneApproval: 'This needs two people to countersign.',
  twoApprovals: 'This needs one person to countersign.',
  anotherPerson: 'Somebody other than the person who asked has to countersign this too.',
  involved: 'Only the people who may countersign this can withdraw it.',
  confirmedRecently: 'The countersignature is older than 15 minutes. Ask for it again.',
  preStateUnchanged: 'The object has changed since the proposal. Nothing was done.',
} as const satisfies Readonly<Record<GuardName | 'state', string>>
