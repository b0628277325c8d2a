import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Overview } from '../../../core/api/posture.ts'
import type { Principal } from '../../../core/principal.ts'
import { judgeStoredFacts } from '../../../bot/src/engine/daily-judge.ts'
import { followingSettings, followSettings, followSoon } from '../../../bot/src/engine/follow-settings.ts'
import { reportOf } from '../../../bot/src/engine/report.ts'
import { chooseCounting, expireSuppressed, lift, suppress, type Suppressing } from '../../../bot/src/engine/suppressions.ts'
import { findingLines, findingPage } from '../../../bot/src/http/views/finding.ts'
import { overviewView } from '../../../bot/src/http/views/overview.ts'
import { findingsOfCheck } from '../../../bot/src/store/findings.ts'
import { eventsAfter, newestEvent } from '../../../bot/src/store/outbox.ts'
import { pruneBefore } from '../../../bot/src/store/retention.ts'
import { bothScoresOf, resultOf } from '../../../bot/src/store/results.ts'
import { insertScan, shownScan } from '../../../bot/src/store/scans.ts'
import { activeSuppressions, listSuppressions } from '../../../bot/src/store/suppressions.ts'
import { readTx, writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import type { Profile } from '../../../core/profile.ts'
import { now } from '../../build/facts.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'
import { applicationsEnding, dayMs, daysOn, objectId, snapshot } from './snapshots.ts'

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

const checkId = 'app-secret-expired'
const keyOf = (number: number): string => `${checkId}:${objectId(number)}/key-${number}`
const reason = 'The supplier changes it in spring'

function ada(who: StoredJob): Principal {
  return { ...who, displayName: 'Ada', roles: ['owner'], door: 'tab' }
}

/** A tenant in which these applications have a secret that ended. */
async function tenantWith(...numbers: readonly number[]): Promise<StoredJob> {
  const who = await test.newTenant()
  await scan(who, 0, ...numbers)
  return who
}

async function scan(who: StoredJob, day: number, ...numbers: readonly number[]): Promise<string> {
  const applications = applicationsEnding(Object.fromEntries(numbers.map((number) => [number, -5])))
  return (await snapshot(test.store, who, daysOn(day), { applications, servicePrincipals: [] })).id
}

function suppressOne(who: StoredJob, number: number, until = daysOn(20)): Promise<Suppressing> {
  return suppress(test.store, ada(who), { checkId, findingKey: keyOf(number), reason, until }, daysOn(1))
}

async function statesOf(who: StoredJob): Promise<Record<string, string>> {
  const findings = await readTx(test.store, who, (tx) => findingsOfCheck(tx, checkId))
  return Object.fromEntries(findings.map(({ object, state }) => [Number(object.id.slice(-4)), state]))
}

/** Both figures as the newest judgement stored them. */
async function storedScores(who: StoredJob): ReturnType<typeof bothScoresOf> {
  return readTx(test.store, who, async (tx) => bothScoresOf(tx, (await shownScan(tx))?.id ?? ''))
}

/** Kinds and subjects of the events that this causes. */
async function eventsOf(who: StoredJob, work: () => Promise<unknown>): Promise<string[]> {
  const before = await readTx(test.store, who, newestEvent)
  await work()
  return (await readTx(test.store, who, (tx) => eventsAfter(tx, before))).map(({ kind, subjectId }) => `${kind} ${subjectId}`)
}

function idOf(done: Suppressing): string {
  return done.kind === 'suppressed' ? done.suppression.id : ''
}

const profile: Profile = {
  act: 'off',
  assistant: 'none',
  isolation: 'dedicated',
  cloud: 'global',
  region: '',
  environment: 'emulator',
  retentionDays: 30,
}

/** The overview of somebody who may see no receipts. */
function overview(who: StoredJob): Promise<Overview> {
  const viewOptions = (): never => {
    throw new Error('A viewer sees no receipts.')
  }
  return overviewView({ store: test.store, profile, viewOptions }, { ...ada(who), roles: ['viewer'] }, 'en')
}

describe('a suppressed finding', () => {
  it('is counted aside, its verdict and the score stay, and every face says who, why and until when', async () => {
    const who = await tenantWith(1, 2, 3)
    const before = await overview(who)
    const events = await eventsOf(who, () => suppressOne(who, 2))
    expect(events).toEqual([`finding.changed ${keyOf(2)}`, expect.stringMatching(/^suppression.changed /)])
    expect(await statesOf(who)).toEqual({ 1: 'open', 2: 'suppressed', 3: 'open' })
    const viewer = await overview(who)
    expect([before.suppressedFindings, viewer.suppressedFindings, before.openFindings - viewer.openFindings]).toEqual([0, 1, 1])
    expect(viewer.score?.value).toBe(before.score?.value)
    expect(viewer.score?.suppressed).toMatchObject({ counting: 'open', open: before.score?.value })
    expect(viewer.score?.suppressed?.leftOut ?? 0).toBeGreaterThan(before.score?.value ?? 0)
    expect(JSON.stringify(viewer)).not.toContain(reason)
    const page = await findingPage({ store: test.store, profile }, ada(who), checkId, 'en')
    expect(page).toMatchObject({ verdict: 'fail', open: 2, suppressed: 1, state: 'open' })
    expect(page?.affected.find(({ state }) => state === 'suppressed')).toMatchObject({
      findingKey: keyOf(2),
      fix: null,
      suppression: { reason, owner: 'Ada', until: daysOn(20) },
    })
    expect(page?.history[0]?.what).toBe(`Suppressed: Ada, until ${daysOn(20).slice(0, 10)}. ${reason}`)
    expect((await findingLines({ store: test.store, profile }, ada(who), 'en')).find((line) => line.checkId === checkId)).toMatchObject({
      suppressed: 1,
    })
    const report = await reportOf(test.store, ada(who), {})
    expect(report).toMatchObject({ report: { suppressed: [{ findingKey: keyOf(2), reason, byName: 'Ada' }], counts: { suppressed: 1 } } })
  })

  it('counts in the score as the owner chooses, from the next judgement on in the trend', async () => {
    const who = await tenantWith(1, 2)
    const before = await overview(who)
    await suppress(test.store, ada(who), { checkId, reason, until: daysOn(20) }, daysOn(1))
    await chooseCounting(test.store, ada(who), 'leftOut', daysOn(1))
    const both = (await overview(who)).score
    expect(both).toMatchObject({ value: both?.suppressed?.leftOut, suppressed: { counting: 'leftOut', open: before.score?.value } })
    expect(both?.value ?? 0).toBeGreaterThan(before.score?.value ?? 100)
    await judgeStoredFacts({ store: test.store, now: () => now + 2 * dayMs }, who.tenantId)
    const later = (await overview(who)).score
    expect(later?.trend.at(-1)?.value).toBe(both?.value)
    expect(later?.suppressed?.open).toBe(before.score?.value)
  })

  it('has the facts judged again in the same request; one judgement does it for all of a row', async () => {
    const who = await tenantWith(1, 2, 3)
    const before = await storedScores(who)
    const asked: unknown[] = []
    const at = (ms: number): Parameters<typeof followSoon>[0] => ({
      store: test.store,
      now: () => now + dayMs + ms,
      follow: async (job, startAfter) => void asked.push([job.tenantId, startAfter?.getTime()]),
    })
    const id = idOf(await suppressOne(who, 1))
    expect(await followSoon(at(0), who.tenantId)).toBe('judged')
    const once = await storedScores(who)
    expect([once?.open, Number(once?.leftOut) > Number(before?.leftOut)]).toEqual([before?.open, true])
    await suppressOne(who, 2)
    expect([await followSoon(at(500), who.tenantId), asked]).toEqual(['waits', [[who.tenantId, now + dayMs + 3_500]]])
    await followingSettings(at(3_500), () => Promise.reject(new Error('Nothing is under way.')))({ tenantId: who.tenantId })
    expect(Number((await storedScores(who))?.leftOut)).toBeGreaterThan(Number(once?.leftOut))
    expect(await followSettings(at(4_000), who.tenantId)).toBe('followed')
    await lift(test.store, ada(who), id, 'Mended after all', daysOn(2))
    expect(await followSoon(at(10_000), who.tenantId)).toBe('judged')
    expect(await storedScores(who)).toEqual(once)
    expect(asked).toHaveLength(1)
  })

  it('is counted after the scan under way, and where nothing was read there is nothing to judge', async () => {
    const who = await test.newTenant()
    const asked: unknown[] = []
    const deps = { store: test.store, now: () => now, follow: async (job: unknown) => void asked.push(job) }
    expect(await followSoon(deps, who.tenantId)).toBe('nothing')
    await writeTx(test.store, who, (tx) => insertScan(tx, { startedByName: 'Ada', at: daysOn(0) }))
    expect([await followSoon(deps, who.tenantId), asked]).toEqual(['waits', [{ tenantId: who.tenantId }]])
  })

  it('stays through scans, closes when it is mended, and is suppressed again when it comes back before its day', async () => {
    const who = await tenantWith(1, 2)
    await suppressOne(who, 1)
    await scan(who, 2, 1, 2)
    expect(await statesOf(who)).toEqual({ 1: 'suppressed', 2: 'open' })
    await scan(who, 3, 2)
    expect(await statesOf(who)).toEqual({ 1: 'closed', 2: 'open' })
    expect(await eventsOf(who, () => scan(who, 4, 1, 2))).toContain(`finding.changed ${keyOf(1)}`)
    expect(await statesOf(who)).toEqual({ 1: 'suppressed', 2: 'open' })
  })

  it.each(['daily judgement', 'scan', 'daily work without a judgement'] as const)('returns when its day comes: %s', async (by) => {
    const who = await tenantWith(1, 2)
    await suppressOne(who, 1, daysOn(7))
    const judge = (day: number): Promise<unknown> =>
      by === 'scan'
        ? scan(who, day, 1, 2)
        : by === 'daily judgement'
          ? judgeStoredFacts({ store: test.store, now: () => now + day * dayMs }, who.tenantId)
          : expireSuppressed({ store: test.store, now: () => now + day * dayMs }, who.tenantId)
    expect(await eventsOf(who, () => judge(6))).not.toContain(`finding.changed ${keyOf(1)}`)
    expect(await statesOf(who)).toEqual({ 1: 'suppressed', 2: 'open' })
    expect(await eventsOf(who, () => judge(7))).toContain(`finding.changed ${keyOf(1)}`)
    expect(await statesOf(who)).toEqual({ 1: 'returned', 2: 'open' })
    const page = await findingPage({ store: test.store, profile }, ada(who), checkId, 'en')
    expect(page?.history[0]?.what).toBe(`No longer suppressed: its day came (${daysOn(7).slice(0, 10)}).`)
    expect(await readTx(test.store, who, activeSuppressions)).toEqual([])
  })

  it('returns when it is lifted, and the history says by whom and why', async () => {
    const who = await tenantWith(1)
    const id = idOf(await suppressOne(who, 1))
    const bob = { ...ada(who), displayName: 'Bob' }
    expect(await eventsOf(who, () => lift(test.store, bob, id, 'The contract ended', daysOn(2)))).toEqual([
      `finding.changed ${keyOf(1)}`,
      `suppression.changed ${id}`,
    ])
    expect(await statesOf(who)).toEqual({ 1: 'returned' })
    const page = await findingPage({ store: test.store, profile }, ada(who), checkId, 'en')
    expect(page?.history.map(({ what }) => what).slice(0, 2)).toEqual([
      'No longer suppressed: lifted by Bob. The contract ended',
      `Suppressed: Ada, until ${daysOn(20).slice(0, 10)}. ${reason}`,
    ])
    expect(await lift(test.store, bob, id, 'Again', daysOn(3))).toEqual({ kind: 'endedBefore' })
    expect(await suppressOne(who, 1)).toMatchObject({ kind: 'suppressed' })
    await writeTx(test.store, who, (tx) => pruneBefore(tx, daysOn(10)))
    expect(await readTx(test.store, who, (tx) => listSuppressions(tx, { isActive: false, checkId }, 10))).toEqual({
      suppressions: [],
      total: 0,
    })
    expect(await readTx(test.store, who, activeSuppressions)).toHaveLength(1)
  })

  it('of a whole check covers what is found later; its own suppression outlives that of the check', async () => {
    const who = await tenantWith(1)
    await suppressOne(who, 1)
    const whole = idOf(await suppress(test.store, ada(who), { checkId, reason, until: daysOn(30), owner: 'Eve' }, daysOn(1)))
    await scan(who, 2, 1, 2, 3)
    expect(await statesOf(who)).toEqual({ 1: 'suppressed', 2: 'suppressed', 3: 'suppressed' })
    const scanned = await scan(who, 3, 1, 2, 3)
    expect((await readTx(test.store, who, (tx) => resultOf(tx, scanned, checkId)))?.outcome).toMatchObject({
      verdict: 'fail',
      values: { count: 3 },
    })
    await lift(test.store, ada(who), whole, 'Looked at again', daysOn(4))
    expect(await statesOf(who)).toEqual({ 1: 'suppressed', 2: 'returned', 3: 'returned' })
  })

  it('is one of ten thousand where a check finds so many', async () => {
    const who = await tenantWith(...Array.from({ length: 10_050 }, (_each, index) => index + 1))
    await suppressOne(who, 5)
    const page = (await readTx(test.store, who, (tx) => findingsOfCheck(tx, checkId))).filter(({ state }) => state === 'suppressed')
    expect(page.map(({ key }) => key)).toEqual([keyOf(5)])
    expect((await suppressOne(who, 10_040)).kind).toBe('noSuchFinding')
    await suppress(test.store, ada(who), { checkId, reason, until: daysOn(30) }, daysOn(1))
    expect(new Set(Object.values(await statesOf(who)))).toEqual(new Set(['suppressed']))
  })

  it('belongs to its tenant, and is refused where there is nothing to suppress', async () => {
    const [who, other] = [await tenantWith(1), await tenantWith(2)]
    const id = idOf(await suppressOne(who, 1))
    expect(await lift(test.store, ada(other), id, 'Not mine', daysOn(2))).toEqual({ kind: 'noSuchSuppression' })
    expect(await readTx(test.store, other, activeSuppressions)).toEqual([])
    const kind = async (wanted: object): Promise<string> =>
      (await suppress(test.store, ada(who), { checkId, findingKey: keyOf(1), reason, until: daysOn(9), ...wanted }, daysOn(1))).kind
    expect(await kind({})).toBe('already')
    expect(await kind({ checkId: 'no-such-check' })).toBe('noSuchCheck')
    expect(await kind({ findingKey: keyOf(2) })).toBe('noSuchFinding')
    expect(await kind({ checkId: 'app-secret-expiring' })).toMatch(/^noSuch/)
    expect(await kind({ until: daysOn(400) })).toBe('badDay')
    await scan(who, 2)
    expect(await kind({})).toBe('notOpen')
  })

  it('is suppressed once, also when two people ask at the same time', async () => {
    const who = await tenantWith(1)
    const kinds = (await Promise.all(Array.from({ length: 6 }, () => suppressOne(who, 1)))).map(({ kind }) => kind).sort()
    expect(kinds).toEqual(['already', 'already', 'already', 'already', 'already', 'suppressed'])
  })
})
