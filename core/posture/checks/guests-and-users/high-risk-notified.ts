import { defineCheck } from '../../check.ts'

export const highRiskNotified = defineCheck({
  id: 'high-risk-notified',
  code: 'LG-02',
  area: 'guestsAndUsers',
  severity: 'low',
  licence: 'p2',

  title: 'Somebody is told when an account is at high risk',
  failTitle: 'Somebody is told when an account is at high risk: not known',
  why: 'A risk that nobody hears of is not dealt with.',
  reasons: {
    look: 'Who gets these messages is offered by Microsoft Graph in beta only. Look at the list of recipients in Identity Protection.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Open Identity Protection and then Users at risk detected alerts.',
    'Make sure that the level is high or lower and that a named address of your security team is on the list.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/IdentityProtectionMenuBlade/~/UsersAtRiskAlerts',

  frameworks: { scuba: ['MS.AAD.2.2v1'], zeroTrust: ['21798'], attack: ['T1078.004'] },

  needs: [],
  judge() {
    return { verdict: 'manual', reason: 'look', values: {} }
  },
})
