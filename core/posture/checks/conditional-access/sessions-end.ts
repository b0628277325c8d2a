import { defineCheck } from '../../check.ts'
import { signsInAgainWithin } from '../../rules/session-controls.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const rule: PolicyRule = {
  fits: ({ session }) => signsInAgainWithin(session, Number.POSITIVE_INFINITY),
  // Limited to unmanaged devices is what the rule is for; old clients have no sessions that it could end.
  matter: { devices: 'unmanaged', clients: ['browser', 'mobileAppsAndDesktopClients'] },
}

export const sessionsEnd = defineCheck({
  id: 'sessions-end',
  code: 'CA-17',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'Sessions of everybody end',
  failTitle: 'Sessions of everybody last as long as Microsoft lets them',
  why: 'Without a sign-in frequency a session renews itself for ninety days, also one that somebody stole.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} makes} other {The policies {names} each make}} everybody sign in again from time to time.',
    none: 'No policy that is switched on makes everybody sign in again.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and all resources with the session control Sign-in frequency; for unmanaged devices choose hours.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { cis: ['5.2.2.13'], maester: ['MT.1018'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
