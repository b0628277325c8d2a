import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { actions } from '@countersign/core/actions/catalogue.ts'
import { actionSwitches, enabledActions, enabledActionsOf, isEnabled, putSwitch } from '../../../bot/src/store/action-switches.ts'
import { openStep } from '../../../bot/src/store/journal.ts'
import { insertProposal } from '../../../bot/src/store/proposals.ts'
import { finishStep, leaveOut, noteMet, stepsOf } from '../../../bot/src/store/steps.ts'
import { readTx, writeTx, type StoredJob, type WriteTx } from '../../../bot/src/store/transaction.ts'
import { noteWrongCode, wrongCodesSince } from '../../../bot/src/store/wrong-codes.ts'
import { buildProposal } from './build-proposal.ts'
import { openTestStore, type TestStore } from './test-store.ts'

const at = '2026-11-20T10:00:00.000Z'
let test: TestStore
let tenant: StoredJob
let other: StoredJob
beforeAll(async () => void (test = await openTestStore()))
beforeEach(async () => {
  tenant = await test.newTenant()
  other = await test.newTenant()
})
afterAll(() => test.close())

function write<T>(fn: (tx: WriteTx) => Promise<T>, as = tenant): Promise<T> {
  return writeTx(test.store, as, fn)
}

describe('steps', () => {
  it('take what reading back showed once, and only when they are done', async () => {
    const proposal = buildProposal(tenant, { state: 'executing', steps: 3 })
    await write(async (tx) => {
      await insertProposal(tx, proposal)
      expect(await noteMet(tx, proposal.id, 0, 'met')).toBe(false)
      await openStep(tx, { proposalId: proposal.id, stepIndex: 0, at, version: '0' })
      expect(await noteMet(tx, proposal.id, 0, 'met')).toBe(false)
      await finishStep(tx, proposal.id, 0, { kind: 'answered' }, at)
    })
    const noted = await Promise.all(Array.from({ length: 10 }, () => write((tx) => noteMet(tx, proposal.id, 0, 'met'))))
    expect(noted.filter(Boolean)).toHaveLength(1)
    expect(await write((tx) => noteMet(tx, proposal.id, 0, 'notMet'))).toBe(false)
  })

  it('that are left out can never be sent', async () => {
    const proposal = buildProposal(tenant, { state: 'executing', steps: 3 })
    await write(async (tx) => {
      await insertProposal(tx, proposal)
      await openStep(tx, { proposalId: proposal.id, stepIndex: 0, at, version: '0' })
      await leaveOut(tx, proposal.id)
    })
    const states = (await readTx(test.store, tenant, (tx) => stepsOf(tx, proposal.id))).map(({ state }) => state)
    expect(states).toEqual(['sending', 'notSent', 'notSent'])
    expect(await write((tx) => openStep(tx, { proposalId: proposal.id, stepIndex: 1, at, version: '0' }))).toBeUndefined()
  })
})

describe('switches', () => {
  it('are as the catalogue begins until an owner decides, tenant by tenant', async () => {
    const starting = actions.filter(({ starts }) => starts === 'on').map(({ id }) => id)
    expect((await enabledActionsOf(test.store, tenant.tenantId)).map(({ id }) => id)).toEqual(starting)
    const decided = { by: tenant.objectId, byName: 'Ada', at }
    await write(async (tx) => {
      await putSwitch(tx, { actionId: 'disable-user', enabled: false, ...decided })
      await putSwitch(tx, { actionId: 'disable-stale-guests', enabled: false, ...decided })
      await putSwitch(tx, { actionId: 'disable-stale-guests', enabled: true, ...decided })
      await putSwitch(tx, { actionId: 'no-such-action', enabled: true, ...decided })
    })
    await readTx(test.store, tenant, async (tx) => {
      expect((await actionSwitches(tx)).map(({ actionId, enabled }) => [actionId, enabled])).toEqual([
        ['disable-stale-guests', true],
        ['disable-user', false],
        ['no-such-action', true],
      ])
      const enabled = (await enabledActions(tx)).map(({ id }) => id)
      expect(enabled).toContain('disable-stale-guests')
      expect(enabled).not.toContain('disable-user')
      expect(
        await Promise.all(['disable-user', 'disable-stale-guests', 'no-such-action', 'remove-app-secret'].map((id) => isEnabled(tx, id))),
      ).toEqual([false, true, false, true])
    })
    expect((await enabledActionsOf(test.store, other.tenantId)).map(({ id }) => id)).toEqual(starting)
  })
})

describe('wrong codes', () => {
  it('are counted for a person, newest first, and forgotten', async () => {
    const person = randomUUID()
    const times = ['2026-11-20T10:00:00.000Z', '2026-11-20T10:05:00.000Z', '2026-11-20T10:09:00.000Z']
    for (const time of times) await write((tx) => noteWrongCode(tx, person, time, '2026-11-20T09:00:00.000Z'))
    expect(await write((tx) => wrongCodesSince(tx, person, '2026-11-20T10:01:00.000Z'))).toEqual(times.slice(1).reverse())
    expect(await write((tx) => wrongCodesSince(tx, randomUUID(), at))).toEqual([])
    expect(await write((tx) => wrongCodesSince(tx, person, '2026-11-20T09:00:00.000Z'), other)).toEqual([])
    await write((tx) => noteWrongCode(tx, person, '2026-11-20T10:30:00.000Z', '2026-11-20T10:08:00.000Z'))
    expect(await write((tx) => wrongCodesSince(tx, person, '2026-11-20T09:00:00.000Z'))).toHaveLength(2)
  })
})
