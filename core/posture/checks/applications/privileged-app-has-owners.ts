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
  title: 'Nobody can take over the tenant through an application that they own',
  failTitle: '{people, plural, one {# person can} other {# people can}} take over the tenant through an application that they own',
  why: 'An owner may add a credential to the application and sign in as it. Where it holds a permission or a role of the control plane, owning it is as good as being Global Administrator, and no review of administrators shows it.',
  reasons: {
    none: 'No application that reaches the control plane is owned by a person.',
    some: '{count, plural, one {One way leads} other {# ways lead}} from {people, plural, one {one person who owns} other {# people who own}} an application to the control of the tenant.',
  },
  objectReason:
    '{steps, plural, =1 {{owner} owns {through, select, application {its app registration} other {it}}, can sign in as it, and it has {power, select, role {the role} other {the permission}} {value}} other {{way}}}{more, plural, =0 {} one { and # more like it} other { and # more like it}}.',
  remediation: [
    'Take the permission or the role away where the application works without it.',
    'Otherwise remove its owners: application administrators look after it.',
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
      const { id, name, ownerId, ownerName: owner, through, power, value, steps, hops } = first
      const way = hops.map(({ sentence }) => sentence.replace(/\.$/, '')).join('; ')
      const more = new Set(paths.map((path) => `${path.power} ${path.value}`)).size - 1
      const object: AffectedObject = {
        ...{ type: 'servicePrincipal', id, name, part: ownerId },
        ...{ values: { owner, through, power, value, more, steps, way }, basis: hops.flatMap(({ basis }) => basis) },
      }
      return [{ verdict: 'fail', object } as const]
    })
    return overObjects(
      found,
      ['applicationOwners', 'servicePrincipalOwners', 'appRoleAssignments', 'roleAssignments'].map((fact) => factKey(fact, '')),
      { people: new Set(found.map(({ object }) => object.part)).size },
    )
  },
})

function keyOf({ through, power, value }: { readonly through: string; readonly power: string; readonly value: string }): string {
  return `${through} ${power} ${value}`
}
