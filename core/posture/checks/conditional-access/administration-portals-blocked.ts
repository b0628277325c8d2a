import { defineCheck } from '../../check.ts'
import type { PolicyCoverage } from '../../derived/conditional-access-coverage.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const portals = 'MicrosoftAdminPortals'

const rule: PolicyRule = {
  fits: ({ applications, ways }) => applications.includes(portals) && demands(ways, isControl('block')),
  matter: { applications: [portals] },
}

export const administrationPortalsBlocked = defineCheck({
  id: 'administration-portals-blocked',
  code: 'CA-36',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Only administrators open the administration portals',
  failTitle: 'Everybody may open the administration portals',
  why: 'In the portals anybody reads the names, groups and devices of the whole tenant. Whoever stole one ordinary account starts there to find a better one.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} blocks} other {The policies {names} each block}} the administration portals for whoever is no administrator.',
    none: 'No policy that is switched on blocks the administration portals for whoever is no administrator.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and the resource Microsoft Admin Portals, with the grant control Block access.',
    'Leave out the administrator roles, and the emergency access accounts, which you declare in the settings of Countersign.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { cis: ['5.1.2.4'], attack: ['T1087.004'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage.map(withAdministrators), context, rule),
})

/** Whoever holds a role is an administrator, for whom the portals are made: leaving roles out is the purpose and no gap. */
function withAdministrators(policy: PolicyCoverage): PolicyCoverage {
  const { people } = policy
  return people ? { ...policy, people: { ...people, excluded: { ...people.excluded, roles: [] } } } : policy
}
