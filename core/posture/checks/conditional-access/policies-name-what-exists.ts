import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { danglingIn } from '../../rules/dangling-references.ts'
import { policiesPortal } from '../../rules/conditional-access-coverage.ts'

export const policiesNameWhatExists = defineCheck({
  id: 'policies-name-what-exists',
  code: 'CA-29',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'Policies name only what still exists',
  failTitle:
    '{count, plural, one {A policy names} other {Policies name}} {count, plural, one {something} other {# things}} that no longer exist',
  why: 'A policy whose group was deleted protects nobody and still looks right in the list. What it was made for stands open, and nobody is told.',
  reasons: {
    none: 'All users, groups, roles, places and enterprise applications that policies name by id are still there.',
    gone: '{count, plural, one {# reference leads} other {# references lead}} to nothing, in: {names}.',
  },
  objectReason:
    'It names the {kind, select, user {user} group {group} role {role} location {place} other {enterprise application}} {reference}, which is no longer there.',
  remediation: [
    'Find out from the audit log what was deleted, and whether something took its place.',
    'Restore it, or put its successor into the policy.',
    'Delete the policy where nothing is left of its purpose.',
  ],
  portal: policiesPortal,
  frameworks: { maester: ['MT.1038', 'MT.1066'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'policyReferences', 'namedLocations', 'servicePrincipals'],
  judge({ conditionalAccessCoverage, policyReferences, namedLocations, servicePrincipals }) {
    const basis = ['conditionalAccessPolicies', 'namedLocations', 'servicePrincipals'].map((fact) => factKey(fact, ''))
    const objects = conditionalAccessCoverage.flatMap((policy) =>
      danglingIn(policy, { references: policyReferences, namedLocations, servicePrincipals }).map(({ kind, id }): AffectedObject => ({
        type: 'policy',
        id: policy.id,
        name: policy.name,
        part: `${kind}/${id}`,
        values: { kind, reference: id },
        basis: [factKey('conditionalAccessPolicies', policy.id)],
      })),
    )
    const values = { count: objects.length, names: [...new Set(objects.map(({ name }) => name))].join(', ') }
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values, basis }
    return { verdict: 'fail', reason: 'gone', values, objects, basis }
  },
})
