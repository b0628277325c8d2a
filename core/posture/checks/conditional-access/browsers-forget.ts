import { defineCheck } from '../../check.ts'
import { browserForgets } from '../../rules/session-controls.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const rule: PolicyRule = {
  fits: ({ session }) => browserForgets(session),
  // Limited to unmanaged devices is what the rule is for.
  matter: { devices: 'unmanaged', clients: ['browser'] },
}

export const browsersForget = defineCheck({
  id: 'browsers-forget',
  code: 'CA-19',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'Browsers on unmanaged devices forget the sign-in',
  failTitle: 'Browsers remember the sign-in',
  why: 'A browser that stays signed in on a shared computer is open to whoever uses it next.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} keeps} other {The policies {names} each keep}} browsers from remembering the sign-in.',
    none: 'No policy that is switched on keeps browsers from remembering the sign-in.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and all resources with the session control Persistent browser session: never; limit it to unmanaged devices with a device filter if you like.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { maester: ['MT.1017'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
