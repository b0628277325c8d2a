import { defineDerived, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { applicationOwners } from '../facts/application-owners.ts'
import { applications } from '../facts/applications.ts'
import { roleDefinitions } from '../facts/role-definitions.ts'
import { roleGroupOwners } from '../facts/role-group-owners.ts'
import { servicePrincipalOwners } from '../facts/service-principal-owners.ts'
import { nameOr } from '../rows/graph-values.ts'
import type { Owner } from '../rows/owner.ts'
import { principalType } from '../rows/role-holding.ts'
import { takersOf, takes } from '../rules/application-takers.ts'
import type { Taker } from '../rules/application-takers.ts'
import { effectivePermissions } from './effective-permissions.ts'
import { enterpriseApplications } from './enterprise-applications.ts'
import { privilegedPrincipals } from './privileged-principals.ts'

/** One step of a way, in words, and what it rests on. */
export interface Hop {
  readonly sentence: string
  readonly basis: readonly FactKey[]
}

/**
 * An owner can add a credential, sign in as the application, and do what it may: all the way to the tenant, also through an application that
 * owns another. The shortest way for each owner and application, once for each power that the application has. Whoever has a role over
 * applications, or owns a group that has one, can do the same without owning any: one way for each of them and each role, to the first
 * application, and how many others they reach.
 */
export interface TakeOverPath {
  readonly ownerId: string
  readonly ownerName: string
  readonly ownerType: 'user' | 'servicePrincipal'
  /** What the owner owns: of the application with the power, or of the first on the way to it; or a role over it, held or to be had. */
  readonly through: 'application' | 'servicePrincipal' | Taker['through']
  /** Object id and name of the enterprise application that has the power. */
  readonly id: string
  readonly name: string
  readonly power: 'permission' | 'role'
  /** Name of the permission or of the role. */
  readonly value: string
  /** How many applications are owned on the way; 1 where the owner owns the one with the power. */
  readonly steps: number
  /** Further applications with such powers that a role leads to; 0 for owners. */
  readonly others: number
  /** From the owner to the tenant. */
  readonly hops: readonly Hop[]
}

interface Power {
  readonly power: TakeOverPath['power']
  readonly value: string
  readonly groups: number
  readonly basis: readonly FactKey[]
}
type Application = { readonly id: string; readonly appId: string; readonly displayName: string | null }

export const takeOverPaths = defineDerived({
  id: 'takeOverPaths',
  title: 'Ways from the owner of an application to the control of the tenant',
  from: {
    ...{ applications, enterpriseApplications, applicationOwners, servicePrincipalOwners },
    ...{ roleDefinitions, roleGroupOwners, privilegedPrincipals, effectivePermissions },
  },
  derive(from): Derived<TakeOverPath> {
    const powers = new Map<string, Power[]>()
    const give = (id: string, power: Power): void => void powers.set(id.toLowerCase(), [...(powers.get(id.toLowerCase()) ?? []), power])
    for (const { kind, tier, id, value, basis } of from.effectivePermissions)
      if (kind === 'application' && tier === 'control') give(id, { power: 'permission', value, groups: 0, basis: [basis] })
    for (const { id, type, holds } of from.privilegedPrincipals) {
      if (type !== 'servicePrincipal') continue
      for (const { tier, isActive, roleName: value, via, basis } of holds)
        if (tier === 'control' && isActive) give(id, { power: 'role', value, groups: via.length, basis })
    }

    const registrations = new Map(from.applications.map(({ id, appId }) => [appId.toLowerCase(), id]))
    const registrationOwners = new Map(from.applicationOwners.map(({ id, owners }) => [id.toLowerCase(), owners]))
    const principalOwners = new Map(from.servicePrincipalOwners.map(({ id, owners }) => [id.toLowerCase(), owners]))
    const byId = new Map<string, Application>(from.enterpriseApplications.map((row) => [row.id.toLowerCase(), row]))
    const ownersOf = ({ id, appId }: Application): readonly Way[] => {
      const registration = registrations.get(appId.toLowerCase())
      const own = registration === undefined ? [] : waysThrough('application', registration, registrationOwners)
      return [...own, ...waysThrough('servicePrincipal', id, principalOwners)]
    }

    const rows: TakeOverPath[] = []
    for (const target of from.enterpriseApplications) {
      const held = powers.get(target.id.toLowerCase()) ?? []
      if (held.length === 0) continue
      const found = waysTo(target, byId, ownersOf)
      if ('undecided' in found) return found
      const name = nameOf(target)
      for (const { owner, type, through, hops } of found.rows) {
        const who = { ownerId: owner.id, ownerName: nameOr(owner.displayName, owner.id), ownerType: type, through }
        for (const { power, value, groups, basis } of held) {
          const last = lastHop(name, { power, value, groups, basis })
          rows.push({ ...who, id: target.id, name, power, value, steps: hops.length, others: 0, hops: [...hops, last] })
        }
      }
    }
    const takers = takersOf(from.privilegedPrincipals, from.roleDefinitions, from.roleGroupOwners)
    if ('undecided' in takers) return takers
    const powerful = from.enterpriseApplications
      .filter(({ id }) => powers.has(id.toLowerCase()))
      .map((row) => ({ row, id: row.id, registration: registrations.get(row.appId.toLowerCase()) }))
      .sort((left, right) => (left.id < right.id ? -1 : 1))
    for (const taker of takers.rows) {
      const reached = powerful.filter((one) => takes(taker, one) && one.id.toLowerCase() !== taker.id.toLowerCase())
      const [first] = reached
      const [power] = first ? (powers.get(first.id.toLowerCase()) ?? []) : []
      if (first && power) rows.push(pathOf(taker, first.row, power, reached.length - 1))
    }
    return { rows }
  },
})

function pathOf(taker: Taker, target: Application, held: Power, others: number): TakeOverPath {
  const { id: ownerId, name: ownerName, type: ownerType, through, holds, can, basis } = taker
  const name = nameOf(target)
  const hops = [
    { sentence: `${holds}.`, basis },
    { sentence: `Whoever has that ${can} to ${name} and sign in as it.`, basis: [factKey('servicePrincipals', target.id)] },
    lastHop(name, held),
  ]
  return { ownerId, ownerName, ownerType, through, id: target.id, name, power: held.power, value: held.value, steps: 2, others, hops }
}

function lastHop(name: string, { power, value, groups, basis }: Power): Hop {
  const through = groups === 0 ? '' : ', through a group'
  return { sentence: `${name} has the ${power} ${value}${through}, which reaches the control of the tenant.`, basis }
}

interface Way {
  readonly owner: Owner
  readonly through: 'application' | 'servicePrincipal'
  readonly basis: FactKey
}
interface LongWay extends Pick<Way, 'owner' | 'through'> {
  readonly type: TakeOverPath['ownerType']
  readonly hops: readonly Hop[]
}

/** Breadth first, from the application back to its owners, so that the first way found to somebody is a shortest one. */
function waysTo(
  target: Application,
  byId: ReadonlyMap<string, Application>,
  ownersOf: (application: Application) => readonly Way[],
): Derived<LongWay> {
  const found = new Map<string, LongWay>()
  const open: { readonly application: Application; readonly hops: readonly Hop[] }[] = [{ application: target, hops: [] }]
  // The list grows while it is walked; each owner is added to it once at most.
  for (const { application, hops } of open) {
    for (const { owner, through, basis } of ownersOf(application)) {
      const type = principalType(owner['@odata.type'])
      if (type !== 'user' && type !== 'servicePrincipal')
        return { undecided: `The owner ${owner.id} of ${application.id} has the type '${owner['@odata.type']}', which nobody knows.` }
      const id = owner.id.toLowerCase()
      if (found.has(id) || id === target.id.toLowerCase()) continue
      const what = through === 'application' ? 'the app registration of' : 'the enterprise application'
      const sentence = `${nameOr(owner.displayName, owner.id)} owns ${what} ${nameOf(application)} and can sign in as it.`
      const way = { owner, through, type, hops: [{ sentence, basis: [basis] }, ...hops] }
      found.set(id, way)
      const next = type === 'servicePrincipal' ? byId.get(id) : undefined
      if (next) open.push({ application: next, hops: way.hops })
    }
  }
  return { rows: [...found.values()] }
}

function nameOf({ displayName, appId }: Application): string {
  return nameOr(displayName, appId)
}

function waysThrough(through: Way['through'], id: string, owners: ReadonlyMap<string, readonly Owner[]>): readonly Way[] {
  const basis = factKey(through === 'application' ? 'applicationOwners' : 'servicePrincipalOwners', id)
  return (owners.get(id.toLowerCase()) ?? []).map((owner) => ({ owner, through, basis }))
}
