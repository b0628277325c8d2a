import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const usersCreateNoSecurityGroups = defineCheck({
  id: 'users-create-no-security-groups',
  code: 'US-05',
  area: 'guestsAndUsers',
  severity: 'low',
  title: 'Users cannot create security groups',
  failTitle: 'Users can create security groups',
  why: 'Groups made by everybody are named, used in permissions and forgotten. Nobody can say any more what membership means.',
  reasons: {
    notSaid,
    right: 'Users cannot create security groups.',
    wrong: 'Users can create security groups.',
  },
  objectReason: aboutTenant,
  remediation: ['In the general settings of groups, set Users can create security groups to No.', 'Name the people who may.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupsManagementMenuBlade/~/General',
  frameworks: { cis: ['5.1.3.1'], maester: ['MT.1069'] },

  needs: ['authorizationPolicy'],
  judge: ({ authorizationPolicy }) =>
    judgeSetting('authorizationPolicy', stands(authorizationPolicy[0]?.defaultUserRolePermissions.allowedToCreateSecurityGroups, false)),
})
