import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const usersCreateNoTenants = defineCheck({
  id: 'users-create-no-tenants',
  code: 'US-04',
  area: 'guestsAndUsers',
  severity: 'medium',
  title: 'Users cannot create tenants',
  failTitle: 'Users can create tenants',
  why: 'Whoever creates a tenant is its Global Administrator. Data and licences wander where nobody here looks.',
  reasons: {
    notSaid,
    right: 'Users cannot create tenants.',
    wrong: 'Users can create tenants.',
  },
  objectReason: aboutTenant,
  remediation: [
    'In User settings, set Restrict non-admin users from creating tenants to Yes.',
    'Give the role Tenant Creator to those who need it.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/UserSettings',
  frameworks: { cis: ['5.1.2.3'], maester: ['MT.1068'], zeroTrust: ['21787'] },

  needs: ['authorizationPolicy'],
  judge: ({ authorizationPolicy }) =>
    judgeSetting('authorizationPolicy', stands(authorizationPolicy[0]?.defaultUserRolePermissions.allowedToCreateTenants, false)),
})
