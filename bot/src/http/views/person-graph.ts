import type { PersonView } from '@countersign/core/api/people.ts'
import type { StoredHold, StoredPerson } from '../../store/people-tables.ts'

type Graph = PersonView['graph']
type Node = Graph['nodes'][number]

const tenant: Node = { id: 'tenant', kind: 'tenant', name: 'The control of the tenant' }
const startKinds = { member: 'user', guest: 'user', group: 'group', servicePrincipal: 'application' } as const satisfies Record<
  StoredPerson['kind'],
  Node['kind']
>

/** From the holder through groups to each role, and from roles of the control plane on to the tenant. */
export function personGraph({ id, name, kind, holds }: Pick<StoredPerson, 'id' | 'name' | 'kind' | 'holds'>): Graph {
  const start: Node = { id, kind: startKinds[kind], name }
  const nodes = new Map<string, Node>([[id, start]])
  const edges = new Map<string, Graph['edges'][number]>()
  const join = (from: Node, to: Node, sentence: string, basis: readonly string[]): void => {
    for (const node of [from, to]) if (!nodes.has(node.id)) nodes.set(node.id, node)
    const key = JSON.stringify([from.id, to.id, sentence])
    if (!edges.has(key)) edges.set(key, { from: from.id, to: to.id, sentence, basis: [...basis] })
  }
  for (const hold of holds) {
    const role: Node = { id: `role ${hold.roleId}`, kind: 'role', name: hold.roleName }
    let at = start
    // The ways lead from the role to the holder: walked back, the last group comes first.
    for (const [index, group] of [...hold.via.entries()].reverse()) {
      const next: Node = { id: group.id, kind: 'group', name: group.name }
      const basis = hold.basis[index + 1]
      const verb = basis?.startsWith('pimGroupEligibility/') === true ? 'may make itself a member of' : 'is a member of'
      join(at, next, `${at.name} ${verb} ${next.name}.`, basis === undefined ? [] : [basis])
      at = next
    }
    join(at, role, `${at.name} ${howHeld(hold)} the role ${role.name}${placeOf(hold.scope)}.`, hold.basis.slice(0, 1))
    if (hold.tier === 'control') join(role, tenant, `${role.name} reaches the control of the tenant.`, hold.basis.slice(0, 1))
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

function howHeld({ basis }: StoredHold): string {
  return basis[0]?.startsWith('roleEligibility/') === true ? 'can activate' : 'holds'
}

function placeOf(scope: string | null): string {
  if (scope === '/' || scope === null) return ''
  return scope.startsWith('/administrativeUnits/') ? ' in one administrative unit' : ' for one object'
}
