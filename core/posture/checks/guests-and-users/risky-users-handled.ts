import { defineCheck } from '../../check.ts'
import { personObject } from '../../rules/people.ts'
import { isDecided, isLowRisk } from '../../rules/risk.ts'

export const riskyUsersHandled = defineCheck({
  id: 'risky-users-handled',
  code: 'US-13',
  area: 'guestsAndUsers',
  severity: 'high',
  licence: 'p2',

  title: 'Accounts at high risk are looked into',
  failTitle: '{count, plural, one {# account at risk waits} other {# accounts at risk wait}} for somebody to look into it',
  why: 'Microsoft saw signs that somebody else uses these accounts. Until somebody acts, the intruder can go on.',
  reasons: {
    handled: 'No account is at risk without anybody having decided about it.',
    open: '{failing, plural, =0 {No account is at high risk} one {# account is at high risk} other {# accounts are at high risk}}{warning, plural, =0 {} one {, and # at a lower one} other {, and # at a lower one}}, and nobody has decided about {count, plural, one {it} other {them}}.',
  },
  objectReason: 'At risk (level {level}, state {state}) ({userPrincipalName}).',
  remediation: [
    'Look at the detections and the sign-ins of the account.',
    'Revoke its sessions and let the owner choose a new password.',
    'Confirm or dismiss the risk, so that it is decided.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/IdentityProtectionMenuBlade/~/RiskyUsers',

  frameworks: { zeroTrust: ['21861'], attack: ['T1078.004'] },

  each: ['riskyUsers'],
  needs: [],
  judge({ row }) {
    if (row.isDeleted === true || isDecided(row.riskState)) return []
    const object = personObject('riskyUsers', { ...row, displayName: row.userDisplayName }, { level: row.riskLevel, state: row.riskState })
    return [{ verdict: isLowRisk(row.riskLevel) ? 'warn' : 'fail', object }]
  },
  summary: { pass: 'handled', fail: 'open', warn: 'open' },
})
