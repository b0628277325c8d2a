import { defineCheck } from '../../check.ts'

export const strongestMethodPreferred = defineCheck({
  id: 'strongest-method-preferred',
  code: 'AM-08',
  area: 'authentication',
  severity: 'low',
  title: 'People are asked for their strongest method first',
  failTitle: 'People are asked for their strongest method first: not known',
  why: 'Somebody with a passkey and a telephone number can be led to the weaker of the two on a false page. With the system-preferred method the strongest one is asked for first.',
  reasons: {
    look: 'Microsoft Graph offers the setting in beta only. Look at System-preferred multifactor authentication in the settings of authentication methods: its state must be Enabled or Microsoft managed, for all users.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Open Authentication methods and then Settings.',
    'Set System-preferred multifactor authentication to Enabled or Microsoft managed, and include all users.',
    'Remove groups that are left out without a reason.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AuthMethodsSettings',
  frameworks: { cis: ['5.2.3.6'], attack: ['T1621'] },

  needs: [],
  judge() {
    return { verdict: 'manual', reason: 'look', values: {} }
  },
})
