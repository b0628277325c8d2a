import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Fact } from '../../../core/posture/fact.ts'
import { collectFact } from '../../../bot/src/graph/collect.ts'
import { FakeGraph } from './fake-graph.ts'
import { endReading, memoryFact, sinkFor, type MemoryFact } from './memory-sink.ts'

const row = z.object({ id: z.string(), name: z.string() })
const things: Fact = {
  id: 'things',
  title: 'Things',
  source: { path: '/things', select: ['id', 'name'], pageSize: 999, bucket: 'identity' },
  scopes: ['Thing.Read.All'],
  row,
  key: (value) => row.parse(value).id,
  held: 'streamed',
  delta: true,
}

/** Seven things in pages of three; `onPage` hears of the place of each page. */
function graphOfSeven(onPage: (page: number, graph: FakeGraph) => void = () => undefined): FakeGraph {
  const graph = new FakeGraph()
  for (let index = 0; index < 7; index += 1) graph.put('things', { id: `t${index}`, name: 'as it was' })
  let page = 0
  graph.onPage = () => onPage((page += 1), graph)
  return graph
}

async function read(graph: FakeGraph, expected: number, kept: MemoryFact = memoryFact()): Promise<{ kept: MemoryFact; looks: number[] }> {
  graph.asked.length = 0
  const sink = sinkFor(kept)
  const looks: number[] = []
  let calls = 0
  const outcome = await collectFact(graph.reader(), things, {
    sink: {
      ...sink,
      rows: (...page) => {
        calls += 1
        return sink.rows(...page)
      },
      endIsNear: () => void looks.push(calls),
    },
    ranges: false,
    expected: () => expected,
  })
  if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome))
  endReading(kept, outcome.mode, outcome.deltaLink)
  return { kept, looks }
}

const changesAsked = (graph: FakeGraph): number =>
  graph.asked.filter(({ path }) => path.includes('/delta') && !path.includes('$deltatoken=latest')).length
const names = (kept: MemoryFact): string[] => [...kept.rows.values()].map((value) => row.parse(value).name)
const change = (graph: FakeGraph): void => graph.put('things', { id: 't0', name: 'as it is' })

describe('the look at the changes made while a list was read', () => {
  it('is taken once, after the last page, where nothing is known of its length', async () => {
    const graph = graphOfSeven()
    const { looks } = await read(graph, 0)
    expect([looks, changesAsked(graph)]).toEqual([[2], 1])
  })

  it.each([6.5, 7, 9])('is taken once, beside the last page, where about %d rows are expected', async (expected) => {
    const graph = graphOfSeven()
    const { kept, looks } = await read(graph, expected)
    expect([looks, changesAsked(graph), names(kept).length]).toEqual([[1], 1, 7])
    // From the link behind it the next reading goes on.
    change(graph)
    await read(graph, expected, kept)
    expect([names(kept)[0], graph.asked.length]).toEqual(['as it is', 1])
  })

  it('is taken again where so early an answer holds a change, because nobody knows which of the two is newer', async () => {
    const graph = graphOfSeven((page, the) => page === 2 && change(the))
    const { kept } = await read(graph, 7)
    expect([names(kept)[0], changesAsked(graph)]).toEqual(['as it is', 2])
  })

  it.each([4, 5])('is taken again after the last page where the list has become longer than the %d rows expected', async (expected) => {
    const graph = graphOfSeven((page, the) => page === 3 && change(the))
    const { kept, looks } = await read(graph, expected)
    expect([names(kept)[0], looks]).toEqual(['as it is', [0, 2]])
  })

  it('leaves to the next reading what changes between it and the last page', async () => {
    const graph = graphOfSeven()
    const transport = async (url: string, init: RequestInit): Promise<Response> => {
      if (url.includes('skiptoken=t5')) {
        // The last page leaves Graph after the look.
        while (changesAsked(graph) === 0) await new Promise(setImmediate)
        change(graph)
      }
      return graph.answer(url, init)
    }
    const reader = graph.reader({ transport })
    const kept = memoryFact()
    const first = await collectFact(reader, things, { sink: sinkFor(kept), ranges: false, expected: () => 7 })
    if (first.kind !== 'read') throw new Error(JSON.stringify(first))
    endReading(kept, first.mode, first.deltaLink)
    expect(names(kept)[0]).toBe('as it was')
    await read(graph, 7, kept)
    expect(names(kept)[0]).toBe('as it is')
  })

  it('is forgotten when the list begins again', async () => {
    let expired = 0
    const graph = graphOfSeven()
    graph.fault = ({ path }) =>
      path.includes('skiptoken=t5') && ++expired === 1 ? { status: 400, code: 'Directory_ExpiredPageToken' } : undefined
    const { kept, looks } = await read(graph, 7)
    expect([names(kept).length, looks, changesAsked(graph)]).toEqual([7, [1, 3], 2])
  })
})
