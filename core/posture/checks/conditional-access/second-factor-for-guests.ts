import { defineCheck } from '../../check.ts'
import { guestKinds } from '../../rows/guest-kinds.ts'
import { demands, isSecondFactor } from '../../rows/policy-requirements.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const rule: PolicyRule = {
  fits: ({ ways }) => demands(ways, isSecondFactor),
  matter: { guests: guestKinds },
  missingPeople: ({ all, included }) => (all ? [] : guestKinds.filter((kind) => !included.guests.includes(kind))),
}

export const secondFactorForGuests = defineCheck({
  id: 'second-factor-for-guests',
  code: 'CA-09',
  area: 'conditionalAccess',
  severity: 'high',
  title: 'Guests sign in with a second factor',
  failTitle: 'Guests may sign in without a second factor',
  why: 'A guest account is only as safe as its home, which nobody here looks after.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} every kind of guest for a second factor.',
    none: 'No policy that is switched on asks guests for a second factor.',
    someUsers: 'The policy {name} does it, but not for these kinds of guests: {conditions}.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all kinds of guests and external users and all resources that requires multifactor authentication.',
    'Where partners do it at home, trust their second factor in the settings for access across tenants.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { maester: ['MT.1016'], zeroTrust: ['21851'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
