import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { z } from 'zod'
import { applicationSchema, applicationsSchema, type ApplicationsView, type listApplications } from '../../../core/api/applications.ts'
import type { Json } from '../../../core/digest.ts'
import { facts, type ReadFactId } from '../../../core/posture/facts.ts'
import { keepApplications } from '../../../bot/src/engine/scan/applications.ts'
import { judgeSnapshot } from '../../../bot/src/engine/scan/judge.ts'
import { applicationLines, applicationView, placeOf } from '../../../bot/src/http/views/application.ts'
import { finishFact, markUnread, openFactWriter, writeFactRows } from '../../../bot/src/store/facts.ts'
import { insertScan, moveScan } from '../../../bot/src/store/scans.ts'
import { readTx, writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { appRole, enterprise, grant, microsoftGraph, organization, ownedBy, registered } from '../../build/applications.ts'
import { inDays, now, secret } from '../../build/facts.ts'
import { user } from '../../build/people.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'

const profile = {
  act: 'on',
  assistant: 'none',
  isolation: 'dedicated',
  cloud: 'global',
  region: '',
  environment: 'emulator',
  retentionDays: 30,
} as const
let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

type Rows = { readonly [Id in ReadFactId]?: readonly { readonly id: string }[] | 'unread' }

const at = inDays(0)
const applicationCount = 250
const control = 'a7'

/** One application in many is dangerous, a few have a secret, and one is used by people who consented for themselves. */
const tenantRows: Rows = {
  organization: [organization()],
  applications: [
    ...Array.from({ length: 20 }, (_, index) =>
      registered(`a${index}`, { passwordCredentials: index % 2 === 1 ? [secret(`k${index}`, inDays(30))] : [] }),
    ),
  ],
  servicePrincipals: [
    microsoftGraph(),
    ...Array.from({ length: applicationCount }, (_, index) => enterprise(`a${index}`, { displayName: `Application ${index % 10}` })),
  ],
  applicationOwners: [ownedBy(control, 'u1', 'u2')],
  appRoleAssignments: [appRole(control, 'RoleManagement.ReadWrite.Directory')],
  oauth2PermissionGrants: [grant('a8', 'Mail.Read openid', 'u1'), grant('a8', 'Mail.Read', 'u2'), grant('a9', 'User.Read')],
  users: [user('u1', { displayName: 'Ada' }), user('u2', { userType: 'Guest' })],
}

async function judged(who: StoredJob, rows: Rows, isFinal = true): Promise<string> {
  const id = await writeTx(test.store, who, async (tx) => {
    const scan = await insertScan(tx, { startedByName: 'Ada', at })
    if (!scan) throw new Error('A scan was under way.')
    for (const { id: fact, key } of facts) {
      const given = rows[fact] ?? []
      if (given === 'unread') {
        await markUnread(tx, scan.id, fact, { reason: 'role', detail: 'Security Reader' })
        continue
      }
      const writer = await openFactWriter(tx, scan.id, fact)
      const keyed = given.map((row) => ({ key: (key as (row: unknown) => string)(row), row: JSON.parse(JSON.stringify(row)) as Json }))
      await writeFactRows(tx, writer, keyed)
      await finishFact(tx, writer, at)
    }
    await moveScan(tx, scan.id, ['queued'], 'finished', { finishedAt: at })
    return scan.id
  })
  const { applications } = await readTx(test.store, who, (tx) => judgeSnapshot(tx, id))
  await writeTx(test.store, who, (tx) => keepApplications(tx, applications, { factsOf: id, isFinal }))
  return id
}

type Ask = Partial<Omit<z.infer<NonNullable<typeof listApplications.query>>, 'cursor'>>

function page(who: StoredJob, { cursor, ...given }: Ask & { cursor?: string } = {}): Promise<ApplicationsView> {
  const ask = { sort: 'risk', order: 'natural', ...given } as const
  const after = cursor === undefined ? undefined : placeOf(cursor, ask)
  return readTx(test.store, who, async (tx) => applicationsSchema.parse(await applicationLines(tx, { ...ask, after }, 'en')))
}

async function walk(who: StoredJob, ask: Ask): Promise<ApplicationsView['applications']> {
  const found: ApplicationsView['applications'] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const view = await page(who, { ...ask, ...(cursor === undefined ? {} : { cursor }) })
    expect(view.applications.length).toBeLessThanOrEqual(100)
    found.push(...view.applications)
    cursor = view.next
  }
  return found
}

