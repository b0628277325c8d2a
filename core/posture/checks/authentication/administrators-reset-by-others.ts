import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const administratorsResetByOthers = defineCheck({
  id: 'administrators-reset-by-others',
  code: 'AM-15',
  area: 'authentication',
  severity: 'low',
  title: 'Administrators cannot reset their own password',
  failTitle: 'Administrators can reset their own password',
  why: 'Self-service reset for administrators rests on two methods that they chose. Whoever holds their phone and mailbox holds the tenant.',
  reasons: {
    notSaid,
    right: 'Administrators cannot use self-service password reset.',
    wrong: 'Administrators can use self-service password reset.',
  },
  objectReason: aboutTenant,
  remediation: [
    'Make sure that two other administrators can reset a password.',
    'Set allowedToUseSSPR of the authorization policy to false, with Microsoft Graph or PowerShell.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/PasswordResetMenuBlade/~/AdminPasswordPolicy',
  frameworks: { eidsca: ['EIDSCA.AP01'], zeroTrust: ['21842'] },

  needs: ['authorizationPolicy'],
  judge: ({ authorizationPolicy }) => judgeSetting('authorizationPolicy', stands(authorizationPolicy[0]?.allowedToUseSSPR, false)),
})
