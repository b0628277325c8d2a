import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { attributeChanges, type AttributionDependencies } from '../../../bot/src/engine/attribution.ts'
import type { GraphPage, GraphReader, GraphRefusal } from '../../../bot/src/graph/reader.ts'
import { attributionsOf, type Attribution } from '../../../bot/src/store/attribution.ts'
import { readTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { now } from '../../build/facts.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'
import { applicationsEnding, daysOn, objectId, snapshot } from './snapshots.ts'

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

type Answer = (objectId: string) => GraphPage

/** The audit log as a reader sees it; notes which objects it was asked about. */
function logThat(answer: Answer): { readonly deps: AttributionDependencies; readonly asked: string[] } {
  const asked: string[] = []
  const reader: Pick<GraphReader, 'pages'> = {
    async *pages(path, options) {
      expect(options).toMatchObject({ bucket: 'reports' })
      const filter = decodeURIComponent(path)
      const id = /t\/id eq '([^']+)'/.exec(filter)?.[1] ?? ''
      expect(filter).toContain(`activityDateTime ge ${daysOn(0)}`)
      asked.push(id)
      yield answer(id)
    },
  }
  // The work reads pages and nothing else.
  return { deps: { store: test.store, identity: { readerFor: () => reader as GraphReader }, now: () => now }, asked }
}

const never = new AbortController().signal
function row(id: string, more: object = {}): unknown {
  return {
    id,
    activityDateTime: '2026-11-01T05:00:00Z',
    activityDisplayName: 'Update application ',
    result: 'success',
    initiatedBy: { user: { id: 'u1', userPrincipalName: 'ada@contoso.com', displayName: null }, app: null },
    targetResources: [{ id: 'secret value', modifiedProperties: [{ displayName: 'KeyDescription', oldValue: '[]', newValue: '["x"]' }] }],
    ...more,
  }
}
function refusal(code: string, grantedScopes: readonly string[]): GraphRefusal {
  return { kind: 'refused', status: 403, code, message: '', requestId: '', grantedScopes }
}

/** A tenant with two scans: between them applications 1 to n began to keep an expired secret. */
async function changed(count: number): Promise<{ readonly who: StoredJob; readonly scanId: string }> {
  const who = await test.newTenant()
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const before = Object.fromEntries(numbers.map((number) => [number, 300]))
  const after = Object.fromEntries(numbers.map((number) => [number, number % 2 === 0 ? -3 : 4]))
  await snapshot(test.store, who, daysOn(0), { applications: applicationsEnding(before), servicePrincipals: [] })
  const { id } = await snapshot(test.store, who, daysOn(1), { applications: applicationsEnding(after), servicePrincipals: [] })
  return { who, scanId: id }
}

function known(who: StoredJob, scanId: string): Promise<Attribution[]> {
  return readTx(test.store, who, (tx) => attributionsOf(tx, scanId))
}

describe('who changed it', () => {
  it('keeps id, time, activity and actor of a row, and nothing else of it', async () => {
    const { who, scanId } = await changed(2)
    const { deps } = logThat(() => ({
      kind: 'page',
      rows: [
        row('r1'),
        row('r2', {
          activityDateTime: '2026-11-01T06:00:00Z',
          initiatedBy: { user: null, app: { servicePrincipalId: 'sp1', appId: null, displayName: 'Pipeline' } },
        }),
        row('r3', { result: 'failure' }),
        { id: 'broken' },
      ],
    }))
    expect(await attributeChanges(deps, { ...who, scanId, again: false }, never)).toBe(0)
    const all = await known(who, scanId)
    expect(all).toHaveLength(2)
    expect(all[0]).toEqual({
      scanId,
      objectId: objectId(1),
      state: 'found',
      reason: null,
      detail: '',
      lookedAt: daysOn(0),
      rows: [
        {
          id: 'r2',
          at: '2026-11-01T06:00:00.000Z',
          activity: 'Update application',
          actor: { type: 'application', id: 'sp1', name: 'Pipeline' },
        },
        {
          id: 'r1',
          at: '2026-11-01T05:00:00.000Z',
          activity: 'Update application',
          actor: { type: 'user', id: 'u1', name: 'ada@contoso.com' },
        },
      ],
    })
    expect(JSON.stringify(all)).not.toContain('secret value')
  })

  it('asks about twenty objects, the most serious first, and says of the rest that it did not look', async () => {
    const { who, scanId } = await changed(50)
    const { deps, asked } = logThat(() => ({ kind: 'page', rows: [row('r')] }))
    await attributeChanges(deps, { ...who, scanId, again: false }, never)
    expect(asked).toHaveLength(20)
    // Odd numbers are about to end, which is graver than having ended.
    expect(asked.filter((id) => Number(id.slice(-2)) % 2 === 0)).toEqual([])
    const states = (await known(who, scanId)).map(({ state }) => state)
    expect([states.filter((state) => state === 'found').length, states.filter((state) => state === 'notLooked').length]).toEqual([20, 30])
  })

  it('looks once more for what had no row yet, and only for that', async () => {
    const { who, scanId } = await changed(3)
    const first = logThat((id) => ({ kind: 'page', rows: id === objectId(1) ? [row('r')] : [] }))
    expect(await attributeChanges(first.deps, { ...who, scanId, again: false }, never)).toBe(2)
    const second = logThat(() => ({ kind: 'page', rows: [row('late')] }))
    expect(await attributeChanges(second.deps, { ...who, scanId, again: true }, never)).toBe(0)
    expect(second.asked.sort()).toEqual([objectId(2), objectId(3)])
    expect((await known(who, scanId)).map(({ state }) => state)).toEqual(['found', 'found', 'found'])
  })

  it.each([
    ['the permission', refusal('Authorization_RequestDenied', ['User.Read']), 'scope', 'AuditLog.Read.All'],
    ['a role', refusal('Authorization_RequestDenied', ['AuditLog.Read.All']), 'role', 'Authorization_RequestDenied'],
    ['the licence', refusal('Authentication_RequestFromNonPremiumTenantOrB2CTenant', ['AuditLog.Read.All']), 'licence', 'p1'],
    ['an answer', { ...refusal('UnknownError', []), status: 503 }, 'graph', 'UnknownError'],
    ['the sign-in', { kind: 'signInLost', reason: 'All sessions were revoked.' }, 'signIn', 'All sessions were revoked.'],
  ] as const)('says that %s is missing, and asks only once', async (_name, page, reason, detail) => {
    const { who, scanId } = await changed(3)
    const { deps, asked } = logThat(() => page)
    await attributeChanges(deps, { ...who, scanId, again: false }, never)
    expect(asked).toHaveLength(1)
    expect((await known(who, scanId)).map((one) => [one.state, one.reason, one.detail])).toEqual(
      Array(3).fill(['notReadable', reason, detail]),
    )
  })

  it('asks nothing after a first scan: there is nothing that changed since', async () => {
    const who = await test.newTenant()
    const { id } = await snapshot(test.store, who, daysOn(0), { applications: applicationsEnding({ 1: 3 }), servicePrincipals: [] })
    const { deps, asked } = logThat(() => ({ kind: 'page', rows: [] }))
    expect(await attributeChanges(deps, { ...who, scanId: id, again: false }, never)).toBe(0)
    expect(asked).toEqual([])
  })
})
