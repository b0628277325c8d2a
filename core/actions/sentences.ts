import type { EchoState } from './echo.ts'
import type { ProposalState } from './gate.ts'

/** Each state in words, with what happens next. */
export const stateSentences = {
  proposed: 'Proposed. Nothing changes until you countersign it in your chat with the Aid.',
  offered: 'Waiting for your countersignature in your chat with the Aid.',
  awaitingSecond: 'Countersigned once. A second person has to countersign too.',
  confirmed: 'Countersigned. It is carried out now.',
  executing: 'Being carried out.',
  executed: 'Carried out. It is being read back.',
  verified: 'Carried out and read back: the change is in the tenant.',
  rejected: 'Withdrawn. Nothing was changed.',
  expired: 'Expired. Nothing was changed.',
  superseded: 'Replaced, because the deployment changed. Nothing was changed in the tenant.',
  stale: 'The object had changed since the proposal. Nothing was changed.',
  failed: 'Not done. Nothing was changed.',
  verifyFailed: 'Graph accepted the request, but reading it back shows something else. Look at the object.',
  partlyDone: 'Some steps were carried out and read back, then it stopped. The rest was not sent.',
  settled: 'It was not certain whether the change was made; a person has looked and settled it.',
  indeterminate: 'It is not certain whether the change was made. Look at the object and decide.',
} as const satisfies Record<ProposalState, string>

/** What became of one step of a plan. */
export const stepStates = ['planned', 'sending', 'done', 'failed', 'notCertain', 'notSent'] as const
export type StepState = (typeof stepStates)[number]
export const stepSentences = {
  planned: 'Not sent yet.',
  sending: 'Sent; the answer and the read-back are awaited.',
  done: 'Carried out and read back.',
  failed: 'Not done: Graph refused it, or reading it back shows something else.',
  notCertain: 'Sent, but it is not certain whether it was done.',
  notSent: 'Not sent: the plan had stopped.',
} as const satisfies Record<StepState, string>

/** Why a proposal ended, by its `endReason`. */
export const endReasons: Readonly<Record<string, string>> = {
  aidNotConnected: 'The Aid is not connected: nothing was sent.',
  aidNeedsSignIn: 'The Aid has to sign in again: nothing was sent.',
  preStateUnreadable: 'Graph did not let the Aid read the object: nothing was sent.',
  refusedByGraph: 'Graph refused the request: nothing was changed.',
  changedSince: 'The object had changed since the proposal.',
  catalogueChanged: 'The actions of this deployment have changed since the proposal.',
  withdrawn: 'Withdrawn by the person who asked.',
  declined: 'Declined by the second person.',
  lifetime: 'Not countersigned within 24 hours.',
  actionSwitchedOff: 'An owner has switched the action off since the proposal.',
  stepRefused: 'Graph refused a step.',
  stepNotSent: 'A step could not be sent, because the Aid has to sign in again.',
  stepUnreadable: 'Graph did not let the Aid read an object of a later step.',
  stepChanged: 'An object of a later step had changed.',
  stepNotShown: 'Reading a step back does not show what was asked for.',
  interrupted: 'The service stopped between two steps, and the countersignature had become old.',
  settledDone: 'The person found the change made.',
  settledNotDone: 'The person found the change not made.',
  notBegun: 'It was countersigned, but could not be begun within 15 minutes. Ask for it again.',
  readBackDiffers: 'Reading it back shows something else than what was asked for.',
  readBackUnclear: 'Reading it back did not settle whether it was done.',
  answerLost: 'Graph’s answer was lost, and reading it back does not show the change.',
}

export const echoSentences = {
  pending: 'The tenant’s audit log does not show it yet. Rows usually arrive within 15 minutes.',
  found: 'Found in the tenant’s own audit log.',
  ambiguous: 'Several rows of the audit log fit. Compare them yourself.',
  notFound: 'No row arrived within 24 hours. One that comes later is not looked for.',
  notReadable: 'The tenant’s audit log cannot be read: it needs a premium licence and a reading role.',
} as const satisfies Record<EchoState, string>
