import { roleAssignmentSchedules } from '../../../../core/posture/facts/role-assignment-schedules.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'r',
  principalId: 'p',
  roleDefinitionId: 'd',
  directoryScopeId: '/',
  assignmentType: 'Assigned',
  memberType: 'Direct',
  startDateTime: '2026-01-01T00:00:00Z',
  endDateTime: '2026-02-01T00:00:00Z',
}

describeFact('role-assignment-schedules', roleAssignmentSchedules, {
  answer: { ...row, appScopeId: null, roleAssignmentScheduleId: 's' },
  row,
  needed: ['id', 'principalId', 'roleDefinitionId'],
  nullable: ['directoryScopeId', 'assignmentType', 'memberType', 'startDateTime', 'endDateTime'],
})
