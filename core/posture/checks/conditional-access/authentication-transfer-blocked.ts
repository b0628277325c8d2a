import { defineCheck } from '../../check.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const rule: PolicyRule = {
  fits: ({ conditions, ways }) => conditions.flows.includes('authenticationTransfer') && demands(ways, isControl('block')),
  matter: { flows: ['authenticationTransfer'] },
  named: ['authenticationFlows'],
}

export const authenticationTransferBlocked = defineCheck({
  id: 'authentication-transfer-blocked',
  code: 'CA-14',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Authentication transfer is blocked',
  failTitle: 'Authentication transfer is not blocked',
  why: "A code on a screen moves a signed-in session to a phone. The phone may be the attacker's, and its device is not looked at.",
  reasons: {
    ...policyReasons,
    covered: '{policies, plural, one {The policy {names} blocks} other {The policies {names} each block}} it for everybody.',
    none: 'No policy that is switched on blocks it.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'See in the sign-in logs, under authentication protocol, who uses it today.',
    'Create a Conditional Access policy for all users and all resources with the condition Authentication flows: Authentication transfer, and the grant control Block access.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { cis: ['5.2.2.17'], zeroTrust: ['21828'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
