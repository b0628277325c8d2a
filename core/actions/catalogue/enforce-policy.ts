import { z } from 'zod'
import { defineAction } from '../action.ts'
import { conditionalAccessRole, conditionalAccessScopes, planPolicyState, policyActivities, reaches } from '../plans/conditional-access.ts'
import { unreadable } from '../plans/planning.ts'

export const enforcePolicy = defineAction({
  id: 'enforce-policy',
  title: 'Switch a report-only policy on',
  proposalTitle: 'Switch the policy {name} on',
  why: 'A policy that only reports stops nobody. Switched on, it does what its report has been showing.',
  input: z.object({ policyId: z.guid() }).strict(),
  impact: 'high',
  starts: 'off',
  licence: 'p1',
  inputs: [{ name: 'policyId', title: 'Conditional Access policy', is: 'policy' }],
  touches: ['policy', 'signIn'],
  writeScopes: conditionalAccessScopes,
  proofScopes: ['Policy.Read.All', 'AuditLog.Read.All'],
  directoryRole: conditionalAccessRole(['basic/update']),
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No Conditional Access policy with the id {id} exists in this tenant.',
    unreadable,
    otherState:
      '{name} is not report-only but {state, select, enabled {on} disabled {off} other {in the state {state}}}. Only what has reported is switched on here.',
    microsofts: '{name} is managed by Microsoft. Decide about it in the Entra admin center, where its notes are.',
    reachesAid:
      'The policy covers the Aid {reach, select, yes {} other {perhaps, by a group or role}}. If it stops the Aid, nothing can be undone from here.',
    nobodyLeftOut: 'The policy covers everybody and leaves nobody out, not even an emergency access account.',
  },
  preStateFields: ['state', 'modifiedDateTime'],
  auditActivities: policyActivities('Update'),
  ifStolen: 'Switch Conditional Access policies off or change whom they leave out, and so sign in as people whose passwords are known.',
  unconfirmed: null,
  undo: { possible: true, days: 30 },
  reads: ({ policyId }) => [{ path: `/identity/conditionalAccess/policies/${policyId}` }],
  plan: ({ policyId }, [answer], { aidId }) =>
    planPolicyState(policyId, answer, 'enabled', (users) => {
      const reach = reaches(users, aidId)
      const leavesOut = [...users.excludeUsers, ...users.excludeGroups, ...users.excludeRoles].length > 0
      return [
        ...(reach === 'no' ? [] : [{ reason: 'reachesAid', values: { reach } }]),
        ...(users.includeUsers.includes('All') && !leavesOut ? [{ reason: 'nobodyLeftOut', values: {} }] : []),
      ]
    }),
})
