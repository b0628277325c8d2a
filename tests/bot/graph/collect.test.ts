import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Fact } from '../../../core/posture/fact.ts'
import { collectFact, requestPath, type FactOutcome, type KeyedRow } from '../../../bot/src/graph/collect.ts'
import type { GraphPage, GraphReader, GraphRefusal } from '../../../bot/src/graph/reader.ts'

const row = z.object({ id: z.string(), name: z.string().nullable(), parentId: z.string().optional() })
const things: Fact = {
  id: 'things',
  title: 'Things',
  source: {
    path: '/things',
    select: ['id', 'name'],
    filter: "name eq 'a b'",
    expand: 'owner',
    pageSize: 999,
    bucket: 'identity',
    eventual: true,
  },
  scopes: ['Thing.Read.All'],
  row,
  key: (value) => row.parse(value).id,
  held: 'whole',
}

function refusal(over: Partial<GraphRefusal>): GraphRefusal {
  return {
    kind: 'refused',
    status: 403,
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
    requestId: 'r',
    grantedScopes: ['Thing.Read.All'],
    ...over,
  }
}

async function collect(
  fact: Fact,
  pages: (path: string) => readonly GraphPage[],
  parents: readonly unknown[] = [],
): Promise<{ outcome: FactOutcome; rows: KeyedRow[]; asked: string[] }> {
  const asked: string[] = []
  const rows: KeyedRow[] = []
  const reader: GraphReader = {
    get: async () => ({ kind: 'answer', body: { id: 'single', name: null }, requestId: 'r' }),
    async *pages(path, options) {
      asked.push(`${path} ${options?.eventual === true}`)
      yield* pages(path)
    },
  }
  const outcome = await collectFact(reader, fact, {
    parents: (async function* () {
      yield* parents
    })(),
    onRows: async (batch) => void rows.push(...batch),
  })
  return { outcome, rows, asked }
}

describe('collecting', () => {
  it('asks as the source says', () => {
    expect(requestPath(things)).toBe("/things?$select=id,name&$filter=name%20eq%20'a%20b'&$expand=owner&$top=999")
    expect(requestPath({ ...things, source: { path: '/groups/{id}/members', pageSize: 'none', bucket: 'identity' } }, 'a/b')).toBe(
      '/groups/a%2Fb/members',
    )
  })

  it('hands on parsed rows with their keys and counts them', async () => {
    const { outcome, rows, asked } = await collect(things, () => [
      { kind: 'page', rows: [{ id: '1', name: 'x', surplus: true }] },
      { kind: 'page', rows: [] },
      { kind: 'page', rows: [{ id: '2', name: null }] },
    ])
    expect(outcome).toEqual({ kind: 'read', rows: 2 })
    expect(rows).toEqual([
      { key: '1', row: { id: '1', name: 'x' } },
      { key: '2', row: { id: '2', name: null } },
    ])
    expect(asked[0]).toMatch(/true$/)
  })

  it('counts anew after a restart', async () => {
    const { outcome } = await collect(things, () => [
      { kind: 'page', rows: [{ id: '1', name: 'x' }] },
      { kind: 'restart' },
      { kind: 'page', rows: [{ id: '1', name: 'x' }] },
    ])
    expect(outcome).toEqual({ kind: 'read', rows: 1 })
  })

  it.each([
    ['a scope', refusal({ grantedScopes: [] }), { reason: 'scope', detail: 'Thing.Read.All' }],
    ['a role', refusal({}), { reason: 'role', detail: 'Authorization_RequestDenied' }],
    ['a licence', refusal({ code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant' }), { reason: 'licence' }],
    ['an absence', refusal({ status: 404, code: 'Request_ResourceNotFound' }), { reason: 'graph', detail: 'Request_ResourceNotFound' }],
    ['a fault of Graph', refusal({ status: 503, code: 'UnknownError' }), { reason: 'graph', detail: 'UnknownError' }],
    ['lasting throttling', refusal({ status: 429, code: 'TooManyRequests' }), { reason: 'graph', detail: 'TooManyRequests' }],
  ])('tells %s apart', async (_name, page, expected) => {
    const { outcome } = await collect(things, () => [{ kind: 'page', rows: [{ id: '1', name: 'x' }] }, page])
    expect(outcome).toMatchObject({ kind: 'unread', ...expected })
  })

  it('leaves the whole fact unread when one row is not as documented, and names row and field', async () => {
    const { outcome } = await collect(things, () => [{ kind: 'page', rows: [{ id: '1', name: 'x' }, { id: '2' }] }])
    expect(outcome).toMatchObject({ kind: 'unread', reason: 'shape' })
    expect(outcome).toHaveProperty('detail', expect.stringMatching(/\/things, row 2.*name/))
  })

  it('hands on a lost sign-in as what it is', async () => {
    const { outcome } = await collect(things, () => [{ kind: 'signInLost', reason: 'Sign in again.' }])
    expect(outcome).toEqual({ kind: 'signInLost', reason: 'Sign in again.' })
  })

  it('reads once for each distinct parent that counts, and gives rows their parent', async () => {
    const children: Fact = {
      ...things,
      source: {
        path: '/groups/{id}/members',
        pageSize: 'none',
        bucket: 'identity',
        each: {
          facts: ['groups'],
          when: (parent) => Reflect.get(Object(parent), 'counts') === true,
          id: (parent) => String(Reflect.get(Object(parent), 'id')),
        },
      },
      key: (value) => `${row.parse(value).parentId}/${row.parse(value).id}`,
    }
    const { outcome, rows, asked } = await collect(children, () => [{ kind: 'page', rows: [{ id: '1', name: null }] }], [
      { id: 'g1', counts: true },
      { id: 'g2', counts: false },
      { id: 'g1', counts: true },
      { id: 'g3', counts: true },
    ])
    expect(outcome).toEqual({ kind: 'read', rows: 2 })
    expect(rows.map(({ key }) => key)).toEqual(['g1/1', 'g3/1'])
    expect(asked).toEqual(['/groups/g1/members false', '/groups/g3/members false'])
  })

  it('reads a single object as one row', async () => {
    const single: Fact = { ...things, source: { path: '/organization', pageSize: 'none', bucket: 'identity', single: true } }
    expect(await collect(single, () => [])).toMatchObject({ outcome: { kind: 'read', rows: 1 }, rows: [{ key: 'single' }] })
  })
})
