import { describe, expect, it } from '@jest/globals'
import { authorizationPolicy } from '../../../../core/posture/facts/authorization-policy.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('get-authorization-policy')

describe('authorization-policy', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(authorizationPolicy, rows)).toMatchObject([
      {
        allowInvitesFrom: 'everyone',
        guestUserRoleId: null,
        blockMsolPowerShell: null,
        allowUserConsentForRiskyApps: false,
        defaultUserRolePermissions: {
          allowedToCreateApps: true,
          allowedToCreateTenants: null,
          permissionGrantPoliciesAssigned: ['just-user-read'],
        },
      },
    ])
  })

  it.each([
    'id',
    'allowedToSignUpEmailBasedSubscriptions',
    'allowEmailVerifiedUsersToJoinOrganization',
    'allowedToUseSSPR',
    'defaultUserRolePermissions',
    'defaultUserRolePermissions.allowedToCreateApps',
    'defaultUserRolePermissions.allowedToCreateSecurityGroups',
    'defaultUserRolePermissions.allowedToReadOtherUsers',
    'defaultUserRolePermissions.permissionGrantPoliciesAssigned',
  ])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(authorizationPolicy, row)).toContain(path)
  })
})
