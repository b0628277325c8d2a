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

const { removed, added } = scheduleActivities('Assignment')

export const endActiveRole = defineAction({
  id: 'end-active-role',
  title: 'End a role that Privileged Identity Management has given',
  proposalTitle: 'End a directory role that {name} holds now',
  why: 'A privileged role belongs to the hours in which it is used.',
  input: scheduleInput,
  impact: 'high',
  starts: 'off',
  licence: 'p2',
  inputs: scheduleInputs,
  touches: ['role'],
  writeScopes: ['RoleAssignmentSchedule.ReadWrite.Directory'],
  proofScopes: ['RoleManagement.Read.Directory', 'AuditLog.Read.All'],
  directoryRole: {
    ...roleAdministrator,
    actions: scheduleActions,
    because: 'The smallest built-in role that may end what Privileged Identity Management has given; it may also give every role.',
    scope: 'tenant',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    ...scheduleReasons,
    activated: '{name} has activated this role, which ends by itself. End the eligibility, so that it cannot be activated again.',
  },
  preStateFields: ['directoryScopeId', 'assignmentType', 'scheduleInfo'],
  auditActivities: [...removed, ...added],
  ifStolen: 'Give any role to anybody at once, Global Administrator included: the whole tenant. Switch it on only while it is needed.',
  unconfirmed:
    'Whether undo may name a start in the past, and within how many minutes of its start Privileged Identity Management refuses to end a role.',
  undo: { possible: true, days: 30 },
  reads: (input) => readSchedules('Assignment', input),
  plan: (input, answers, context) => planEnd('Assignment', input, answers, context),
})
