import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { emergencyIds, reaches, waysIn } from '../../rules/emergency-exclusions.ts'
import { namesOf, policiesPortal, policyObject } from '../../rules/conditional-access-coverage.ts'

export const emergencyAccountsLeftOut = defineCheck({
  id: 'emergency-accounts-left-out',
  code: 'CA-27',
  area: 'conditionalAccess',
  severity: 'high',
  title: 'An emergency account is left out of every policy that reaches it',
  failTitle: 'No emergency account is left out of every policy',
  why: 'One wrong policy can lock out everybody at once, administrators first. Whoever is left out of all of them can still get in and mend it; left out of only some, they cannot.',
  reasons: {
    everywhere:
      'Every policy that is switched on and reaches it leaves out {who}, {origin, select, declared {declared in the settings} other {found in the policies: declare it in the settings}}.',
    some: '{who} ({origin, select, declared {declared in the settings} other {found in the policies}}) is left out of some policies, but {count, plural, one {this one reaches} other {these # reach}} it: {names}.',
    nobody: 'No policy leaves anybody out who is there and enabled, so that a mistake in one of them locks out every account.',
    noPolicies: 'No policy about people is switched on.',
  },
  objectReason: 'It reaches {who}.',
  remediation: [
    'Keep two emergency access accounts in a group of their own that can be assigned to roles.',
    'Leave that group out of each policy named here, and out of each new one.',
    'Declare its accounts as emergency access accounts in the settings of Countersign, and have an alert on each of their sign-ins.',
  ],
  portal: policiesPortal,
  frameworks: { maester: ['MT.1005'], cis: ['1.1.2'], zeroTrust: ['21835'], attack: ['T1531'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'policyReferences'],
  judge({ conditionalAccessCoverage, policyReferences }, { settings }) {
    const basis = [factKey('conditionalAccessPolicies', '')]
    const policies = conditionalAccessCoverage.filter(({ mayApply, people }) => mayApply && people !== null)
    if (policies.length === 0) return { verdict: 'notApplicable', reason: 'noPolicies', values: {} }
    const declared = emergencyIds(settings)
    const candidates = waysIn(policies, policyReferences, settings)
      .map((id) => ({ id, origin: declared.has(id) ? 'declared' : 'detected', missed: policies.filter((policy) => reaches(policy, id)) }))
      .sort((left, right) => left.missed.length - right.missed.length || order(left).localeCompare(order(right)))
    const [best] = candidates
    if (!best) return { verdict: 'warn', reason: 'nobody', values: {}, objects: [], basis }
    const who = policyReferences.find(({ id }) => id === best.id)?.name ?? best.id
    const values = { who, origin: best.origin, count: best.missed.length, names: namesOf(best.missed) }
    if (best.missed.length === 0) return { verdict: 'pass', reason: 'everywhere', values, basis }
    const objects = best.missed.map((policy) => ({ ...policyObject({ policy, obstacle: undefined, detail: '' }), values: { who } }))
    return { verdict: 'fail', reason: 'some', values, objects, basis }
  },
})

function order({ id, origin }: { readonly id: string; readonly origin: string }): string {
  return `${origin} ${id}`
}
