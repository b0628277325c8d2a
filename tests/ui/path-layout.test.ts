import { describe, expect, it } from '@jest/globals'
import { lineThrough, neighbourOf, pathLayout, type PathEdge, type PathNode } from '../../ui/path-layout.ts'

const node = (id: string, kind: PathNode['kind'], name = id): PathNode => ({ id, kind, name })
const edge = (from: string, to: string, sentence = `${from} to ${to}`): PathEdge => ({ from, to, sentence, basis: [] })
const nodes = [node('ada', 'user'), node('bo', 'user'), node('app', 'application'), node('role', 'role'), node('tenant', 'tenant')]
const edges = [edge('ada', 'app'), edge('bo', 'app'), edge('app', 'role'), edge('role', 'tenant'), edge('ada', 'app', 'another way')]

function overlaps(list: readonly { x: number; y: number; width: number; height: number }[]): number {
  const meet = (a: (typeof list)[number], b: (typeof list)[number]): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  return list.filter((one, index) => list.slice(index + 1).some((other) => meet(one, other))).length
}

describe('where the nodes of a path lie', () => {
  it.each([1200, 760, 328])('keeps nodes apart in %i pixels, and hops between the same two as one line', (room) => {
    const placed = pathLayout(nodes, edges, room)
    expect(overlaps(placed.nodes)).toBe(0)
    expect(placed.edges).toHaveLength(4)
    expect(placed.edges.find(({ from }) => from === 'ada')?.edges).toHaveLength(2)
    for (const { x, y, width, height } of placed.nodes) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(placed.width)
      expect(y + height).toBeLessThanOrEqual(placed.height)
    }
  })

  it('goes across where there is room, closer where there is less, and down where there is none', () => {
    const order = (room: number, along: 'x' | 'y'): number[] =>
      ['ada', 'app', 'role', 'tenant'].map((id) => pathLayout(nodes, edges, room).nodes.find((one) => one.id === id)?.[along] ?? 0)
    const rises = (list: readonly number[]): boolean => list.every((value, index) => index === 0 || value > (list[index - 1] ?? 0))
    expect([rises(order(1200, 'x')), rises(order(760, 'x')), rises(order(328, 'x'))]).toEqual([true, true, false])
    expect(rises(order(328, 'y'))).toBe(true)
    expect(pathLayout(nodes, edges, 760).width).toBeLessThanOrEqual(760)
  })

  it('is the same however often it is asked, and survives a way that leads back', () => {
    const looped = [...edges, edge('tenant', 'ada')]
    expect(pathLayout(nodes, looped, 900)).toEqual(pathLayout(nodes, looped, 900))
  })

  it('gives a long name its lines', () => {
    const height = (name: string): number => pathLayout([node('one', 'user', name)], [], 900).nodes[0]?.height ?? 0
    expect(height('Ada')).toBeLessThan(height('Provisioning Automation for the Nordic Region'))
  })
})

describe('keys between nodes', () => {
  const placed = pathLayout(nodes, edges, 1200).nodes
  const from = (id: string) => placed.find((one) => one.id === id) ?? placed[0]
  it.each([
    ['app', 'ArrowRight', 'role'],
    ['role', 'ArrowRight', 'tenant'],
    ['tenant', 'ArrowRight', undefined],
    ['app', 'Enter', undefined],
  ])('%s and %s lead to %s', (id, key, to) => {
    const start = from(id)
    expect(start && neighbourOf(placed, start, key)?.id).toBe(to)
  })

  it('up and down lead between nodes of one column', () => {
    const [ada, bo] = [from('ada'), from('bo')]
    if (!ada || !bo) throw new Error('Both were placed.')
    expect(neighbourOf(placed, ada, ada.y < bo.y ? 'ArrowDown' : 'ArrowUp')?.id).toBe('bo')
  })
})

it('draws a line through points, none for none', () => {
  expect(lineThrough([])).toBe('')
  expect(
    lineThrough([
      { x: 0, y: 0 },
      { x: 4, y: 0 },
    ]),
  ).toBe('M0,0 L4,0')
})
