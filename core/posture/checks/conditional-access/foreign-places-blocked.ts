import { defineCheck } from '../../check.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const rule: PolicyRule = {
  fits: ({ conditions: { locations }, ways }) =>
    demands(ways, isControl('block')) && locations?.includeLocations.includes('All') === true && locations.excludeLocations.length > 0,
  // What lies in a named place is somebody's choice; what lies in none is foreign.
  matter: { places: 'unnamed' },
  named: ['locations'],
}

export const foreignPlacesBlocked = defineCheck({
  id: 'foreign-places-blocked',
  code: 'CA-22',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'Sign-ins from foreign places are blocked',
  failTitle: 'Sign-ins are let in from everywhere',
  why: 'Most guesses at passwords come from places where none of your people are.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} blocks} other {The policies {names} each block}} sign-ins from everywhere but the places you named.',
    none: 'No policy that is switched on blocks every place but named ones.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a named location with the countries where your people are.',
    'Create a Conditional Access policy for all users and all resources, with the condition Locations: any, except that one and the trusted ones, and the grant control Block access.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { cis: ['5.2.2.15'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
