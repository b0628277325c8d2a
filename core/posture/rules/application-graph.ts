import type { ApplicationEvidence } from '../derived/application-risk.ts'
import type { FactKey } from '../fact.ts'

export const graphNodeKinds = ['user', 'application', 'identityProvider', 'permission', 'role', 'tenant'] as const
export interface GraphNode {
  /** Unique in its graph. */
  readonly id: string
  readonly kind: (typeof graphNodeKinds)[number]
  readonly name: string
}
export interface GraphEdge {
  readonly from: string
  readonly to: string
  /** One hop in words. */
  readonly sentence: string
  readonly basis: readonly FactKey[]
}
export interface TakeOverRoute {
  /** Id of the node at which it begins. */
  readonly from: string
  readonly hops: readonly GraphEdge[]
}
export interface ApplicationGraph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** For each who can become the application, the shortest way to the control of the tenant. */
  readonly paths: readonly TakeOverRoute[]
}

const tenant: GraphNode = { id: 'tenant', kind: 'tenant', name: 'The control of the tenant' }

/** Who can become an application, and what of the control plane it then holds; without any such power there is no edge to the tenant. */
export function graphOf(evidence: ApplicationEvidence): ApplicationGraph {
  const { id, name } = evidence
  const nodes = new Map<string, GraphNode>([[id, { id, kind: 'application', name }]])
  const edges: GraphEdge[] = []
  const node = (made: GraphNode): string => {
    if (!nodes.has(made.id)) nodes.set(made.id, made)
    return made.id
  }
  for (const owner of evidence.owners) {
    const from = node({ id: owner.id, kind: owner.state === 'application' ? 'application' : 'user', name: owner.name })
    const what = owner.through === 'application' ? 'its app registration' : 'the enterprise application'
    edges.push({ from, to: id, sentence: `${owner.name} owns ${what}, can add a credential and sign in as ${name}.`, basis: [owner.basis] })
  }
  for (const taker of evidence.takers ?? []) {
    const from = node({ id: taker.id, kind: taker.type === 'user' ? 'user' : 'application', name: taker.name })
    const role = node({ id: `over applications ${taker.roleName} ${taker.can}`, kind: 'role', name: taker.roleName })
    edges.push({ from, to: role, sentence: `${taker.holds}.`, basis: taker.basis })
    edges.push({ from: role, to: id, sentence: `Whoever has that role ${taker.can} to ${name} and sign in as it.`, basis: evidence.basis })
  }
  for (const { kind, keyId, credentialName, basis } of evidence.credentials) {
    if (kind !== 'federated') continue
    const from = node({ id: keyId, kind: 'identityProvider', name: credentialName })
    edges.push({ from, to: id, sentence: `Whoever controls what ${credentialName} trusts can sign in as ${name}.`, basis: [basis] })
  }
  for (const { kind, tier, value, resourceAppId, resourceName, basis } of evidence.permissions) {
    if (kind !== 'application' || tier !== 'control') continue
    const held = node({ id: `permission ${resourceAppId}/${value}`, kind: 'permission', name: value })
    edges.push({ from: id, to: held, sentence: `${name} has the permission ${value} of ${resourceName}.`, basis: [basis] })
    edges.push({ from: held, to: node(tenant), sentence: `${value} reaches the control of the tenant.`, basis: [basis] })
  }
  for (const { name: role, tier, isActive, groups, basis } of evidence.roles) {
    if (tier !== 'control') continue
    const held = node({ id: `role ${role}`, kind: 'role', name: role })
    const through = groups === 0 ? '' : ' through a group'
    edges.push({ from: id, to: held, sentence: `${name} ${isActive ? 'holds' : 'can activate'} the role ${role}${through}.`, basis })
    edges.push({ from: held, to: node(tenant), sentence: `${role} controls the tenant.`, basis })
  }
  const unique = distinct(edges)
  const starts = [...nodes.values()].filter((candidate) => ['user', 'application', 'identityProvider'].includes(candidate.kind))
  const paths = starts.flatMap(({ id: from }): TakeOverRoute[] => {
    const hops = from === id ? undefined : shortest(unique, from, tenant.id)
    return hops ? [{ from, hops }] : []
  })
  return { nodes: [...nodes.values()], edges: unique, paths }
}

/** The first of several equally short ways, in the order of the edges. */
export function shortest(edges: readonly GraphEdge[], from: string, to: string): readonly GraphEdge[] | undefined {
  const leaving = new Map<string, GraphEdge[]>()
  for (const edge of edges) leaving.set(edge.from, [...(leaving.get(edge.from) ?? []), edge])
  const ways = new Map<string, readonly GraphEdge[]>([[from, []]])
  for (const [at, way] of ways) {
    if (at === to) return way
    for (const edge of leaving.get(at) ?? []) if (!ways.has(edge.to)) ways.set(edge.to, [...way, edge])
  }
  return undefined
}

function distinct(edges: readonly GraphEdge[]): readonly GraphEdge[] {
  const found = new Map<string, GraphEdge>()
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to, edge.sentence])
    if (!found.has(key)) found.set(key, edge)
  }
  return [...found.values()]
}
