import { builtInRoles } from '../../data/directory-roles.ts'
import { defineDerived, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { applicationOwners } from '../facts/application-owners.ts'
import { applications } from '../facts/applications.ts'
import { roleAssignments } from '../facts/role-assignments.ts'
import { servicePrincipalOwners } from '../facts/service-principal-owners.ts'
import { nameOr } from '../rows/graph-values.ts'
import type { Owner } from '../rows/owner.ts'
import { principalType } from '../rows/role-holding.ts'
import { effectivePermissions } from './effective-permissions.ts'
import { enterpriseApplications } from './enterprise-applications.ts'

/** An owner can add a credential, sign in as the application, and do what it may: all the way to the tenant. */
export interface TakeOverPath {
  readonly ownerId: string
  readonly ownerName: string
  readonly ownerType: 'user' | 'servicePrincipal'
  /** What is owned. */
  readonly through: 'application' | 'servicePrincipal'
  /** Object id and name of the enterprise application that has the power. */
  readonly id: string
  readonly name: string
  readonly power: 'permission' | 'role'
  /** Name of the permission or of the role. */
  readonly value: string
  readonly basis: readonly FactKey[]
}

interface Power {
  readonly power: TakeOverPath['power']
  readonly value: string
  readonly basis: FactKey
}

export const takeOverPaths = defineDerived({
  id: 'takeOverPaths',
  title: 'Ways from the owner of an application to the control of the tenant',
  from: { applications, enterpriseApplications, applicationOwners, servicePrincipalOwners, roleAssignments, effectivePermissions },
  derive(from): Derived<TakeOverPath> {
    const powers = new Map<string, Power[]>()
    const give = (id: string, power: Power) => void powers.set(id.toLowerCase(), [...(powers.get(id.toLowerCase()) ?? []), power])
    for (const { kind, tier, id, value, basis } of from.effectivePermissions)
      if (kind === 'application' && tier === 'control') give(id, { power: 'permission', value, basis })
    for (const { principalId, roleDefinitionId, id } of from.roleAssignments) {
      const role = builtInRoles.get(roleDefinitionId.toLowerCase())
      if (role?.tier === 'control') give(principalId, { power: 'role', value: role.name, basis: factKey('roleAssignments', id) })
    }

    const registrations = new Map(from.applications.map(({ id, appId }) => [appId.toLowerCase(), id]))
    const registrationOwners = new Map(from.applicationOwners.map(({ id, owners }) => [id.toLowerCase(), owners]))
    const principalOwners = new Map(from.servicePrincipalOwners.map(({ id, owners }) => [id.toLowerCase(), owners]))
    const rows: TakeOverPath[] = []
    for (const application of from.enterpriseApplications) {
      const held = powers.get(application.id.toLowerCase()) ?? []
      if (held.length === 0) continue
      const registration = registrations.get(application.appId.toLowerCase())
      const ways = [
        ...(registration === undefined ? [] : waysThrough('application', registration, registrationOwners)),
        ...waysThrough('servicePrincipal', application.id, principalOwners),
      ]
      for (const { owner, through, basis } of ways) {
        const type = principalType(owner['@odata.type'])
        if (type !== 'user' && type !== 'servicePrincipal')
          return { undecided: `The owner ${owner.id} of ${application.id} has the type '${owner['@odata.type']}', which nobody knows.` }
        const who = { ownerId: owner.id, ownerName: nameOr(owner.displayName, owner.id), ownerType: type }
        const what = { through, id: application.id, name: nameOr(application.displayName, application.appId) }
        for (const { power, value, basis: reason } of held) rows.push({ ...who, ...what, power, value, basis: [basis, reason] })
      }
    }
    return { rows }
  },
})

interface Way {
  readonly owner: Owner
  readonly through: TakeOverPath['through']
  readonly basis: FactKey
}

function waysThrough(through: TakeOverPath['through'], id: string, owners: ReadonlyMap<string, readonly Owner[]>): readonly Way[] {
  const basis = factKey(through === 'application' ? 'applicationOwners' : 'servicePrincipalOwners', id)
  return (owners.get(id.toLowerCase()) ?? []).map((owner) => ({ owner, through, basis }))
}
