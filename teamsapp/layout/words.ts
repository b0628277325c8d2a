import type { Me } from '@countersign/core/api/me.ts'
import type { FindingPage } from '@countersign/core/api/findings.ts'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import type { Receipt } from '@countersign/core/api/proposals.ts'
import type { Standing } from '@countersign/ui/contract.ts'

/** Words for the contract's values, one table a value. */
export const roleWords = { owner: 'Owner', admin: 'Administrator', reviewer: 'Reviewer', viewer: 'Viewer' } as const satisfies Record<
  Me['roles'][number],
  string
>

export const findingStateWords = {
  open: 'Open',
  fixedAwaitingScan: 'Fixed, waiting for the next scan',
  closed: 'Closed',
  returned: 'Back again',
  suppressed: 'Accepted',
} as const satisfies Record<FindingPage['state'], string>

export const objectWords = {
  tenant: 'Tenant',
  user: 'User',
  group: 'Group',
  application: 'Application',
  servicePrincipal: 'Enterprise application',
  policy: 'Policy',
  role: 'Role',
} as const satisfies Record<FindingPage['affected'][number]['type'], string>

export const frameworkWords: Readonly<Record<string, string>> = {
  scuba: 'CISA SCuBA',
  cis: 'CIS M365',
  eidsca: 'EIDSCA',
  attack: 'MITRE ATT&CK',
  maester: 'Maester',
  zeroTrust: 'Zero Trust',
  prowler: 'Prowler',
  iso27001: 'ISO 27001',
  soc2: 'SOC 2',
}

type ProposalState = ProposalView['state']
export const proposalStateWords = {
  proposed: 'Waiting for you in the chat',
  offered: 'Waiting for you in the chat',
  awaitingSecond: 'Waiting for a second person',
  confirmed: 'Countersigned',
  executing: 'Being carried out',
  executed: 'Carried out, being checked',
  verified: 'Verified',
  rejected: 'Withdrawn',
  expired: 'Expired',
  superseded: 'Replaced',
  stale: 'Not carried out: the object has changed',
  failed: 'Not carried out',
  verifyFailed: 'The check afterwards failed',
  partlyDone: 'Stopped after some steps',
  indeterminate: 'Needs a person to look',
  settled: 'Settled by a person',
} as const satisfies Record<ProposalState, string>

/** The mark beside a proposal's state. */
export const proposalMarks = {
  proposed: 'partly',
  offered: 'partly',
  awaitingSecond: 'partly',
  confirmed: 'partly',
  executing: 'partly',
  executed: 'partly',
  verified: 'proven',
  rejected: 'unknown',
  expired: 'unknown',
  superseded: 'unknown',
  stale: 'failing',
  failed: 'failing',
  verifyFailed: 'failing',
  partlyDone: 'partly',
  indeterminate: 'stale',
  settled: 'stated',
} as const satisfies Record<ProposalState, Standing>

/** The state as this person should read it: whose turn it is depends on who asks. */
export function stateWord({ state, requestedBy }: Pick<ProposalView, 'state' | 'requestedBy'>, myId: string | undefined): string {
  const isMine = requestedBy.objectId === myId
  if ((state === 'proposed' || state === 'offered') && !isMine) return `Waiting for ${requestedBy.name}`
  return proposalStateWords[state]
}

/** What became of one step. */
export const stepWords = {
  planned: 'Not sent yet',
  sending: 'Being carried out',
  done: 'Done',
  failed: 'Not done',
  notCertain: 'Not certain',
  notSent: 'Not sent',
} as const satisfies Record<ProposalView['steps'][number]['state'], string>

export const stepMarks = {
  planned: 'unknown',
  sending: 'partly',
  done: 'proven',
  failed: 'failing',
  notCertain: 'stale',
  notSent: 'unknown',
} as const satisfies Record<ProposalView['steps'][number]['state'], Standing>

export const liveProposalStates: ReadonlySet<ProposalState> = new Set([
  'proposed',
  'offered',
  'awaitingSecond',
  'confirmed',
  'executing',
  'executed',
])

type EchoState = Receipt['echo']['state']
export const echoWords = {
  pending: 'Waiting for audit row',
  found: 'In the audit log',
  ambiguous: 'Several audit rows fit',
  notFound: 'No audit row found',
  notReadable: 'Audit log not readable',
} as const satisfies Record<EchoState, string>

/** One mark for a receipt in a list: its own state first, then what the tenant's log said. */
export function receiptMark(state: string, echo: string): { readonly standing: Standing; readonly word: string } {
  if (!isProposalState(state)) return { standing: 'unknown', word: state }
  if (state !== 'verified') return { standing: proposalMarks[state], word: proposalStateWords[state] }
  if (echo === 'found') return { standing: 'proven', word: 'Verified' }
  return { standing: 'partly', word: isEchoState(echo) ? echoWords[echo] : echo }
}

function isProposalState(value: string): value is ProposalState {
  return Object.hasOwn(proposalStateWords, value)
}

function isEchoState(value: string): value is EchoState {
  return Object.hasOwn(echoWords, value)
}

/** "1 object", "3 objects": a count with the right form of its noun. */
export function counted(count: number, one: string, many: string, locale: string | undefined): string {
  return `${new Intl.NumberFormat(locale).format(count)} ${count === 1 ? one : many}`
}