describe('the risk of applications, kept with a judgement', () => {
  let who: StoredJob
  beforeAll(async () => {
    who = await test.newTenant()
    expect(await page(who)).toMatchObject({ asOf: null, notKnown: { reason: 'noScan' }, applications: [] })
    await judged(who, tenantRows)
  })

  it('is listed a hundred at a time, worst first, each application once', async () => {
    const found = await walk(who, { sort: 'risk' })
    expect(found).toHaveLength(applicationCount + 1)
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
    const scores = found.map(({ score }) => score)
    expect(scores).toEqual([...scores].sort((left, right) => right - left))
    expect(found[0]).toMatchObject({
      id: control,
      level: 'critical',
      permissions: { application: 1, control: 1 },
      credentials: 1,
      owners: 2,
    })
    expect(found[0]?.because).toContain('RoleManagement.ReadWrite.Directory')
  })

  it('is listed by name just so, with equal names told apart', async () => {
    const found = await walk(who, { sort: 'name' })
    expect(new Set(found.map(({ id }) => id)).size).toBe(applicationCount + 1)
    const keys = found.map(({ name, id }) => `${name.toLowerCase()} ${id}`)
    expect(keys).toEqual([...keys].sort())
  })

  it('is searched by a part of the name, or a whole id', async () => {
    expect((await page(who, { search: 'APPLICATION 3' })).count).toBe(applicationCount / 10)
    expect((await page(who, { search: 'client-of-a7' })).applications.map(({ id }) => id)).toEqual([control])
    expect((await page(who, { search: 'A7' })).applications.map(({ id }) => id)).toEqual([control])
    expect(await page(who, { search: '100%_' })).toMatchObject({ count: 0, applications: [], next: null })
  })

  it.each(['risk', 'name', 'end', 'permissions'] as const)('is walked by %s in both directions, each application once', async (sort) => {
    const forth = await walk(who, { sort })
    const back = await walk(who, { sort, order: 'reversed' })
    for (const found of [forth, back]) expect(new Set(found.map(({ id }) => id)).size).toBe(applicationCount + 1)
    const first = { risk: control, name: 'a0', end: 'a1', permissions: 'a8' }[sort]
    expect([forth[0]?.id, back[0]?.id === first]).toEqual([first, false])
  })

  it('is filtered by level, publisher, power, end, owner and state, and counted by publisher and level', async () => {
    const { tally } = await page(who)
    expect(tally.reduce((sum, { count }) => sum + count, 0)).toBe(applicationCount + 1)
    for (const { publisher, level, count } of tally) expect((await page(who, { publisher, level })).count).toBe(count)
    const ids = async (ask: Ask): Promise<string[]> => (await walk(who, ask)).map(({ id }) => id)
    expect(await ids({ control: 'yes' })).toEqual([control])
    expect(new Set(await ids({ endsWithin: 31 }))).toEqual(new Set(Array.from({ length: 10 }, (_, index) => `a${index * 2 + 1}`)))
    expect(await ids({ endsWithin: 29 })).toEqual([])
    expect(await ids({ owners: 'none' })).not.toContain(control)
    expect((await page(who, { owners: 'none' })).count).toBe(applicationCount)
    expect([(await page(who, { enabled: 'yes' })).count, (await page(who, { enabled: 'no' })).count]).toEqual([applicationCount + 1, 0])
  })

  it('takes no cursor but its own, of the same order', async () => {
    const { next } = await page(who)
    const places = [
      placeOf(next ?? '', { sort: 'risk', order: 'natural' }) !== undefined,
      placeOf(next ?? '', { sort: 'risk', order: 'reversed' }),
      placeOf(next ?? '', { sort: 'name', order: 'natural' }),
      placeOf('x', { sort: 'risk', order: 'natural' }),
    ]
    expect(places).toEqual([true, undefined, undefined, undefined])
  })

  it('is explained for one application, down to the facts', async () => {
    const view = await readTx(test.store, who, async (tx) => applicationSchema.parse(await applicationView(tx, control, profile, 'en')))
    expect(view.parts.reduce((sum, { points }) => sum + points, 0)).toBe(view.score)
    expect(view.credentials).toMatchObject([{ kind: 'secret', keyId: 'k7', hasEnded: false, endsAt: inDays(30) }])
    expect(view.owners.map(({ id, state }) => [id, state])).toEqual([
      ['u1', 'member'],
      ['u2', 'guest'],
    ])
    expect(view.graph.paths.map(({ from, hops }) => [from, hops.map(({ to }) => to)])).toEqual([
      ['u1', [control, expect.stringContaining('RoleManagement.ReadWrite.Directory'), 'tenant']],
      ['u2', [control, expect.stringContaining('RoleManagement.ReadWrite.Directory'), 'tenant']],
    ])
    for (const { basis } of view.graph.edges) expect(basis.length).toBeGreaterThan(0)
    expect(await readTx(test.store, who, (tx) => applicationView(tx, 'nobody', profile, 'en'))).toBeUndefined()
  })

  it('names who consented, from the stored facts', async () => {
    const view = await readTx(test.store, who, (tx) => applicationView(tx, 'a8', profile, 'en'))
    expect(view?.consents).toEqual({
      people: [
        { id: 'u1', name: 'Ada', permissions: ['Mail.Read', 'openid'], basis: 'oauth2PermissionGrants/a8-u1' },
        { id: 'u2', name: 'Person u2', permissions: ['Mail.Read'], basis: 'oauth2PermissionGrants/a8-u2' },
      ],
      unlisted: 0,
    })
    const everybody = await readTx(test.store, who, (tx) => applicationView(tx, 'a9', profile, 'en'))
    expect([everybody?.permissions.map(({ consent }) => consent), everybody?.consents.people]).toEqual([['everybody'], []])
  })

  it('is shown to no other tenant', async () => {
    const other = await test.newTenant()
    await judged(other, { organization: [organization()] })
    expect(await page(other)).toMatchObject({ notKnown: null, count: 0 })
    expect(await readTx(test.store, other, (tx) => applicationView(tx, control, profile, 'en'))).toBeUndefined()
    expect((await page(who)).count).toBe(applicationCount + 1)
  })
})

describe('what was judged before', () => {
  it('gives way to what is judged now, those that are gone included', async () => {
    const who = await test.newTenant()
    await judged(who, tenantRows)
    const servicePrincipals = [microsoftGraph(), enterprise(control, { displayName: 'Renamed' })]
    await judged(who, { ...tenantRows, servicePrincipals })
    expect((await page(who)).applications.map(({ name }) => name)).toEqual(['Renamed', 'Microsoft Graph'])
  })

  it('stays while a scan still waits, and is not shown as current where it could not be read', async () => {
    const who = await test.newTenant()
    await judged(who, tenantRows)
    await judged(who, { ...tenantRows, users: 'unread' }, false)
    expect(await page(who)).toMatchObject({ notKnown: null, count: applicationCount + 1 })
    await judged(who, { ...tenantRows, users: 'unread' })
    expect(await page(who)).toMatchObject({ asOf: new Date(now).toISOString(), notKnown: { reason: 'role' }, count: 0 })
  })
})
