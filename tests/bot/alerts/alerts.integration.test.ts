import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { chooseRule, digestNow, mute, sendTest, unfollow } from '../../../bot/src/engine/alerts/settings.ts'
import { senderLostAfterMs } from '../../../bot/src/engine/alerts/send.ts'
import { judgeStoredFacts } from '../../../bot/src/engine/daily-judge.ts'
import { putFindings, type StoredFinding } from '../../../bot/src/store/findings.ts'
import { insertScan, moveScan } from '../../../bot/src/store/scans.ts'
import { openSession } from '../../../bot/src/store/sessions.ts'
import { writeTx } from '../../../bot/src/store/transaction.ts'
import { hourMs, openAlertWorld, startedAt, type AlertWorld } from './alert-world.ts'

let world: AlertWorld
beforeEach(async () => void (world = await openAlertWorld()))
afterEach(() => world.close())

function deps() {
  return { store: world.test.store, now: () => world.clock.now }
}
async function raised(): Promise<string[]> {
  return (await world.alerts()).map(({ ruleId }) => ruleId)
}
async function states(): Promise<string[]> {
  return (await world.messages()).map(({ kind, state }) => `${kind} ${state}`)
}
function titles(): string[] {
  return world.sent.map((card) => /"style":"heading"|"text":"([^"]*)"/.exec(JSON.stringify(card))?.[1] ?? '')
}

function riskyPerson(name: string) {
  return {
    id: name,
    userDisplayName: name,
    userPrincipalName: `${name}@contoso.example`,
    isDeleted: false,
    riskLevel: 'high',
    riskState: 'atRisk',
    riskLastUpdatedDateTime: '2026-11-20T00:00:00Z',
  }
}

describe('what is raised', () => {
  it('tells of what begins, once until it has ended, however often facts are judged and looked at', async () => {
    const seen = (...names: readonly string[]): Promise<void> => world.scan({}, { riskyUsers: names.map(riskyPerson) })
    await seen('bo')
    await world.tick()
    // What stood before anybody looked is no news.
    expect(await raised()).toEqual([])
    await seen('bo', 'cleo')
    await world.tick()
    expect(await world.alerts()).toMatchObject([{ ruleId: 'risky-user', name: 'cleo', values: { level: 'high' } }])
    await judgeStoredFacts(deps(), world.ada.tenantId)
    world.clock.now += hourMs
    await world.tick()
    await world.tick()
    // A scan that could not read them says nothing about them.
    await world.scan({})
    await world.tick()
    expect(await raised()).toEqual(['risky-user'])
    await seen('bo')
    await world.tick()
    await seen('bo', 'cleo')
    await world.tick()
    expect(await raised()).toEqual(['risky-user', 'risky-user'])
  })

  it('tells of findings of the chosen severity when no scan is under way', async () => {
    const finding = (number: number, severity: 'critical' | 'high'): StoredFinding => ({
      key: `guest-owns-app:${number}`,
      checkId: 'guest-owns-app',
      object: { type: 'application', id: String(number), part: '', name: 'Payroll `sync`' },
      severity,
      state: 'open',
      values: {},
      basis: [],
      firstSeen: new Date(world.clock.now).toISOString(),
      changedAt: new Date(world.clock.now).toISOString(),
      notReadSince: null,
      scanId: null,
    })
    const open = (...findings: readonly StoredFinding[]): Promise<void> =>
      writeTx(world.test.store, world.ada, (tx) => putFindings(tx, findings))
    await world.scan({})
    await world.tick()
    await open(finding(1, 'critical'), finding(2, 'high'))
    world.clock.now += hourMs
    const running = await writeTx(world.test.store, world.ada, (tx) =>
      insertScan(tx, { startedByName: 'Ada', at: new Date(world.clock.now).toISOString() }),
    )
    await world.tick()
    expect(await raised()).toEqual([])
    const end = { finishedAt: new Date(world.clock.now).toISOString() }
    await writeTx(world.test.store, world.ada, (tx) => moveScan(tx, running?.id ?? '', ['queued'], 'stopped', end))
    world.clock.now += hourMs
    await world.tick()
    expect(await world.alerts()).toMatchObject([
      { ruleId: 'critical-finding', severity: 'critical', name: 'Payroll sync', path: '/findings/guest-owns-app' },
    ])
    await chooseRule(deps(), world.ada, 'critical-finding', { isOn: true, severity: 'critical', parameters: { severities: 'high' } })
    await world.tick()
    expect((await world.alerts()).map(({ severity }) => severity)).toEqual(['critical', 'high'])
  })

  it('two processes that look at the same time raise and send each once', async () => {
    await world.openChat()
    await world.wants()
    await world.scan({ 1: 3, 2: 5 })
    world.next.push('slow')
    const other = await world.anotherStore()
    await Promise.all([world.tick(), world.tick(other), world.tick(), world.tick(other)])
    await world.tick(other)
    expect(await raised()).toEqual(['credential-expiring', 'credential-expiring'])
    expect(world.sent).toHaveLength(1)
    expect(await states()).toEqual(['immediate delivered'])
  })

  it('a rule that is off says nothing, also not of what began meanwhile when it is on again', async () => {
    const rule = { severity: 'medium', parameters: { days: 14 } } as const
    await chooseRule(deps(), world.ada, 'credential-expiring', { isOn: false, ...rule })
    await world.scan({ 1: 3 })
    await world.tick()
    await chooseRule(deps(), world.ada, 'credential-expiring', { isOn: true, ...rule })
    await world.tick()
    expect(await raised()).toEqual([])
    expect(
      await chooseRule(deps(), world.ada, 'credential-expiring', { isOn: true, severity: 'low', parameters: { days: 91, other: 1 } }),
    ).toEqual({
      kind: 'bad',
      problems: [
        { path: 'body.parameters.days', message: 'Days ahead must be a whole number from 1 to 90.' },
        { path: 'body.parameters.other', message: 'The rule has no parameter other.' },
      ],
    })
  })
})

