import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { principalObject } from '../../rules/privileged.ts'

export const rolesWithANarrowScope = defineCheck({
  id: 'roles-with-a-narrow-scope',
  code: 'PR-21',
  area: 'privilegedRoles',
  severity: 'info',
  perObject: true,
  title: 'Directory roles apply to the whole tenant',
  failTitle: '{count, plural, one {# principal holds} other {# principals hold}} a directory role for a part of the tenant',
  why: 'A role for one unit or one object is a good thing and easily forgotten, because the usual list of administrators does not show it.',
  reasons: {
    none: 'No directory role is given for a part of the tenant only.',
    scoped:
      '{count, plural, one {# principal holds a directory role} other {# principals hold directory roles}} for an administrative unit or a single object.',
  },
  objectReason: 'Holds {roles} for {scopes, plural, one {a part} other {# parts}} of the tenant, such as {scope}.',
  remediation: ['Look through the list and check that each person still works for that part of the tenant.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ActiveDirectoryMenuBlade/~/AdminUnit',
  frameworks: { attack: ['T1098.003'] },

  needs: ['privilegedPrincipals'],
  judge({ privilegedPrincipals }) {
    const basis = [factKey('roleAssignments', ''), factKey('roleEligibility', '')]
    const objects = privilegedPrincipals.flatMap((principal) => {
      const scoped = principal.holds.filter(({ scope, via }) => scope !== null && scope !== '/' && via.length === 0)
      const scopes = [...new Set(scoped.map(({ scope }) => scope ?? ''))].sort()
      return scoped.length === 0 ? [] : [principalObject(principal, scoped, { scopes: scopes.length, scope: scopes[0] ?? '' })]
    })
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values: {}, basis }
    return { verdict: 'warn', reason: 'scoped', values: { count: objects.length }, objects, basis }
  },
})
