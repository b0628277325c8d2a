import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { demands, isSecondFactor } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const rule: PolicyRule = {
  fits: ({ ways, userActions }) => userActions.includes('urn:user:registerdevice') && demands(ways, isSecondFactor),
  matter: { action: 'urn:user:registerdevice' },
  named: ['userActions'],
}

export const secondFactorToJoinDevices = defineCheck({
  id: 'second-factor-to-join-devices',
  code: 'CA-15',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Joining a device takes a second factor',
  failTitle: 'A device can be joined without a second factor',
  why: 'A stolen password can bring a device of the attacker into the tenant, and the device then vouches for its sign-ins.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} for a second factor to register or join a device.',
    none: 'Neither a policy that is switched on nor the device settings ask for a second factor.',
    deviceSettings: 'The device settings ask everybody for a second factor to register or join a device.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and the user action Register or join devices that requires multifactor authentication.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'In Device settings, leave Require multifactor authentication to register or join devices at No, so that the policy decides.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { zeroTrust: ['21872'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'deviceRegistrationPolicy'],
  judge({ conditionalAccessCoverage, deviceRegistrationPolicy }, context) {
    if (deviceRegistrationPolicy.some(({ multiFactorAuthConfiguration }) => multiFactorAuthConfiguration === 'required'))
      return { verdict: 'pass', reason: 'deviceSettings', values: {}, basis: [factKey('deviceRegistrationPolicy', '')] }
    return judgePolicies(conditionalAccessCoverage, context, rule)
  },
})
