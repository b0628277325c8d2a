import { defineCheck } from '../../check.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const registration = 'urn:user:registersecurityinfo'
const fromTrustedPlaces: PolicyRule = {
  // Everywhere without exception is no condition: such a policy says nothing of trusted places.
  fits: ({ ways, userActions, conditions: { locations } }) =>
    userActions.includes(registration) &&
    demands(ways, isControl('block')) &&
    locations?.includeLocations.includes('All') === true &&
    locations.excludeLocations.length > 0,
  matter: { action: registration, places: 'untrusted' },
  named: ['userActions', 'locations'],
}

const rule: PolicyRule = {
  fits: ({ ways, userActions }) => userActions.includes(registration) && demands(ways, isControl('compliantDevice', 'domainJoinedDevice')),
  matter: { action: registration },
  named: ['userActions'],
}

export const managedDeviceForSecurityInfo = defineCheck({
  id: 'managed-device-for-security-info',
  code: 'CA-12',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Security info is registered from managed devices',
  failTitle: 'Security info may be registered from any device',
  why: 'Whoever has a fresh password can register a second factor of their own, and keep the account.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} for a managed device to register security info.',
    none: 'No policy that is switched on guards the registration of security info.',
    trustedLocation:
      '{policies, plural, one {The policy {names} blocks} other {The policies {names} each block}} the registration outside trusted places. A managed device would be safer.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and the user action Register security information that requires a compliant or hybrid joined device.',
    'Help people without such a device with a Temporary Access Pass from the helpdesk.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { scuba: ['MS.AAD.3.8v1'], cis: ['5.2.2.10'], maester: ['MT.1011'], zeroTrust: ['21806'], attack: ['T1098.005'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge({ conditionalAccessCoverage }, context) {
    const fallback = { rule: fromTrustedPlaces, verdict: 'warn', reason: 'trustedLocation' } as const
    return judgePolicies(conditionalAccessCoverage, context, rule, fallback)
  },
})
