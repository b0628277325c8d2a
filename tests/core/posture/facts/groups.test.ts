import { groups } from '../../../../core/posture/facts/groups.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'g',
  displayName: 'Name',
  groupTypes: ['DynamicMembership'],
  isAssignableToRole: true,
  isManagementRestricted: false,
  membershipRule: '(user.userType -eq "Guest")',
  membershipRuleProcessingState: 'On',
  visibility: 'Private',
}

describeFact('groups', groups, {
  answer: { ...row, mail: null },
  row,
  needed: ['id', 'groupTypes'],
  nullable: ['isAssignableToRole', 'membershipRule', 'membershipRuleProcessingState', 'visibility'],
  optional: ['displayName', 'isManagementRestricted'],
})
