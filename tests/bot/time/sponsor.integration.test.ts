import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Principal, Role } from '../../../core/principal.ts'
import type { SignedIn } from '../../../bot/src/identity/signed-in.ts'
import { becomeSponsor, renewSponsor, runSponsored, withdrawSponsor, type SponsorDependencies } from '../../../bot/src/engine/sponsor.ts'
import { sponsorView } from '../../../bot/src/http/views/sponsor.ts'
import { scanLineView } from '../../../bot/src/http/views/history.ts'
import { scanLines } from '../../../bot/src/store/history.ts'
import { insertScan, moveScan } from '../../../bot/src/store/scans.ts'
import { activeSponsor, endedSponsorships } from '../../../bot/src/store/sponsors.ts'
import { eventsAfter } from '../../../bot/src/store/outbox.ts'
import { readTx, writeTx } from '../../../bot/src/store/transaction.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

type Proof = Awaited<ReturnType<SponsorDependencies['identity']['proveStored']>>
const good: Proof = { kind: 'ready', roles: ['admin'] }
const revoked: Proof = { kind: 'needsSignIn', reason: 'All sessions of this account were revoked. Sign in again.' }

interface World {
  readonly deps: SponsorDependencies
  readonly ada: SignedIn
  readonly other: (roles: readonly Role[]) => SignedIn
  clock: number
  proof: Proof
  readonly sent: string[]
}

async function world(): Promise<World> {
  const { tenantId, objectId } = await test.newTenant()
  const person = (id: string, displayName: string, roles: readonly Role[]): SignedIn => ({
    principal: { tenantId, objectId: id, displayName, roles, door: 'tab' } satisfies Principal,
    credential: { kind: 'session' },
    csrfToken: null,
  })
  const sent: string[] = []
  const made: World = {
    clock: Date.parse('2026-11-01T12:00:00Z'),
    proof: good,
    sent,
    ada: person(objectId, 'Ada', ['admin']),
    other: (roles) => person('33333333-3333-4333-8333-333333333333', 'Ben', roles),
    deps: {
      store: test.store,
      identity: { prepareReading: async () => ({ kind: 'ready' }), proveStored: async () => made.proof },
      enqueue: async ({ scanId }) => void sent.push(scanId),
      now: () => made.clock,
    },
  }
  return made
}

