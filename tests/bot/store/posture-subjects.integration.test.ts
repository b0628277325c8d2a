import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { digest } from '../../../core/digest.ts'
import type { CheckResult } from '../../../core/posture/check.ts'
import { defaultSettings } from '../../../core/posture/settings.ts'
import { addEvidence, evidenceOf, newestEvidence } from '../../../bot/src/store/evidence.ts'
import {
  addFindingHistory,
  findingByKey,
  findingHistory,
  findingsOfCheck,
  listFindings,
  moveFinding,
  putFindings,
  type StoredFinding,
} from '../../../bot/src/store/findings.ts'
import { putResults, putScore, resultOf, resultsOf, scores } from '../../../bot/src/store/results.ts'
import { finishedScans, insertScan, moveScan, newestScan, runningScan, scanById, setScanProgress } from '../../../bot/src/store/scans.ts'
import { readSettings, writeSettings } from '../../../bot/src/store/settings.ts'
import { newestTokenScopes, noteTokenScopes } from '../../../bot/src/store/token-scopes.ts'
import { readTx, writeTx, type StoredJob, type WriteTx } from '../../../bot/src/store/transaction.ts'
import { openTestStore, type TestStore } from './test-store.ts'

const at = '2026-11-20T10:00:00.000Z'
const later = '2026-11-20T11:00:00.000Z'
let test: TestStore
let tenant: StoredJob
beforeAll(async () => void (test = await openTestStore()))
beforeEach(async () => void (tenant = await test.newTenant()))
afterAll(() => test.close())

function write<T>(fn: (tx: WriteTx) => Promise<T>): Promise<T> {
  return writeTx(test.store, tenant, fn)
}

describe('scans and results', () => {
  it('run one at a time per tenant, even when 10 people start one at once', async () => {
    const busy = await test.newTenant()
    const started = await Promise.all(
      Array.from({ length: 10 }, () => writeTx(test.store, busy, (tx) => insertScan(tx, { startedByName: 'Ada', at }))),
    )
    expect(started.filter((scan) => scan !== undefined)).toHaveLength(1)
  })

  it('keep progress, results and score', async () => {
    const scan = await write((tx) => insertScan(tx, { startedByName: 'Ada', at }))
    const id = scan?.id ?? ''
    expect(scan).toMatchObject({ ordinal: 1, state: 'queued', startedBy: tenant.objectId, startedAt: at, finishedAt: null, problem: null })
    const results: CheckResult[] = [
      { checkId: 'b', outcome: { verdict: 'pass', reason: 'ok', values: {}, basis: [] } },
      { checkId: 'a', outcome: { verdict: 'unknown', reason: 'scope', fact: 'users', detail: 'User.Read.All' } },
    ]
    await write(async (tx) => {
      expect(await moveScan(tx, id, ['queued'], 'collecting')).toBe(true)
      expect(await moveScan(tx, id, ['queued'], 'collecting')).toBe(false)
      await setScanProgress(tx, id, { done: 3, of: 9, now: 'users' })
      expect((await runningScan(tx))?.progress).toEqual({ done: 3, of: 9, now: 'users' })
      await putResults(tx, id, results)
      await putResults(tx, id, results)
      await putScore(tx, id, { value: 71.5, detail: { areas: [] } })
      expect(await scores(tx, 10)).toEqual([])
      await moveScan(tx, id, ['collecting'], 'finished', { finishedAt: later })
    })
    await readTx(test.store, tenant, async (tx) => {
      expect((await resultsOf(tx, id)).map(({ checkId }) => checkId)).toEqual(['a', 'b'])
      expect(await resultOf(tx, id, 'b')).toEqual(results[0])
      expect(await scores(tx, 10)).toEqual([{ scanId: id, at: later, value: 71.5, detail: { areas: [] } }])
      expect((await finishedScans(tx, 1))[0]?.finishedAt).toBe(later)
      expect(await runningScan(tx)).toBeUndefined()
      expect((await scanById(tx, id))?.state).toBe('finished')
    })
    const second = await write((tx) => insertScan(tx, { startedByName: 'Ada', at: later }))
    await write((tx) => moveScan(tx, second?.id ?? '', ['queued'], 'failed', { finishedAt: later, problem: 'Graph did not answer.' }))
    expect(await readTx(test.store, tenant, newestScan)).toMatchObject({ ordinal: 2, state: 'failed', problem: 'Graph did not answer.' })
  })
})

