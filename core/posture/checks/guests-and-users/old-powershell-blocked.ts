import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const oldPowershellBlocked = defineCheck({
  id: 'old-powershell-blocked',
  code: 'US-09',
  area: 'guestsAndUsers',
  severity: 'low',
  title: 'The retired MSOnline PowerShell is blocked',
  failTitle: 'The retired MSOnline PowerShell is not blocked',
  why: 'The old module reads the directory with rights that no policy of today limits. Attackers bring it along.',
  reasons: {
    notSaid,
    right: 'The old module is blocked.',
    wrong: 'The old module is not blocked.',
  },
  objectReason: aboutTenant,
  remediation: [
    'See in the sign-in logs who still uses Azure Active Directory PowerShell, and move the scripts to Microsoft Graph.',
    'Set blockMsolPowerShell of the authorization policy to true.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/UserSettings',
  frameworks: { maester: ['MT.1185'], zeroTrust: ['21843'] },

  needs: ['authorizationPolicy'],
  judge: ({ authorizationPolicy }) => judgeSetting('authorizationPolicy', stands(authorizationPolicy[0]?.blockMsolPowerShell, true)),
})
