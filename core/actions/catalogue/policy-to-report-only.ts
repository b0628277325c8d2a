import { z } from 'zod'
import { defineAction } from '../action.ts'
import { conditionalAccessRole, conditionalAccessScopes, planPolicyState, policyActivities } from '../plans/conditional-access.ts'
import { unreadable } from '../plans/planning.ts'

export const policyToReportOnly = defineAction({
  id: 'policy-to-report-only',
  title: 'Let a policy only report',
  proposalTitle: 'Let the policy {name} only report',
  why: 'Where a policy keeps people from their work, report-only lets them in and goes on showing what it would have stopped.',
  input: z.object({ policyId: z.guid() }).strict(),
  impact: 'high',
  starts: 'off',
  licence: 'p1',
  inputs: [{ name: 'policyId', title: 'Conditional Access policy', is: 'policy' }],
  touches: ['policy'],
  writeScopes: conditionalAccessScopes,
  proofScopes: ['Policy.Read.All', 'AuditLog.Read.All'],
  directoryRole: conditionalAccessRole(['basic/update']),
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No Conditional Access policy with the id {id} exists in this tenant.',
    unreadable,
    otherState:
      '{name} is not on but {state, select, disabled {off} enabledForReportingButNotEnforced {report-only already} other {in the state {state}}}.',
    microsofts: '{name} is managed by Microsoft. Decide about it in the Entra admin center, where its notes are.',
    opens: 'From then on this policy stops nobody. What it kept out gets in, unless another policy does the same.',
  },
  preStateFields: ['state', 'modifiedDateTime'],
  auditActivities: policyActivities('Update'),
  ifStolen: 'Switch Conditional Access policies off or change whom they leave out, and so sign in as people whose passwords are known.',
  unconfirmed: null,
  undo: { possible: true, days: 30 },
  reads: ({ policyId }) => [{ path: `/identity/conditionalAccess/policies/${policyId}` }],
  plan: ({ policyId }, [answer]) =>
    planPolicyState(policyId, answer, 'enabledForReportingButNotEnforced', () => [{ reason: 'opens', values: {} }]),
})
