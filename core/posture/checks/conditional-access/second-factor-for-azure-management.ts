import { defineCheck } from '../../check.ts'
import type { PolicyCoverage } from '../../derived/conditional-access-coverage.ts'
import { demands, isSecondFactor } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import { lower } from '../../rules/conditional-access-reach.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'
import { besideDefaults, defaultsReason } from '../../rules/security-defaults.ts'

/** Windows Azure Service Management API. */
const azureManagement = '797f4846-ba00-4fd7-ba43-dac1f8f63013'

const asks = ({ ways }: PolicyCoverage) => demands(ways, isSecondFactor)

const rule: PolicyRule = {
  fits: (policy) => asks(policy) && (policy.allApplications || lower(policy.applications).includes(azureManagement)),
  enforces: [asks],
  matter: { applications: [azureManagement] },
}

export const secondFactorForAzureManagement = defineCheck({
  id: 'second-factor-for-azure-management',
  code: 'CA-10',
  area: 'conditionalAccess',
  severity: 'high',
  title: 'Managing Azure takes a second factor',
  failTitle: 'Azure can be managed without a second factor',
  why: 'Whoever may manage Azure subscriptions can reach the machines, keys and backups in them.',
  reasons: {
    ...policyReasons,
    ...defaultsReason,
    covered: '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} for a second factor to manage Azure.',
    none: 'No policy that is switched on asks for a second factor to manage Azure.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and the resource Windows Azure Service Management API that requires multifactor authentication.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { maester: ['MT.1008'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'securityDefaultsState'],
  judge: ({ conditionalAccessCoverage, securityDefaultsState }, context) =>
    besideDefaults(judgePolicies(conditionalAccessCoverage, context, rule), securityDefaultsState),
})
