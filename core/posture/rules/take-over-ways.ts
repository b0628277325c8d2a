import type { AffectedObject, Verdict } from '../check.ts'
import type { TakeOverPath } from '../derived/take-over-paths.ts'
import { factKey } from '../fact.ts'
import { overObjects } from './application-objects.ts'

/** People from whom a way leads through an application to the control of the tenant: each once for each application, with the whole way. */
export function judgeWays(takeOverPaths: readonly TakeOverPath[]): Verdict {
  const ways = new Map<string, readonly TakeOverPath[]>()
  for (const path of takeOverPaths) {
    if (path.ownerType !== 'user') continue
    const way = `${path.id}\n${path.ownerId}`.toLowerCase()
    ways.set(way, [...(ways.get(way) ?? []), path])
  }
  const found = [...ways.values()].flatMap((paths) => {
    const [first] = [...paths].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
    if (!first) return []
    const { id, name, ownerId, ownerName: owner, through, power, value, steps, others, hops } = first
    const way = hops.map(({ sentence }) => sentence.replace(/\.$/, '')).join('; ')
    const more = new Set(paths.map((path) => `${path.power} ${path.value}`)).size - 1
    const object: AffectedObject = {
      ...{ type: 'servicePrincipal', id, name, part: ownerId },
      ...{ values: { owner, through, power, value, more, others, steps, way }, basis: hops.flatMap(({ basis }) => basis) },
    }
    // Holders of a role are administrators, if of another kind than most think.
    return [
      through === 'role'
        ? ({ verdict: 'warn', object: { ...object, severity: 'medium' } } as const)
        : ({ verdict: 'fail', object } as const),
    ]
  })
  return overObjects(
    found,
    ['applicationOwners', 'servicePrincipalOwners', 'appRoleAssignments', 'roleAssignments', 'roleGroupOwners'].map((fact) =>
      factKey(fact, ''),
    ),
    {
      people: new Set(found.map(({ object }) => object.part)).size,
      owners: peopleIn(found, 'application', 'servicePrincipal'),
      groupOwners: peopleIn(found, 'groupOwner'),
      holders: peopleIn(found, 'role'),
    },
  )
}

function peopleIn(found: readonly { readonly object: AffectedObject }[], ...through: readonly string[]): number {
  return new Set(found.flatMap(({ object }) => (through.includes(String(object.values?.['through'])) ? [object.part] : []))).size
}

function keyOf({ through, power, value }: { readonly through: string; readonly power: string; readonly value: string }): string {
  return `${through} ${power} ${value}`
}