describe('findings', () => {
  const finding: StoredFinding = {
    key: 'app-secret-expired:1/k',
    checkId: 'app-secret-expired',
    object: { type: 'application', id: '1', part: 'k', name: 'Payroll' },
    severity: 'low',
    state: 'open',
    values: { days: 3 },
    basis: ['applications/1'],
    firstSeen: at,
    changedAt: at,
    notReadSince: null,
    scanId: null,
  }

  it('are replaced by key, in thousands, keeping when they were first seen', async () => {
    const many = Array.from({ length: 1200 }, (_each, index) => ({
      ...finding,
      key: `app-secret-expired:${String(index).padStart(4, '0')}`,
    }))
    await write((tx) => putFindings(tx, many))
    await write((tx) =>
      putFindings(tx, [
        finding,
        {
          ...many[0],
          ...finding,
          key: many[0]?.key ?? '',
          state: 'closed',
          firstSeen: later,
          changedAt: later,
          notReadSince: later,
          values: { days: 4 },
        },
      ]),
    )
    await readTx(test.store, tenant, async (tx) => {
      expect(await listFindings(tx)).toHaveLength(1201)
      expect(await listFindings(tx, ['closed'])).toHaveLength(1)
      expect(await findingByKey(tx, many[0]?.key ?? '')).toMatchObject({
        state: 'closed',
        firstSeen: at,
        changedAt: later,
        notReadSince: later,
        values: { days: 4 },
      })
      expect(await findingByKey(tx, finding.key)).toEqual(finding)
      expect(await findingsOfCheck(tx, 'other')).toEqual([])
    })
  })

  it('move by compare-and-swap and keep their history, newest first', async () => {
    await write(async (tx) => {
      await putFindings(tx, [finding])
      expect(await moveFinding(tx, finding.key, ['open', 'returned'], 'fixedAwaitingScan', later)).toBe(true)
      expect(await moveFinding(tx, finding.key, ['open', 'returned'], 'fixedAwaitingScan', later)).toBe(false)
      const entry = { findingKey: finding.key, checkId: finding.checkId, at, what: 'finding.opened', receiptNumber: null }
      await addFindingHistory(tx, [entry, { ...entry, what: 'receipt', receiptNumber: 4 }])
    })
    expect(
      (await readTx(test.store, tenant, (tx) => findingHistory(tx, finding.checkId))).map(({ what, receiptNumber }) => [
        what,
        receiptNumber,
      ]),
    ).toEqual([
      ['receipt', 4],
      ['finding.opened', null],
    ])
  })
})

describe('the other subjects', () => {
  it('settings have defaults and are kept', async () => {
    expect(await readTx(test.store, tenant, readSettings)).toEqual({ settings: defaultSettings, baselineId: 'default' })
    const settings = { ...defaultSettings, privilegedRoleTemplateIds: ['r'] }
    await write((tx) => writeSettings(tx, { settings, baselineId: 'cis' }, at))
    expect(await readTx(test.store, tenant, readSettings)).toEqual({ settings, baselineId: 'cis' })
  })

  it('evidence carries the digest of what was observed', async () => {
    const observe = (probeId: string, observedAt: string, observation: { n: number }) =>
      write((tx) => addEvidence(tx, { probeId, observedAt, environment: 'emulator', observation }))
    await observe('tls', at, { n: 1 })
    const newest = await observe('tls', later, { n: 2 })
    await observe('read-token-scopes', at, { n: 3 })
    expect(newest.digest).toBe(digest({ n: 2 }))
    await readTx(test.store, tenant, async (tx) => {
      expect((await newestEvidence(tx)).map(({ probeId, observation }) => [probeId, observation])).toEqual([
        ['read-token-scopes', { n: 3 }],
        ['tls', { n: 2 }],
      ])
      expect(await evidenceOf(tx, 'tls', 10)).toHaveLength(2)
    })
  })

  it('scopes of tokens are kept by plane', async () => {
    const token = { plane: 'read', personId: tenant.objectId, scopes: ['User.Read'], hasRoles: false, issuedAt: at } as const
    await write(async (tx) => {
      await noteTokenScopes(tx, token)
      await noteTokenScopes(tx, { ...token, scopes: ['User.Read', 'Policy.Read.All'], issuedAt: later })
      await noteTokenScopes(tx, { ...token, plane: 'act' })
      expect(await newestTokenScopes(tx, 'read')).toEqual([{ ...token, scopes: ['User.Read', 'Policy.Read.All'], issuedAt: later }])
      expect(await newestTokenScopes(tx, 'read', 5)).toHaveLength(2)
    })
  })
})
