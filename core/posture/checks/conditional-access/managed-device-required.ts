import { defineCheck } from '../../check.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const devices = ['compliantDevice', 'domainJoinedDevice'] as const
const isDevice = isControl(...devices)
const anyCombination: PolicyRule = { fits: ({ ways }) => demands(ways, isDevice) }

const rule: PolicyRule = {
  fits: ({ ways }) => demands(ways, isDevice) && ways.length === devices.length && ways.every((way) => way.length === 1),
}

export const managedDeviceRequired = defineCheck({
  id: 'managed-device-required',
  code: 'CA-11',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Sign-ins come from managed devices',
  failTitle: 'Sign-ins may come from any device',
  why: 'A token that is stolen from a device nobody manages is worth as much as a password.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} for a compliant or a hybrid joined device.',
    none: 'No policy that is switched on asks for a managed device.',
    otherCombination:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} for a managed device, but not for a choice of exactly these two: compliant or hybrid joined.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'See in the sign-in logs which devices people use, and bring them under management.',
    'Create a Conditional Access policy for all users and all resources that requires a compliant device or a Microsoft Entra hybrid joined device: one of the two.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { scuba: ['MS.AAD.3.7v1'], cis: ['5.2.2.9'], maester: ['MT.1001'], attack: ['T1078.004'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge({ conditionalAccessCoverage }, context) {
    const fallback = { rule: anyCombination, verdict: 'warn', reason: 'otherCombination' } as const
    return judgePolicies(conditionalAccessCoverage, context, rule, fallback)
  },
})
