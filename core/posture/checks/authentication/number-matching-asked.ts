import { defineCheck } from '../../check.ts'

export const numberMatchingAsked = defineCheck({
  id: 'number-matching-asked',
  code: 'AM-04',
  area: 'authentication',
  severity: 'low',
  title: 'The Authenticator asks for the number on the screen',
  failTitle: 'The Authenticator asks for the number on the screen: not known',
  why: 'Where one tap is enough, an attacker who has the password sends requests until a tired person taps. A number on a screen that they do not see stops that.',
  reasons: {
    look: 'Microsoft asks everybody for the number since 2023, and Microsoft Graph offers the setting in beta only. Look at Require number matching for push notifications in the settings of Microsoft Authenticator: it must not stand on Disabled.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Open Authentication methods, Policies, Microsoft Authenticator, Configure.',
    'Set Require number matching for push notifications to Enabled or Microsoft managed, for all users.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AdminAuthMethods',
  frameworks: { eidsca: ['EIDSCA.AM03', 'EIDSCA.AM04'], attack: ['T1621'] },

  needs: [],
  judge() {
    return { verdict: 'manual', reason: 'look', values: {} }
  },
})