describe('the scan sponsor', () => {
  it('offers for themselves; a scan then runs once a day in their name, and says that the clock started it', async () => {
    const made = await world()
    const { tenantId } = made.ada.principal
    expect(await runSponsored(made.deps, tenantId)).toBe('noSponsor')
    expect(await becomeSponsor(made.deps, made.ada, 3)).toEqual({ kind: 'sponsor' })
    expect(await runSponsored(made.deps, tenantId)).toBe('notDue')
    made.clock = Date.parse('2026-11-02T03:07:00Z')
    expect(await Promise.all([1, 2, 3].map(() => runSponsored(made.deps, tenantId)))).toEqual(expect.arrayContaining(['started']))
    expect(made.sent).toHaveLength(1)
    const [line] = await readTx(test.store, made.ada.principal, (tx) => scanLines(tx, 5))
    expect(line).toMatchObject({ id: made.sent[0], scheduled: true, startedBy: made.ada.principal.objectId, startedByName: 'Ada' })
    await writeTx(test.store, made.ada.principal, (tx) =>
      moveScan(tx, line?.id ?? '', ['queued'], 'finished', { finishedAt: '2026-11-02T03:09:00Z' }),
    )
    const [done] = await readTx(test.store, made.ada.principal, (tx) => scanLines(tx, 5))
    expect(done && scanLineView(done, 'en').sentence).toBe('A scan by the clock, in the name of Ada.')
    const view = await readTx(test.store, made.ada.principal, (tx) => sponsorView(tx, made.ada.principal, made.clock, 'en'))
    expect(view).toMatchObject({
      isYou: true,
      mayWithdraw: true,
      nextRunAt: '2026-11-03T03:00:00.000Z',
      sponsor: { lastRunAt: '2026-11-02T03:07:00.000Z' },
    })
    expect(view.sentence).toContain('run as Ada, with what Ada may read, also while Ada is not present')
  })

  it('waits for no scan that is under way: it leaves that day out', async () => {
    const made = await world()
    await becomeSponsor(made.deps, made.ada, 3)
    await writeTx(test.store, made.ada.principal, (tx) => insertScan(tx, { startedByName: 'Ada', at: '2026-11-02T03:00:00Z' }))
    made.clock = Date.parse('2026-11-02T03:07:00Z')
    expect(await runSponsored(made.deps, made.ada.principal.tenantId)).toBe('busy')
    expect(made.sent).toEqual([])
  })

  it('is one for a tenant; others may not withdraw it, an owner may', async () => {
    const made = await world()
    await becomeSponsor(made.deps, made.ada, 3)
    expect(await becomeSponsor(made.deps, made.other(['owner']), 5)).toEqual({ kind: 'taken', by: 'Ada' })
    expect(await withdrawSponsor(made.deps, made.other(['admin']).principal)).toEqual({ kind: 'notYours', by: 'Ada' })
    expect(await withdrawSponsor(made.deps, made.other(['owner']).principal)).toEqual({ kind: 'withdrawn' })
    expect(await withdrawSponsor(made.deps, made.ada.principal)).toEqual({ kind: 'none' })
    expect(await readTx(test.store, made.ada.principal, (tx) => endedSponsorships(tx, 5))).toMatchObject([
      { endReason: 'Ben, an owner, withdrew it.' },
    ])
    made.clock = Date.parse('2026-11-02T03:07:00Z')
    expect(await runSponsored(made.deps, made.ada.principal.tenantId)).toBe('noSponsor')
    const view = await readTx(test.store, made.ada.principal, (tx) => sponsorView(tx, made.ada.principal, made.clock, 'en'))
    expect(view.sentence).toContain('only when a signed-in person starts them')
  })

  it.each([
    ['the sign-in is lost', revoked, /^The sign-in of Ada no longer stands: All sessions of this account were revoked/],
    ['the role is taken away', { kind: 'ready', roles: ['viewer'] } as const, /^Ada no longer holds a role that may scan/],
  ])('ends when %s, starts no scan, and says so', async (_name, proof, words) => {
    const made = await world()
    await becomeSponsor(made.deps, made.ada, 3)
    made.clock = Date.parse('2026-11-02T03:07:00Z')
    made.proof = proof
    expect(await runSponsored(made.deps, made.ada.principal.tenantId)).toBe('ended')
    expect(made.sent).toEqual([])
    await readTx(test.store, made.ada.principal, async (tx) => {
      expect(await activeSponsor(tx)).toBeUndefined()
      expect((await endedSponsorships(tx, 5))[0]?.endReason).toMatch(words)
      expect((await eventsAfter(tx, 0)).filter(({ kind }) => kind === 'sponsor.changed')).toHaveLength(2)
    })
  })

  it('ends within the hour after a scheduled scan lost the sign-in on its way, and within a day in any case', async () => {
    const made = await world()
    const { tenantId } = made.ada.principal
    await becomeSponsor(made.deps, made.ada, 3)
    made.clock = Date.parse('2026-11-02T03:07:00Z')
    expect(await runSponsored(made.deps, tenantId)).toBe('started')
    await writeTx(test.store, made.ada.principal, (tx) =>
      moveScan(tx, made.sent[0] ?? '', ['queued'], 'failed', { finishedAt: '2026-11-02T03:20:00Z', problem: 'x' }),
    )
    made.clock = Date.parse('2026-11-02T04:07:00Z')
    // The failure was not the sign-in's: it still stands, and is not asked about again.
    expect(await runSponsored(made.deps, tenantId)).toBe('notDue')
    expect(await renewSponsor(made.deps, tenantId)).toBe('renewed')
    made.proof = revoked
    expect(await renewSponsor(made.deps, tenantId)).toBe('ended')
    expect(await renewSponsor(made.deps, tenantId)).toBe('noSponsor')
  })

  it('keeps the sponsorship when the sign-in service does not answer', async () => {
    const made = await world()
    await becomeSponsor(made.deps, made.ada, 3)
    const failing: SponsorDependencies = {
      ...made.deps,
      identity: { ...made.deps.identity, proveStored: () => Promise.reject(new Error('No answer.')) },
    }
    await expect(renewSponsor(failing, made.ada.principal.tenantId)).rejects.toThrow('No answer.')
    expect(await readTx(test.store, made.ada.principal, activeSponsor)).toBeDefined()
  })
})
