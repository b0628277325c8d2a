import { Graph, layout } from '@dagrejs/dagre'
import { boxParts } from './path-parts.ts'

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

const widest = 188
/** Narrower than this, names would break in the middle of words. */
const narrowest = 128

/** From left to right where all columns fit, from top to bottom where they do not. */
export function pathLayout(nodes: readonly PathNode[], edges: readonly PathEdge[], room: number): PathLayout {
  const across = placed(nodes, edges, { rankdir: 'LR', width: widest, ranksep: 56 })
  if (across.width <= room) return across
  const columns = new Set(across.nodes.map(({ x }) => Math.round(x))).size
  const width = Math.floor((room - 2 * margin - (columns - 1) * 44) / columns)
  if (width >= narrowest) return placed(nodes, edges, { rankdir: 'LR', width, ranksep: 44 })
  return placed(nodes, edges, { rankdir: 'TB', width: Math.max(narrowest, Math.min(168, Math.floor((room - 30) / 2))), ranksep: 36 })
}

const margin = 6

function placed(
  nodes: readonly PathNode[],
  edges: readonly PathEdge[],
  { rankdir, width, ranksep }: { readonly rankdir: 'LR' | 'TB'; readonly width: number; readonly ranksep: number },
): PathLayout {
  const graph = new Graph({ directed: true })
  graph.setGraph({ rankdir, nodesep: 12, ranksep, marginx: margin, marginy: margin })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, name } of nodes) graph.setNode(id, { width, height: 30 + Math.min(mostLines, linesOf(name, width)) * 16 })
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

/** Lines of a name that a node shows; the whole of it is in its tooltip and in the list. */
export const mostLines = 4
/** Wide letters of 12 pixels, so that no font makes the name longer than its box. */
const letter = 7.8

/** How many letters of a name a node of this width takes side by side. */
export function lettersIn(width: number): number {
  return Math.max(6, Math.floor((width - 20) / letter))
}

/** How many lines a name takes. */
function linesOf(name: string, width: number): number {
  const letters = lettersIn(width)
  let lines = 1
  let used = 0
  for (const part of boxParts(name, letters)) {
    if (used > 0 && used + part.trimEnd().length > letters) {
      lines += 1
      used = 0
    }
    lines += Math.ceil(part.length / letters) - 1
    used = part.length > letters ? part.length % letters : used + part.length
  }
  return lines
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
