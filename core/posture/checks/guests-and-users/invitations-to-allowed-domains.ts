import { defineCheck } from '../../check.ts'

export const invitationsToAllowedDomains = defineCheck({
  id: 'invitations-to-allowed-domains',
  code: 'GU-03',
  area: 'guestsAndUsers',
  severity: 'low',

  title: 'Guests are invited from agreed domains only',
  failTitle: 'Guests are invited from agreed domains only: not known',
  why: 'Without a list, anybody with any address can be invited, also from domains that only look like a partner.',
  reasons: {
    look: 'The list of domains is offered by Microsoft Graph in beta only. Look at the collaboration restrictions in the external collaboration settings.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Open the external collaboration settings.',
    'Allow invitations to the domains of your partners only, or deny the ones that you do not want.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/CompanyRelationshipsMenuBlade/~/Settings',

  frameworks: { scuba: ['MS.AAD.8.3v1'], cis: ['5.1.6.1'], zeroTrust: ['21874'], attack: ['T1078.004'] },

  needs: [],
  judge() {
    return { verdict: 'manual', reason: 'look', values: {} }
  },
})
