import { roleManagementPolicies } from '../../../../core/posture/facts/role-management-policies.ts'
import { describeFact } from '../../../build/fact-test.ts'

const nothing = {
  isExpirationRequired: null,
  maximumDuration: null,
  enabledRules: null,
  isEnabled: null,
  claimValue: null,
  notificationType: null,
  notificationRecipients: null,
  setting: null,
}

describeFact('role-management-policies', roleManagementPolicies, {
  answer: {
    id: 'a',
    policyId: 'DirectoryRole_x',
    roleDefinitionId: 'd',
    policy: {
      id: 'DirectoryRole_x',
      rules: [
        {
          '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule',
          id: 'Enablement_EndUser_Assignment',
          enabledRules: ['Justification'],
          target: {},
        },
        {
          id: 'Approval_EndUser_Assignment',
          setting: { isApprovalRequired: true, approvalStages: [{ approvalStageTimeOutInDays: 1, primaryApprovers: [{ userId: 'u' }] }] },
        },
        { id: 'Expiration_EndUser_Assignment', isExpirationRequired: true, maximumDuration: 'PT8H' },
      ],
    },
  },
  row: {
    id: 'a',
    roleDefinitionId: 'd',
    policy: {
      rules: [
        { ...nothing, id: 'Enablement_EndUser_Assignment', enabledRules: ['Justification'] },
        {
          ...nothing,
          id: 'Approval_EndUser_Assignment',
          setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [{}] }] },
        },
        { ...nothing, id: 'Expiration_EndUser_Assignment', isExpirationRequired: true, maximumDuration: 'PT8H' },
      ],
    },
  },
  needed: ['id', 'roleDefinitionId', 'policy'],
})
