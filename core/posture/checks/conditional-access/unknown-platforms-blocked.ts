import { defineCheck } from '../../check.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import { knownPlatforms } from '../../rules/conditional-access-reach.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const rule: PolicyRule = {
  fits: ({ conditions: { platforms }, ways }) =>
    demands(ways, isControl('block')) &&
    platforms?.includePlatforms.includes('all') === true &&
    platforms.excludePlatforms.length > 0 &&
    platforms.excludePlatforms.every((platform) => knownPlatforms.has(platform)),
  matter: { platforms: 'unknown' },
  named: ['platforms'],
}

export const unknownPlatformsBlocked = defineCheck({
  id: 'unknown-platforms-blocked',
  code: 'CA-20',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'Devices of unknown platforms are blocked',
  failTitle: 'Devices of unknown platforms are let in',
  why: 'Policies for known platforms do not see a device that claims to be something else.',
  reasons: {
    ...policyReasons,
    covered: '{policies, plural, one {The policy {names} blocks} other {The policies {names} each block}} devices of unknown platforms.',
    none: 'No policy that is switched on blocks devices of unknown platforms.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and all resources, with the condition Device platforms: any device, except the platforms that you use, and the grant control Block access.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { maester: ['MT.1015'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
