import { defineAction } from '../action.ts'
import { roleAdministrator } from '../plans/directory-role.ts'
import {
  planEnd,
  readSchedules,
  scheduleActions,
  scheduleActivities,
  scheduleInput,
  scheduleInputs,
  scheduleReasons,
} from '../plans/scheduled-role.ts'

const { removed, added } = scheduleActivities('Eligibility')

export const endEligibleRole = defineAction({
  id: 'end-eligible-role',
  title: 'End a role that a person may activate',
  proposalTitle: 'End a directory role that {name} may activate',
  why: 'Whoever never activates a role does not need it, and whoever steals the account might.',
  input: scheduleInput,
  impact: 'high',
  starts: 'off',
  licence: 'p2',
  inputs: scheduleInputs,
  touches: ['role'],
  writeScopes: ['RoleEligibilitySchedule.ReadWrite.Directory'],
  proofScopes: ['RoleManagement.Read.Directory', 'AuditLog.Read.All'],
  directoryRole: {
    ...roleAdministrator,
    actions: scheduleActions,
    because: 'The smallest built-in role that may end an eligibility; it may also make anybody eligible for every role.',
    scope: 'tenant',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: scheduleReasons,
  preStateFields: ['directoryScopeId', 'assignmentType', 'scheduleInfo'],
  auditActivities: [...removed, ...added],
  ifStolen: 'Make anybody eligible for any role, Global Administrator included, and have that person activate it.',
  unconfirmed: 'Whether undo may name a start in the past, and whether a role that is active at that moment ends with the eligibility.',
  undo: { possible: true, days: 30 },
  reads: (input) => readSchedules('Eligibility', input),
  plan: (input, answers, context) => planEnd('Eligibility', input, answers, context),
})
