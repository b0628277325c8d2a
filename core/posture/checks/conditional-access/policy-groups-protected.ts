import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { policiesPortal } from '../../rules/conditional-access-coverage.ts'

export const policyGroupsProtected = defineCheck({
  id: 'policy-groups-protected',
  code: 'CA-30',
  area: 'conditionalAccess',
  severity: 'medium',
  perObject: true,
  title: 'Only privileged administrators change the groups that policies rest on',
  failTitle: '{count, plural, one {# group} other {# groups}} that policies rest on can be changed by many',
  why: 'Whoever may change a group that a policy leaves out can walk past the policy, and whoever may empty a group that it covers can switch it off for those people. Owners and helpdesk roles may do both.',
  reasons: {
    noGroups: 'No policy that is switched on names a group.',
    protected: 'Each group that a policy names can be assigned to roles or is in a restricted management unit.',
    open: '{count, plural, one {# group is} other {# groups are}} neither assignable to roles nor in a restricted management unit: {names}.',
  },
  objectReason:
    '{side, select, excluded {Left out of} other {Covered by}} {policies}; whoever manages groups, and each owner, may change who is in it.',
  remediation: [
    'Put the group into a restricted management administrative unit: its members stay, and only administrators of the unit change them.',
    'For a small group, make a new one that can be assigned to roles, and put it into the policies in place of the old one.',
    'Remove owners who are not administrators.',
  ],
  portal: policiesPortal,
  frameworks: { maester: ['MT.1035'], zeroTrust: ['21832'], attack: ['T1098.003'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'policyReferences'],
  judge({ conditionalAccessCoverage, policyReferences }) {
    const policies = conditionalAccessCoverage.filter(({ mayApply }) => mayApply)
    const named = policyReferences.flatMap((reference) => {
      const lists = (side: 'included' | 'excluded') =>
        policies.filter(({ people }) => people?.[side].groups.some((id) => id.toLowerCase() === reference.id))
      const [excluded, included] = [lists('excluded'), lists('included')]
      const isNamed = reference.kind === 'group' && excluded.length + included.length > 0
      return isNamed ? [{ reference, excluded, used: [...new Set([...excluded, ...included])] }] : []
    })
    const basis = [factKey('conditionalAccessPolicies', ''), factKey('groups', '')]
    const open = named.filter(({ reference }) => reference.isThere && !reference.isProtected)
    const objects = open.map(({ reference, excluded, used }): AffectedObject => {
      const values = { side: excluded.length > 0 ? 'excluded' : 'included', policies: used.map(({ name }) => name).join(', ') }
      return {
        type: 'group',
        id: reference.id,
        name: reference.name,
        values,
        basis: used.map(({ id }) => factKey('conditionalAccessPolicies', id)),
      }
    })
    const values = { count: objects.length, names: objects.map(({ name }) => name).join(', ') }
    if (objects.length > 0) return { verdict: 'fail', reason: 'open', values, objects, basis }
    return { verdict: 'pass', reason: named.length === 0 ? 'noGroups' : 'protected', values, basis }
  },
})
