import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { detectedIds, emergencyIds } from '../../rules/emergency-exclusions.ts'
import { gapsOf } from '../../rules/exclusion-gaps.ts'
import { policiesPortal } from '../../rules/conditional-access-coverage.ts'

export const exclusionsHaveAFallback = defineCheck({
  id: 'exclusions-have-a-fallback',
  code: 'CA-28',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Whatever one policy leaves out, another one covers',
  failTitle: '{count, plural, one {# exception is} other {# exceptions are}} covered by no other policy',
  why: 'Exceptions are made for a day and stay for years. What is left out of one policy and is in no other signs in with a password alone, and an attacker needs only one such account.',
  reasons: {
    covered: 'Whatever a policy leaves out is covered by another one, or kept for emergencies.',
    gaps: '{count, plural, one {# exception of a policy is} other {# exceptions of policies are}} in no other policy that is switched on: {names}.',
  },
  objectReason:
    'It leaves out {kind, select, user {the user} group {the group} role {the role} guests {the guests} other {the application}} {who}, and no other policy covers {kind, select, guests {them} other {it}}.',
  remediation: [
    'Ask for each exception whether anybody still needs it, and take it out of the policy where nobody does.',
    'Make a second policy for those that stay, with what they can do: a narrow place, a managed device or another factor.',
    'Declare emergency access accounts in the settings of Countersign.',
  ],
  portal: policiesPortal,
  frameworks: { maester: ['MT.1036'], attack: ['T1078.004'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'policyReferences'],
  judge({ conditionalAccessCoverage, policyReferences }, { settings }) {
    const basis = [factKey('conditionalAccessPolicies', '')]
    const names = new Map(policyReferences.map(({ id, name }) => [id, name]))
    const on = conditionalAccessCoverage.filter(({ state }) => state === 'enabled')
    const { applications, guestUserTypes } = settings.exclusions
    const others = [...applications, ...guestUserTypes].map((id) => id.toLowerCase())
    const apart = new Set([...emergencyIds(settings), ...detectedIds(on), ...others])
    const gaps = gapsOf(conditionalAccessCoverage).filter(({ id }) => !apart.has(id))
    const objects = gaps.map(({ policy, kind, id }): AffectedObject => ({
      type: 'policy',
      id: policy.id,
      name: policy.name,
      part: `${kind}/${id}`,
      values: { kind, who: names.get(id) ?? id },
      basis: [factKey('conditionalAccessPolicies', policy.id)],
    }))
    const values = { count: objects.length, names: [...new Set(gaps.map(({ id }) => names.get(id) ?? id))].join(', ') }
    if (objects.length === 0) return { verdict: 'pass', reason: 'covered', values, basis }
    return { verdict: 'fail', reason: 'gaps', values, objects, basis }
  },
})
