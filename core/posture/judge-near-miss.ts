import type { NearMissObject, Verdict } from './check.ts'
import type { FactRow } from './facts.ts'
import type { LoadedFacts } from './judge-facts.ts'
import { namedNearMiss } from './near-miss.ts'
import { nameOr } from './rows/graph-values.ts'

/** Gives names to what near misses leave out, where the facts that other checks need have them; asked for when no more rows come. */
export function namer(loaded: LoadedFacts, needed: ReadonlySet<string>): (verdict: Verdict) => Verdict {
  let known: ReadonlyMap<string, Pick<NearMissObject, 'name' | 'found'>> | undefined
  return (verdict) => {
    if ((verdict.verdict !== 'fail' && verdict.verdict !== 'warn') || !verdict.nearMiss) return verdict
    const names = (known ??= namesIn(loaded, needed))
    return namedNearMiss(verdict, { find: (kind, id) => names.get(`${kind}/${id}`) })
  }
}

function namesIn(loaded: LoadedFacts, needed: ReadonlySet<string>): ReadonlyMap<string, Pick<NearMissObject, 'name' | 'found'>> {
  const names = new Map<string, Pick<NearMissObject, 'name' | 'found'>>()
  const rowsOf = (fact: string): readonly unknown[] => (needed.has(fact) && !loaded.missing(fact) ? (loaded.whole(fact) ?? []) : [])
  // The facts of these ids made the rows.
  for (const { appId, displayName } of rowsOf('servicePrincipals') as readonly FactRow<'servicePrincipals'>[])
    names.set(`application/${appId.toLowerCase()}`, { name: nameOr(displayName, appId), found: { is: 'application' } })
  for (const reference of rowsOf('policyReferences') as readonly FactRow<'policyReferences'>[])
    if (reference.kind !== 'role') names.set(`${reference.kind}/${reference.id}`, { name: reference.name, found: foundOf(reference) })
  return names
}

function foundOf({ kind, isThere, account, members }: FactRow<'policyReferences'>): NonNullable<NearMissObject['found']> {
  if (!isThere) return { is: 'gone' }
  if (kind === 'group') return { is: 'group', people: members?.people.length ?? null, others: members?.others ?? null }
  return { is: account?.isGuest === true ? 'guest' : 'member', userPrincipalName: account?.userPrincipalName ?? '' }
}
