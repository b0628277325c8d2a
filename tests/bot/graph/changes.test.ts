import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Fact } from '../../../core/posture/fact.ts'
import { readChanges, type Ground } from '../../../bot/src/graph/changes.ts'
import { FakeGraph, origin } from './fake-graph.ts'
import { memoryFact, sinkFor, type MemoryFact } from './memory-sink.ts'

const row = z.object({ id: z.string(), name: z.string(), boss: z.string().nullable() })
const things: Fact = {
  id: 'things',
  title: 'Things',
  source: { path: '/things', select: ['id', 'name', 'boss'], pageSize: 999, bucket: 'identity' },
  scopes: [],
  row,
  key: (value) => row.parse(value).id,
  held: 'whole',
  delta: true,
}
const link = `${origin}/v1.0/things/delta?$deltatoken=before`
const after = `${origin}/v1.0/things/delta?$deltatoken=after`

/** Applies one page of changes to a store that holds `a`, in a tenant that holds `a` and `b`. */
async function apply(value: readonly object[], ground: Ground = 'whole', status = 200, code = '', fact = things) {
  const graph = new FakeGraph()
  graph.put('things', { id: 'a', name: 'new', boss: null })
  graph.put('things', { id: 'b', name: 'other', boss: 'a' })
  const kept: MemoryFact = memoryFact()
  kept.rows.set('a', { id: 'a', name: 'old', boss: 'chief' })
  const reader = graph.reader({
    transport: async (url, init) => {
      if (!url.includes('/delta')) return graph.answer(url, init)
      return Response.json(status === 200 ? { value, '@odata.deltaLink': after } : { error: { code } }, { status })
    },
  })
  const outcome = await readChanges({ reader, fact, sink: sinkFor(kept) }, link, ground)
  return { outcome, rows: Object.fromEntries(kept.rows), read: graph.asked.filter(({ isInBatch }) => isInBatch).map(({ path }) => path) }
}

describe('applying changes', () => {
  it('completes a change from what is stored', async () => {
    const { outcome, rows, read } = await apply([{ id: 'a', name: 'new' }])
    expect(outcome).toEqual({ kind: 'changed', deltaLink: after })
    expect(rows['a']).toEqual({ id: 'a', name: 'new', boss: 'chief' })
    expect(read).toEqual([])
  })

  it('builds on nothing that was removed before it came again', async () => {
    const { rows, read } = await apply([
      { id: 'a', '@removed': { reason: 'changed' } },
      { id: 'a', boss: null },
    ])
    expect(rows['a']).toEqual({ id: 'a', name: 'new', boss: null })
    expect(read).toEqual(['/things/a?$select=id,name,boss'])
  })

  it('takes a new object without what was never set, where the store is whole', async () => {
    const { rows, read } = await apply([{ id: 'b', name: 'other' }])
    expect(rows['b']).toEqual({ id: 'b', name: 'other', boss: null })
    expect(read).toEqual([])
  })

  it('knows the properties of a fact that selects none from its rows', async () => {
    const { select: _select, ...source } = things.source
    const { rows, read } = await apply([{ id: 'b', name: 'other' }], 'whole', 200, '', { ...things, source })
    expect(rows['b']).toEqual({ id: 'b', name: 'other', boss: null })
    expect(read).toEqual([])
  })

  it('reads an object that a list may have missed, for its change may be of one property', async () => {
    const { rows, read } = await apply([{ id: 'b', name: 'other' }], 'partial')
    expect(rows['b']).toEqual({ id: 'b', name: 'other', boss: 'a' })
    expect(read).toEqual(['/things/b?$select=id,name,boss'])
  })

  it('reads an object of which something is missing that is never null', async () => {
    expect((await apply([{ id: 'b', boss: 'z' }])).rows['b']).toEqual({ id: 'b', name: 'other', boss: 'a' })
  })

  it('forgets an object that is gone when it is read', async () => {
    const { outcome, rows } = await apply([{ id: 'ghost', boss: 'z' }])
    expect(outcome.kind).toBe('changed')
    expect(Object.keys(rows)).toEqual(['a'])
  })

  it('lets the later change of a page count', async () => {
    expect(
      (
        await apply([
          { id: 'a', name: '1' },
          { id: 'a', name: '2', boss: null },
          { id: 'a', boss: 'x' },
        ])
      ).rows['a'],
    ).toEqual({ id: 'a', name: '2', boss: 'x' })
    expect(
      (
        await apply([
          { id: 'a', name: '1' },
          { id: 'a', '@removed': { reason: 'deleted' } },
        ])
      ).rows,
    ).toEqual({})
  })

  it.each([
    [410, 'anything'],
    [400, 'BadRequest'],
    [404, 'Request_ResourceNotFound'],
  ])('a link that is refused with %i %s asks for the list in full', async (status, code) => {
    expect((await apply([], 'whole', status, code)).outcome).toEqual({ kind: 'resync' })
  })

  it('a refusal of the caller is one', async () => {
    expect((await apply([], 'whole', 403, 'Authorization_RequestDenied')).outcome).toMatchObject({ kind: 'unread', reason: 'role' })
  })

  it.each([[[{ name: 'no id' }]], [[7]], [[{ id: 'a', name: { deep: true } }]]])('%j leaves the fact unread', async (value) => {
    const { outcome, rows } = await apply(value as object[])
    expect(outcome).toMatchObject({ kind: 'unread', reason: 'shape' })
    expect(rows['a']).toEqual({ id: 'a', name: 'old', boss: 'chief' })
  })
})
