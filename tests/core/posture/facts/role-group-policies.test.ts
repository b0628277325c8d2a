import { roleGroupPolicies } from '../../../../core/posture/facts/role-group-policies.ts'
import { describeFact } from '../../../build/fact-test.ts'

const rule = {
  id: 'Enablement_EndUser_Assignment',
  isExpirationRequired: null,
  maximumDuration: null,
  enabledRules: ['Justification'],
  isEnabled: null,
  claimValue: null,
  notificationType: null,
  notificationRecipients: null,
  setting: null,
}

describeFact('role-group-policies', roleGroupPolicies, {
  answer: {
    id: 'Group_g_p_member',
    policyId: 'Group_g_p',
    scopeId: 'g',
    scopeType: 'Group',
    parentId: 'g',
    roleDefinitionId: 'member',
    policy: {
      id: 'Group_g_p',
      rules: [
        {
          '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule',
          id: 'Enablement_EndUser_Assignment',
          enabledRules: ['Justification'],
          target: {},
        },
      ],
    },
  },
  row: { id: 'Group_g_p_member', parentId: 'g', roleDefinitionId: 'member', policy: { rules: [rule] } },
  needed: ['id', 'parentId', 'roleDefinitionId', 'policy'],
})
