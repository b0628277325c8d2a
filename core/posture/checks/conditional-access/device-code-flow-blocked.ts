import { defineCheck } from '../../check.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const rule: PolicyRule = {
  fits: ({ conditions, ways }) => conditions.flows.includes('deviceCodeFlow') && demands(ways, isControl('block')),
  matter: { flows: ['deviceCodeFlow'] },
  named: ['authenticationFlows'],
}

export const deviceCodeFlowBlocked = defineCheck({
  id: 'device-code-flow-blocked',
  code: 'CA-13',
  area: 'conditionalAccess',
  severity: 'high',
  title: 'Device code flow is blocked',
  failTitle: 'Device code flow is not blocked',
  why: 'A code that the victim types on the true Microsoft page signs the attacker in on another machine. Few organisations need the flow.',
  reasons: {
    ...policyReasons,
    covered: '{policies, plural, one {The policy {names} blocks} other {The policies {names} each block}} it for everybody.',
    none: 'No policy that is switched on blocks it.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'See in the sign-in logs, under authentication protocol, who uses it today.',
    'Create a Conditional Access policy for all users and all resources with the condition Authentication flows: Device code flow, and the grant control Block access.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { scuba: ['MS.AAD.3.9v1'], cis: ['5.2.2.12'], maester: ['MT.1052'], zeroTrust: ['21808'], attack: ['T1528'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
