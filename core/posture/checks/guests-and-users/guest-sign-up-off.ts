import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const guestSignUpOff = defineCheck({
  id: 'guest-sign-up-off',
  code: 'GU-10',
  area: 'guestsAndUsers',
  severity: 'medium',
  title: 'Guests cannot sign themselves up',
  failTitle: 'Guests can sign themselves up',
  why: 'With self-service sign-up, strangers make their own guest account, and nobody here invited them.',
  reasons: {
    notSaid,
    right: 'Self-service sign-up is switched off.',
    wrong: 'Self-service sign-up is switched on.',
  },
  objectReason: aboutTenant,
  remediation: [
    'See which applications use a user flow for guests.',
    'In External collaboration settings, set Enable guest self-service sign up via user flows to No.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/CompanyRelationshipsMenuBlade/~/Settings',
  frameworks: { zeroTrust: ['21823'] },

  needs: ['authenticationFlowsPolicy'],
  judge: ({ authenticationFlowsPolicy }) =>
    judgeSetting('authenticationFlowsPolicy', stands(authenticationFlowsPolicy[0]?.selfServiceSignUp.isEnabled, false)),
})
