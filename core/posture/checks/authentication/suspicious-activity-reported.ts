import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const suspiciousActivityReported = defineCheck({
  id: 'suspicious-activity-reported',
  code: 'AM-07',
  area: 'authentication',
  severity: 'medium',
  title: 'People can report a sign-in request that they did not make',
  failTitle: 'Not everybody can report a sign-in request that they did not make',
  why: 'The person who gets an unexpected request knows first that their password is out. A report raises their risk at once, and policies can block the account.',
  reasons: {
    notSaid,
    right: 'Everybody can report a request.',
    wrong: 'Reporting is switched off, or not for everybody.',
  },
  objectReason: aboutTenant,
  remediation: [
    'In the settings of the authentication methods policy, set Report suspicious activity to Enabled for all users.',
    'Have a policy that blocks accounts at high user risk.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AuthMethodsSettings',
  frameworks: { eidsca: ['EIDSCA.AG02', 'EIDSCA.AG03'], zeroTrust: ['21841'] },
  licence: 'p1',

  needs: ['authenticationMethodsPolicy'],
  judge({ authenticationMethodsPolicy }) {
    // Graph v1.0 need not answer this member.
    const report = authenticationMethodsPolicy[0]?.reportSuspiciousActivitySettings
    const isOn = report ? report.state === 'enabled' && report.includeTarget?.id === 'all_users' : null
    return judgeSetting('authenticationMethodsPolicy', isOn)
  },
})
