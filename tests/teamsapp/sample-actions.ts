import { actionArea } from '@countersign/core/actions/action-area.ts'
import { actions } from '@countersign/core/actions/catalogue.ts'
import { getReadings, listActions, type ReadingsView } from '@countersign/core/api/actions.ts'
import { getReceipt, getProposal, type ProposalView, type Receipt } from '@countersign/core/api/proposals.ts'
import { me, proposal } from './sample-records.ts'
import { receipt } from './sample-receipts.ts'

/** Made-up switches over the real catalogue, and proposals in every state that waits for somebody. */
export const switchedOn = new Set(['enforce-policy', 'disable-stale-guests'])
export const missing = new Set(['Policy.ReadWrite.ConditionalAccess'])

export const actionList = listActions.answer.parse({
  version: 'sample',
  maySwitch: true,
  actions: actions.map((action) => ({
    ...action,
    area: actionArea(action),
    approvals: action.impact === 'high' ? 2 : 1,
    enabled: action.starts === 'on' || switchedOn.has(action.id),
    switched: switchedOn.has(action.id) ? { by: 'Maja Lindqvist', at: '2026-11-18T09:12:00.000Z' } : null,
    missingScopes: [...action.writeScopes, ...action.proofScopes].filter((scope) => missing.has(scope)),
    directoryRole: { ...action.directoryRole, held: action.directoryRole.name !== 'Conditional Access Administrator' },
    undo: action.undo.possible
      ? { possible: true, days: action.undo.days, because: null }
      : { possible: false, days: null, because: action.undo.because },
    mends: action.id === 'remove-app-secret' ? ['APP-01', 'APP-02'] : [],
  })),
})

const others = { jonas: { objectId: '77777777-7777-4777-8777-777777777777', name: 'Jonas Berg' } } as const
const guestNames = ['Ana Sousa', 'Piotr Zieliński', 'Wilhelmina van der Meer-Oosterhuis', 'Tomás Ruiz'] as const
const guests = guestNames.map((name, index) => ({
  id: `b2d41f77-3a2b-4c1d-9e8f-7a6b5c4d77e${index}`,
  name,
  qualifier: `guest${index + 1}@partner.example`,
}))

/** High impact: Jonas asked and countersigned, Maja may be the second. */
const forMeAsSecond = getProposal.answer.parse({
  ...proposal,
  id: 'd1a1b6de-3f0e-4b65-9a06-6de9f0a4c701',
  state: 'awaitingSecond',
  sentence: 'Countersigned once. A second person has to countersign too.',
  actionId: 'enforce-policy',
  preview: {
    ...proposal.preview,
    title: 'Switch the policy Require phishing-resistant sign-in for administrators on',
    subject: {
      type: 'policy',
      id: '6b1f7a10-0c5d-4f2e-8a3b-9d8c7b6a5f40',
      name: 'Require phishing-resistant sign-in for administrators',
      qualifier: 'report-only since 2 October',
    },
    changes: [{ field: 'Policy', before: 'report-only', after: 'on' }],
    requests: ['PATCH /v1.0/identity/conditionalAccess/policies/6b1f7a10-0c5d-4f2e-8a3b-9d8c7b6a5f40 {"state":"enabled"}'],
    warnings: [],
    blast: [
      'breakglass@fabrikamnordic.example could not sign in any more: it has no phishing-resistant method and the policy does not leave it out (scan of 22 November).',
      '14 people come under it who have used no such method in the last 30 days (scan of 22 November).',
    ],
    locksOut: ['breakglass@fabrikamnordic.example'],
    approvals: 2,
    impact: 'high',
    undo: 'Can be undone for 30 days.',
    expiresAt: '2026-11-22T11:15:00.000Z',
  },
  requestedBy: others.jonas,
  createdAt: '2026-11-21T11:15:00.000Z',
  countersignedBy: [{ ...others.jonas, at: '2026-11-21T11:20:00.000Z' }],
  findingKeys: [],
})

const stepStates = ['done', 'done', 'failed', 'notSent'] as const
const stepSentences = {
  done: 'Carried out and read back.',
  failed: 'Not done: Graph refused it, or reading it back shows something else.',
  notSent: 'Not sent: the plan had stopped.',
} as const
/** A plan that stopped at its third guest. */
export const stopped: ProposalView = getProposal.answer.parse({
  ...proposal,
  id: 'd1a1b6de-3f0e-4b65-9a06-6de9f0a4c702',
  state: 'partlyDone',
  sentence: 'An object of a later step had changed.',
  actionId: 'disable-stale-guests',
  preview: {
    ...proposal.preview,
    title: 'Block guests who no longer come, Ana Sousa among them',
    subject: { type: 'user', ...guests[0] },
    objects: guests,
    changes: guests.map(({ name }) => ({ field: 'Sign-in', before: `allowed: ${name}`, after: 'blocked' })),
    requests: guests.map(({ id }) => `PATCH /v1.0/users/${id} {"accountEnabled":false}`),
    warnings: [],
    blast: [],
    approvals: 2,
    impact: 'high',
  },
  createdAt: '2026-11-20T09:00:00.000Z',
  receiptNumber: 40,
  countersignedBy: [
    { objectId: me.objectId, name: me.displayName, at: '2026-11-20T09:05:00.000Z' },
    { ...others.jonas, at: '2026-11-20T09:40:00.000Z' },
  ],
  steps: guests.map(({ id, name, qualifier }, index) => {
    const state = stepStates[index] ?? 'notSent'
    return { about: `${name} (${qualifier})`, request: `PATCH /v1.0/users/${id}`, state, sentence: stepSentences[state] }
  }),
  mayResume: true,
  findingKeys: [],
})

