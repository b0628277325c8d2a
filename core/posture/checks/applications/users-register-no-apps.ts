import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const usersRegisterNoApps = defineCheck({
  id: 'users-register-no-apps',
  code: 'APP-36',
  area: 'applications',
  severity: 'high',
  title: 'Users cannot register applications',
  failTitle: 'Users can register applications',
  why: 'An application that anybody registered can ask colleagues for consent under a name that looks official, and keeps its secrets when its maker leaves.',
  reasons: {
    notSaid,
    right: 'Users cannot register applications.',
    wrong: 'Users can register applications.',
  },
  objectReason: aboutTenant,
  remediation: [
    'See who has registered applications in the last months, and ask what for.',
    'Give the role Application Developer to those who need it.',
    'In User settings, set Users can register applications to No.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/UserSettings',
  frameworks: { scuba: ['MS.AAD.5.1v1'], cis: ['5.1.2.2'], eidsca: ['EIDSCA.AP10'], zeroTrust: ['21807'], attack: ['T1098.001'] },

  needs: ['authorizationPolicy'],
  judge: ({ authorizationPolicy }) =>
    judgeSetting('authorizationPolicy', stands(authorizationPolicy[0]?.defaultUserRolePermissions.allowedToCreateApps, false)),
})
