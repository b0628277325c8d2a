import { defineCheck } from '../../check.ts'

export const authenticatorLiteOff = defineCheck({
  id: 'authenticator-lite-off',
  code: 'AM-09',
  area: 'authentication',
  severity: 'low',
  title: 'Other apps do not stand in for the Authenticator',
  failTitle: 'Other apps do not stand in for the Authenticator: not known',
  why: 'Authenticator Lite answers requests inside Outlook, where less is shown about who asks and from where. People approve there what they would refuse in the Authenticator.',
  reasons: {
    look: 'Microsoft Graph offers the setting in beta only. Look at Microsoft Authenticator on companion applications in the settings of Microsoft Authenticator: its state must be Disabled.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Open Authentication methods, Policies, Microsoft Authenticator, Configure.',
    'Set Microsoft Authenticator on companion applications to Disabled.',
    'Tell the people who used it to install the Authenticator.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AdminAuthMethods',
  frameworks: { cis: ['5.2.3.10'], attack: ['T1621'] },

  needs: [],
  judge() {
    return { verdict: 'manual', reason: 'look', values: {} }
  },
})