/** The receipt of the plan that stopped, with two people in its chain. */
export const stoppedReceipt: Receipt = getReceipt.answer.parse({
  ...receipt,
  proposalId: stopped.id,
  receiptNumber: 40,
  title: stopped.preview.title,
  state: 'partlyDone',
  sentence: stopped.sentence,
  links: receipt.links.flatMap((link) =>
    link.step === 'countersigned'
      ? [link, { ...link, who: 'Jonas Berg', as: 'Owner, in the chat', at: '2026-11-20T14:06:41.000Z', hash: 'd07be5b2' }]
      : [link],
  ),
  preview: stopped.preview,
  steps: stopped.steps.map((step, index) => ({
    ...step,
    echo:
      step.state === 'done'
        ? {
            state: index === 0 ? 'found' : 'pending',
            sentence: 'The tenant’s audit log does not show it yet.',
            rowId: index === 0 ? 'Directory_11aa' : null,
          }
        : null,
  })),
})

export const unclear: ProposalView = getProposal.answer.parse({
  ...proposal,
  id: 'd1a1b6de-3f0e-4b65-9a06-6de9f0a4c703',
  state: 'indeterminate',
  sentence: 'It is not certain whether the change was made. Look at the object and decide.',
  actionId: 'remove-app-secret',
  preview: {
    ...proposal.preview,
    title: 'Remove an expired secret from Invoice Archive',
    changes: [{ field: 'Secret', before: 'ended 3 November', after: 'removed' }],
    warnings: [],
    blast: [],
  },
  requestedBy: others.jonas,
  createdAt: '2026-11-21T16:40:00.000Z',
  receiptNumber: 43,
  countersignedBy: [{ ...others.jonas, at: '2026-11-21T16:44:00.000Z' }],
  steps: [{ ...proposal.steps[0], state: 'notCertain', sentence: 'Sent, but it is not certain whether it was done.' }],
  findingKeys: [],
})

const underWay = getProposal.answer.parse({
  ...proposal,
  id: 'd1a1b6de-3f0e-4b65-9a06-6de9f0a4c704',
  state: 'executing',
  actionId: 'revoke-sessions',
  preview: { ...proposal.preview, title: 'End all sessions of Ida Holm', changes: [], warnings: [], blast: [] },
  countersignedBy: [{ objectId: me.objectId, name: me.displayName, at: '2026-11-22T08:28:00.000Z' }],
})

function ended(index: number, state: ProposalView['state'], title: string, receiptNumber: number | null): ProposalView {
  const sent = receiptNumber !== null
  return getProposal.answer.parse({
    ...proposal,
    id: `e1a1b6de-3f0e-4b65-9a06-6de9f0a4c7${String(index).padStart(2, '0')}`,
    state,
    sentence: 'Ended.',
    createdAt: new Date(Date.parse('2026-11-19T10:00:00.000Z') - index * 7_200_000).toISOString(),
    preview: { ...proposal.preview, title, warnings: [], blast: [] },
    requestedBy: index % 2 === 0 ? others.jonas : proposal.requestedBy,
    countersignedBy: sent ? [{ ...others.jonas, at: '2026-11-19T10:10:00.000Z' }] : [],
    receiptNumber,
  })
}

export const proposalList: readonly ProposalView[] = [
  proposal,
  underWay,
  unclear,
  forMeAsSecond,
  stopped,
  ended(1, 'verified', 'Remove an expired secret from Survey Bot', 38),
  ended(2, 'expired', 'Block Tomás Ruiz from signing in', null),
  ended(3, 'rejected', 'Take a directory role away from Ida Holm', null),
  ended(4, 'stale', 'Remove a certificate from Payroll Sync', null),
  ended(5, 'settled', 'End all sessions of Jonas Berg', 37),
]

/** As many as a busy tenant has. */
export function manyProposals(count: number): ProposalView[] {
  return Array.from({ length: count }, (_, index) => ({
    ...ended(index % 90, 'verified', `Remove an expired secret from Application ${index + 1}`, index + 1),
    id: `f1a1b6de-3f0e-4b65-9a06-${String(index).padStart(12, '0')}`,
  }))
}

export const readings: ReadingsView = getReadings.answer.parse({
  proposalId: unclear.id,
  state: 'indeterminate',
  steps: [
    {
      about: 'Invoice Archive (app ID 0c9d8e7f-6a5b-4c3d-8e1f-0a9b8c7d6e5f)',
      request: 'POST /v1.0/applications/7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af/removePassword',
      outcome: 'The answer was lost',
      then: {
        at: '2026-11-21T16:44:20.000Z',
        path: '/applications/7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af?$select=id,passwordCredentials',
        answer: null,
        met: 'unclear',
      },
      now: {
        at: '2026-11-22T08:30:00.000Z',
        path: '/applications/7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af?$select=id,passwordCredentials',
        answer: JSON.stringify({ id: '7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af', passwordCredentials: [] }),
        met: 'met',
      },
    },
  ],
})
