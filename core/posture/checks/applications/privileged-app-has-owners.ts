import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { enterprisePage, overObjects } from '../../rules/application-objects.ts'

export const privilegedAppHasOwners = defineCheck({
  id: 'privileged-app-has-owners',
  code: 'APP-18',
  area: 'applications',
  severity: 'high',
  perObject: true,
  title: 'Nobody can take over the tenant through an application',
  failTitle: '{people, plural, one {# person can} other {# people can}} take over the tenant through an application',
  why: 'An owner may add a credential to the application and sign in as it. Whoever holds a role over applications may do so to all of them, and whoever owns a group with that role can take it. Where an application holds a permission or a role of the control plane, each of them is as good as a Global Administrator, and no review of administrators shows it.',
  reasons: {
    none: 'No application that reaches the control plane is owned by a person, and nobody has a role over one.',
    some: '{count, plural, one {One way leads} other {# ways lead}} through an application to the control of the tenant, from {owners, plural, =0 {nobody who owns one} one {one person who owns one} other {# people who own one}}, {groupOwners, plural, =0 {nobody} one {one owner} other {# owners}} of a group with a role over applications, and {holders, plural, =0 {no holder} one {one holder} other {# holders}} of such a role.',
  },
  objectReason:
    '{steps, plural, =1 {{owner} owns {through, select, application {its app registration} other {it}}, can sign in as it, and it has {power, select, role {the role} other {the permission}} {value}} other {{way}}}{others, plural, =0 {} one {, and to # application more} other {, and to # applications more}}{more, plural, =0 {} one { and # more like it} other { and # more like it}}.',
  remediation: [
    'Take the permission or the role away where the application works without it.',
    'Otherwise remove its owners, and keep roles over all applications with those who control the tenant already; give others a role over the one application that they look after.',
    'Remove the owners of groups that hold a role over applications.',
    'Block the adding of secrets with an app management policy.',
  ],
  portal: enterprisePage,
  frameworks: { attack: ['T1098.001'] },

  needs: ['takeOverPaths'],
  judge({ takeOverPaths }) {
    const ways = new Map<string, typeof takeOverPaths>()
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
  },
})

function peopleIn(found: readonly { readonly object: AffectedObject }[], ...through: readonly string[]): number {
  return new Set(found.flatMap(({ object }) => (through.includes(String(object.values?.['through'])) ? [object.part] : []))).size
}

function keyOf({ through, power, value }: { readonly through: string; readonly power: string; readonly value: string }): string {
  return `${through} ${power} ${value}`
}
