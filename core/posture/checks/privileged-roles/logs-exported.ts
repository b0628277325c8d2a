import { defineCheck } from '../../check.ts'

export const logsExported = defineCheck({
  id: 'logs-exported',
  code: 'LG-01',
  area: 'privilegedRoles',
  severity: 'medium',

  title: 'Sign-in and audit logs are kept outside the tenant',
  failTitle: 'Sign-in and audit logs are kept outside the tenant: not known',
  why: 'Entra keeps its logs for 30 days at most. Most break-ins are noticed later than that.',
  reasons: {
    look: 'Where the logs go is a setting of Azure, which Microsoft Graph does not show. Look for a diagnostic setting that sends audit and sign-in logs to storage of your own.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Open the diagnostic settings of Microsoft Entra ID.',
    'Make sure that audit, sign-in, provisioning and risk logs go to a workspace or an archive that is kept for a year or longer.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/DiagnosticSettingsMenuBlade/~/General',

  frameworks: { scuba: ['MS.AAD.4.1v1'], zeroTrust: ['21860'], attack: ['T1562.008'] },

  needs: [],
  judge() {
    return { verdict: 'manual', reason: 'look', values: {} }
  },
})
