import { appInDirectoryRole } from '../../../../../core/posture/checks/applications/app-in-directory-role.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { holding, inDays } from '../../../../build/facts.ts'
import { customRole, roleIds, schedule } from '../../../../build/people.ts'

const reportsReader = '4a5d8f65-41da-4de4-8968-e035b65339cf'
const applicationDeveloper = 'cf1c38e5-3621-4004-a7cb-879624dced7c'

describeCheck(
  appInDirectoryRole,
  {
    roleAssignments: [holding('u'), holding('s', 'servicePrincipal', reportsReader)],
    roleDefinitions: [],
    roleEligibility: [],
    roleAssignmentSchedules: [],
    roleGroupMembers: [],
    pimGroupEligibility: [],
  },
  [
    {
      name: 'fails on a role over the tenant',
      given: { roleAssignments: [holding('s', 'servicePrincipal')] },
      verdict: 'fail',
      objects: ['s/62e90394-69f5-4237-9190-012177145e10//'],
      says: 'Holds Global Administrator',
    },
    {
      name: 'knows a role of Microsoft by its id, whatever template an answer names',
      given: {
        roleAssignments: [holding('s', 'servicePrincipal')],
        roleDefinitions: [{ ...customRole(roleIds.globalAdministrator, []), templateId: 'another', isBuiltIn: true }],
      },
      verdict: 'fail',
    },
    {
      name: 'passes where the role ends within a year',
      given: {
        roleAssignments: [holding('s', 'servicePrincipal')],
        roleAssignmentSchedules: [schedule('s', { endDateTime: inDays(300) })],
      },
      verdict: 'pass',
    },
    {
      name: 'takes an end that nobody lives to see for none',
      given: {
        roleAssignments: [holding('s', 'servicePrincipal')],
        roleAssignmentSchedules: [schedule('s', { endDateTime: inDays(9000) })],
      },
      verdict: 'fail',
    },
    {
      name: 'warns on a lesser privileged role',
      given: { roleAssignments: [holding('s', 'servicePrincipal', applicationDeveloper)] },
      verdict: 'warn',
    },
    {
      name: 'is unknown where the type of the holder is not known',
      given: { roleAssignments: [holding('s', null)] },
      verdict: 'unknown',
      reason: 'shape',
    },
  ],
)