describe('what is sent', () => {
  it('a hundred things are one message with the top of them, and nobody is told who did not ask', async () => {
    await world.openChat()
    await world.scan(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [index + 1, 5])))
    await world.tick()
    expect(await world.messages()).toEqual([])
    await world.wants()
    await world.scan(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [index + 1, 5])))
    await world.tick()
    expect(world.sent).toHaveLength(1)
    expect(titles()).toEqual(['100 alerts'])
    const card = JSON.stringify(world.sent[0])
    expect(card).toContain('95 more in Countersign.')
    expect(card).toContain('http://tab/findings/app-secret-expires-soon')
    expect(card).toContain('Mute for 7 days')
    expect(card).toContain('Stop these messages')
  })

  it('waits for the end of quiet hours, gathers meanwhile, and leaves out what was muted', async () => {
    await world.openChat()
    await world.wants({ quiet: { from: 11, to: 14 }, rules: ['credential-expiring', 'scan-failing'] })
    await world.scan({ 1: 5 })
    await world.tick()
    await world.scan({ 1: 5, 2: 5 })
    await world.tick()
    expect(world.sent).toEqual([])
    expect(await world.messages()).toMatchObject([
      { state: 'waiting', notBefore: '2026-11-22T14:00:00.000Z', alerts: [expect.any(Number), expect.any(Number)] },
    ])
    world.clock.now = startedAt + 2 * hourMs - 1
    await world.tick()
    expect(world.sent).toEqual([])
    world.clock.now = startedAt + 2 * hourMs
    await world.tick()
    expect(titles()).toEqual(['2 alerts'])

    world.clock.now = startedAt + 24 * hourMs
    await world.scan({ 1: 5, 2: 5, 3: 5 })
    await world.tick()
    await mute(deps(), world.ada, 'credential-expiring', 7)
    world.clock.now = startedAt + 26 * hourMs
    await world.tick()
    expect(world.sent).toHaveLength(1)
    expect(await states()).toEqual(['immediate dropped', 'immediate delivered'])
  })

  it('a death between sending and noting sends once more and never drops in silence', async () => {
    await world.openChat()
    await world.wants()
    await world.scan({ 1: 5 })
    world.next.push('dies')
    await expect(world.tick()).rejects.toThrow('The process is gone.')
    expect(await states()).toEqual(['immediate sending'])
    const other = await world.anotherStore()
    await world.tick(other)
    expect(world.sent).toHaveLength(1)
    world.clock.now += senderLostAfterMs
    await world.tick(other)
    await world.tick(other)
    expect(world.sent).toHaveLength(2)
    expect(await states()).toEqual(['immediate delivered'])
  })

  it('two deaths end it as unclear, for a person to see', async () => {
    await world.openChat()
    await world.wants()
    await world.scan({ 1: 5 })
    world.next.push('dies', 'dies')
    await expect(world.tick()).rejects.toThrow()
    world.clock.now += senderLostAfterMs
    await expect(world.tick()).rejects.toThrow()
    world.clock.now += senderLostAfterMs
    await world.tick()
    expect(world.sent).toHaveLength(2)
    expect(await world.messages()).toMatchObject([{ state: 'unclear', detail: expect.stringContaining('It may have arrived') }])
  })

  it('tries again what the channel could not take, and says why what failed has failed', async () => {
    await world.openChat()
    await world.wants()
    await world.scan({ 1: 5 })
    world.next.push({ kind: 'later', problem: 'busy' })
    await world.tick()
    expect(await world.messages()).toMatchObject([{ state: 'waiting', tries: 1, detail: 'The channel did not take it.' }])
    world.clock.now += 60_000
    await world.tick()
    expect(await states()).toEqual(['immediate delivered'])
    world.next.push({ kind: 'gone', status: 403 })
    expect(await sendTest(deps(), world.ada)).toBe(true)
    await world.tick()
    expect(await states()).toEqual(['test failed', 'immediate delivered'])
    // The chat is forgotten: there is nowhere to send to.
    expect(await sendTest(deps(), world.ada)).toBe(false)
  })

  it('whoever lost the right to see gets nothing, and what nobody can check waits', async () => {
    await world.openChat()
    await world.wants()
    await world.scan({ 1: 5 })
    world.roles = ['viewer']
    await world.tick()
    expect(await world.messages()).toMatchObject([{ state: 'dropped', detail: 'The person no longer holds a role that may see it.' }])
    world.roles = undefined
    await world.scan({ 1: 5, 2: 5 })
    await world.tick()
    expect((await world.messages())[0]).toMatchObject({ state: 'waiting', detail: 'Which role the person holds could not be read.' })
    const { objectId: personId, displayName } = world.ada
    await writeTx(world.test.store, world.ada, (tx) => openSession(tx, { personId, displayName, roles: ['reviewer'] }, world.clock.now))
    world.clock.now += 5 * 60_000
    await world.tick()
    expect(world.sent).toHaveLength(1)
  })

  it('the digest holds what happened since the last one, at its hour; stopping stops it', async () => {
    await world.openChat()
    await world.wants({ immediate: false, digest: true, hour: 14, weekdays: [1, 2, 3, 4, 5, 6, 7] })
    await world.scan({ 1: 5 })
    await world.tick()
    await world.scan({ 1: 5, 2: 5 })
    await world.tick()
    expect(world.sent).toEqual([])
    world.clock.now = startedAt + 2 * hourMs
    await world.tick()
    expect(titles()).toEqual(['Your digest: 2 alerts'])
    world.clock.now = startedAt + 26 * hourMs
    await world.tick()
    expect(world.sent).toHaveLength(1)
    await world.scan({ 1: 5, 2: 5, 3: 5 })
    await world.tick()
    expect(await digestNow(deps(), world.ada)).toEqual({ kind: 'planned', alerts: 1 })
    expect(await digestNow(deps(), world.ada)).toEqual({ kind: 'planned', alerts: 0 })
    await world.tick()
    expect(titles()).toEqual(['Your digest: 2 alerts', 'Your digest: 1 alert'])
    await unfollow(deps(), world.ada)
    await world.scan({ 4: 5 })
    world.clock.now = startedAt + 60 * hourMs
    await world.tick()
    expect(world.sent).toHaveLength(2)
    expect(await digestNow(deps(), world.ada)).toEqual({ kind: 'notFollowing' })
  })
})
