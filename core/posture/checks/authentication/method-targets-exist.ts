import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'

export const methodTargetsExist = defineCheck({
  id: 'method-targets-exist',
  code: 'AM-10',
  area: 'authentication',
  severity: 'low',
  title: 'The policy of sign-in methods names only groups that exist',
  failTitle:
    'The policy of sign-in methods names {count, plural, one {a group that no longer exists} other {# groups that no longer exist}}',
  why: 'A method that is allowed for a deleted group is allowed for nobody, and one that a deleted group was kept from is open to all of them. Nothing in the portal says so.',
  reasons: {
    none: 'Every group that the policy of sign-in methods names is still there.',
    gone: '{count, plural, one {# reference leads} other {# references lead}} to a group that no longer exists: {methods}.',
  },
  objectReason: 'It is {side, select, included {allowed for} other {kept from}} the group {groupId}, which no longer exists.',
  remediation: [
    'Find out from the audit log which group it was, and who was in it.',
    'Restore the group, or name its successor in the method.',
    'Take the reference out where nobody needs it any more.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AdminAuthMethods',
  frameworks: { maester: ['MT.1067'] },

  needs: ['danglingMethodTargets'],
  judge({ danglingMethodTargets }) {
    const basis = [factKey('authenticationMethodsPolicy', ''), factKey('groups', '')]
    const objects = danglingMethodTargets.map(({ method, groupId, side }) => {
      const values = { side, groupId }
      return {
        type: 'policy',
        id: `authenticationMethodsPolicy/${method}`,
        name: method,
        part: `${side}/${groupId}`,
        values,
        basis: [factKey('authenticationMethodsPolicy', '')],
      } as const
    })
    const values = { count: objects.length, methods: [...new Set(objects.map(({ name }) => name))].join(', ') }
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values, basis }
    return { verdict: 'fail', reason: 'gone', values, objects, basis }
  },
})
