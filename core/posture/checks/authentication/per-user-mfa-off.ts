import { defineCheck } from '../../check.ts'

export const perUserMfaOff = defineCheck({
  id: 'per-user-mfa-off',
  code: 'AM-14',
  area: 'authentication',
  severity: 'low',

  title: 'The old per-user setting for a second factor is off',
  failTitle: 'The old per-user setting for a second factor is off: not known',
  why: 'Where Conditional Access asks for the second factor, the old setting asks a second time, confuses people and hides gaps in the policies.',
  reasons: {
    look: 'The setting of each person is offered by Microsoft Graph in beta only. Look at the page for per-user multifactor authentication.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Open per-user MFA in the list of users.',
    'Set everybody who is enabled or enforced to disabled, once Conditional Access asks for a second factor.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/PerUserMFA',

  frameworks: { cis: ['5.1.2.1'], attack: ['T1078.004'] },

  needs: [],
  judge() {
    return { verdict: 'manual', reason: 'look', values: {} }
  },
})
