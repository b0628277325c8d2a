import type { AffectedObject, Verdict } from '../check.ts'
import { factKey } from '../fact.ts'
import type { FactRow } from '../facts.ts'

type Domain = FactRow<'domains'>

/** Graph's number of days for "never"; null is the service's default, which is the same. */
const never = 2147483647

/** Whether a domain of the tenant makes passwords expire. A subdomain follows its root, and federated domains rules of their own. */
export function judgePasswordAge(domains: readonly Domain[]): Verdict {
  const verified = domains.filter(({ isVerified }) => isVerified)
  const managed = verified.filter((domain) => domain.authenticationType !== 'Federated' && !hasRoot(domain, domains))
  const federated = verified.filter(({ authenticationType }) => authenticationType === 'Federated').length
  if (managed.length === 0)
    return { verdict: federated > 0 ? 'notApplicable' : 'manual', reason: federated > 0 ? 'federated' : 'notSaid', values: {} }

  const expiring = managed.flatMap(({ id, passwordValidityPeriodInDays: days }) =>
    typeof days === 'number' && days !== never ? [{ id, days }] : [],
  )
  const basis = [factKey('domains', '')]
  if (expiring.length > 0) {
    const objects = expiring.map(({ id, days }): AffectedObject => {
      return { type: 'tenant', id, name: id, values: { days }, basis: [factKey('domains', id.toLowerCase())] }
    })
    const values = { count: expiring.length, federated, names: expiring.map(({ id }) => id).join(', ') }
    return { verdict: 'fail', reason: 'wrong', values, objects, basis }
  }
  if (managed.some(({ passwordValidityPeriodInDays: days }) => days === 'notSaid'))
    return { verdict: 'manual', reason: 'notSaid', values: {} }
  return { verdict: 'pass', reason: 'right', values: { count: 0, federated }, basis }
}

function hasRoot({ id, isRoot }: Domain, domains: readonly Domain[]): boolean {
  return !isRoot && domains.some((root) => root.isRoot && id.toLowerCase().endsWith(`.${root.id.toLowerCase()}`))
}
