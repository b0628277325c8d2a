import { Graph, layout } from '@dagrejs/dagre'

export interface PathNode {
  readonly id: string
  readonly kind: 'user' | 'group' | 'application' | 'identityProvider' | 'permission' | 'role' | 'tenant'
  readonly name: string
}
export interface PathEdge {
  readonly from: string
  readonly to: string
  /** One hop in words. */
  readonly sentence: string
  readonly basis: readonly string[]
}

interface Point {
  readonly x: number
  readonly y: number
}
/** A node's box by its upper left corner. */
export interface PlacedNode extends PathNode, Point {
  readonly width: number
  readonly height: number
}
/** All hops between two nodes, drawn as one line. */
export interface PlacedEdge {
  readonly key: string
  readonly from: string
  readonly to: string
  readonly edges: readonly PathEdge[]
  readonly points: readonly Point[]
}
export interface PathLayout {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
}

export type PathDirection = 'across' | 'down'

/** From left to right where there is room, from top to bottom where there is not. */
export function pathLayout(
  nodes: readonly PathNode[],
  edges: readonly PathEdge[],
  { direction, room }: { readonly direction: PathDirection; readonly room: number },
): PathLayout {
  const graph = new Graph({ directed: true })
  const isAcross = direction === 'across'
  graph.setGraph({ rankdir: isAcross ? 'LR' : 'TB', nodesep: isAcross ? 14 : 12, ranksep: isAcross ? 56 : 40, marginx: 6, marginy: 6 })
  graph.setDefaultEdgeLabel(() => ({}))
  const width = isAcross ? 188 : Math.min(168, Math.max(132, Math.floor((room - 40) / 2)))
  for (const { id, name } of nodes) {
    const letters = Math.floor((width - 48) / 6.6)
    const lines = Math.min(3, Math.max(1, Math.ceil(name.length / letters)))
    graph.setNode(id, { width, height: 32 + lines * 16 })
  }
  const bundles = new Map<string, PathEdge[]>()
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to])
    bundles.set(key, [...(bundles.get(key) ?? []), edge])
  }
  for (const [first] of bundles.values()) if (first) graph.setEdge(first.from, first.to)
  layout(graph)
  const size = graph.graph()
  return {
    width: Math.ceil(size.width ?? 0),
    height: Math.ceil(size.height ?? 0),
    nodes: nodes.map((node) => {
      const { x, y, width: wide, height } = graph.node(node.id)
      return { ...node, x: (x ?? 0) - wide / 2, y: (y ?? 0) - height / 2, width: wide, height }
    }),
    edges: [...bundles].flatMap(([key, bundle]) => {
      const [first] = bundle
      if (!first) return []
      return { key, from: first.from, to: first.to, edges: bundle, points: graph.edge(first.from, first.to).points ?? [] }
    }),
  }
}

/** A line through the points with round corners, for the `d` of a path. */
export function lineThrough(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  const parts = [`M${first.x},${first.y}`]
  rest.forEach((point, index) => {
    const next = rest[index + 1]
    if (!next) parts.push(`L${point.x},${point.y}`)
    else parts.push(`Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`)
  })
  return parts.join(' ')
}

/** The node that an arrow key leads to: the nearest one on that side, nodes straight ahead before those aside. */
export function neighbourOf(nodes: readonly PlacedNode[], from: PlacedNode, key: string): PlacedNode | undefined {
  const step = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } }[key]
  if (!step) return undefined
  const middle = ({ x, y, width, height }: PlacedNode): Point => ({ x: x + width / 2, y: y + height / 2 })
  const start = middle(from)
  let best: { readonly node: PlacedNode; readonly cost: number } | undefined
  for (const node of nodes) {
    const { x, y } = middle(node)
    const ahead = (x - start.x) * step.x + (y - start.y) * step.y
    const aside = Math.abs((x - start.x) * step.y) + Math.abs((y - start.y) * step.x)
    const cost = ahead + aside * 2
    if (node.id !== from.id && ahead > 1 && (!best || cost < best.cost)) best = { node, cost }
  }
  return best?.node
}
