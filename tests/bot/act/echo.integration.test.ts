import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Warrant } from '@countersign/core/actions/warrant.ts'
import { inProcessGraph, type InProcessGraph } from '../../../emulator/graph/in-process.ts'
import { clearDirectoryRoles } from '../../../emulator/tenants/roles.ts'
import { collection, type Tenant } from '../../../emulator/tenants/tenant.ts'
import { defaultEchoLooks, type ActDeps } from '../../../bot/src/engine/act/deps.ts'
import { lookForEchoes } from '../../../bot/src/engine/act/echo.ts'
import { execute } from '../../../bot/src/engine/act/execute.ts'
import { cardDelivered, offerTo } from '../../../bot/src/engine/act/offer.ts'
import { confirm } from '../../../bot/src/engine/act/confirm.ts'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { housekeeper } from '../../../bot/src/engine/act/recover.ts'
import { receiptView } from '../../../bot/src/engine/act/views.ts'
import { makeReader } from '../../../bot/src/graph/reader.ts'
import { aidOf, putAid } from '../../../bot/src/store/aid.ts'
import { echoesOf, type StoredEcho } from '../../../bot/src/store/echoes.ts'
import { listProposals } from '../../../bot/src/store/proposals.ts'
import { readTx, writeTx } from '../../../bot/src/store/transaction.ts'
import { openWorld, proposalIdOf, type ActWorld } from './act-world.ts'

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1'
const minute = 60_000
const hour = 60 * minute

let world: ActWorld
let graph: InProcessGraph
let tenant: Tenant
let deps: ActDeps
let aidId: string
let personId: string
let token: string
/** What the next request carries in place of its own User-Agent. */
let userAgent: string | undefined

beforeAll(async () => {
  world = await openWorld()
  graph = inProcessGraph({ tenants: ['contoso-demo'], now: () => world.clock.now })
  graph.world.settings.throttling = false
  tenant = graph.tenant('contoso-demo')
  const users = collection(tenant, 'users')
  const [aid] = users.with('userPrincipalName', `aid@${tenant.domain}`)
  if (!aid) throw new Error('The tenant has no account for the Aid.')
  aidId = aid.id
  token = graph.token('contoso-demo', `aid@${tenant.domain}`, [
    'User.Read.All',
    'User.EnableDisableAccount.All',
    'AuditLog.Read.All',
    'Directory.Read.All',
  ])
  const assigned = new Set([...collection(tenant, 'roleManagement/directory/roleAssignments').values()].map((row) => row['principalId']))
  const person = [...users.values()].find(
    (row) => row['accountEnabled'] === true && row['userType'] === 'Member' && !row['onPremisesSyncEnabled'] && !assigned.has(row.id),
  )
  if (!person) throw new Error('The tenant has nobody to disable.')
  personId = person.id
  const reader = makeReader(() => Promise.resolve({ kind: 'token', token, scopes: [] }), {
    graph: 'https://graph.microsoft.com',
    userAgent: 'test',
    transport: (url, init) => graph.fetch(url, init),
  })
  const writer = { send: (warrant: Warrant) => send(warrant) }
  deps = {
    ...world.deps,
    echoLooks: defaultEchoLooks,
    aid: () => Promise.resolve({ kind: 'aid', objectId: aidId, userPrincipalName: `aid@${tenant.domain}`, reader, writer }),
  }
  await writeTx(world.deps.store, world.ada, async (tx) => {
    const stored = await aidOf(tx)
    if (stored) await putAid(tx, { ...stored, objectId: aidId })
  })
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now += 48 * hour
  graph.world.settings.auditDelayMs = 0
  tenant.flags.licence = 'p2'
  userAgent = undefined
  give(globalAdministrator)
})

function give(role: string): void {
  clearDirectoryRoles(tenant, aidId)
  const row = { id: 'aid-role', principalId: aidId, roleDefinitionId: role, directoryScopeId: '/', appScopeId: null }
  collection(tenant, 'roleManagement/directory/roleAssignments').set(row.id, row)
}

async function send(warrant: Warrant) {
  const response = await graph.fetch(`https://graph.microsoft.com/v1.0${warrant.request.path}`, {
    method: warrant.request.method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'client-request-id': warrant.clientRequestId,
      'user-agent': userAgent ?? warrant.userAgent,
    },
    body: JSON.stringify(warrant.request.body),
  })
  if (!response.ok) throw new Error(`The emulated Graph refused: ${await response.text()}`)
  return { kind: 'answered' as const, status: response.status, requestId: 'r' }
}

/** Disables the person and answers the proposal; enabled again first, by nobody that the log knows of. */
async function disable(): Promise<string> {
  const row = collection(tenant, 'users').get(personId)
  if (!row) throw new Error('The person is gone.')
  collection(tenant, 'users').set(personId, { ...row, accountEnabled: true })
  const id = proposalIdOf(await propose(deps, world.ada, { actionId: 'disable-user', input: { userId: personId } }))
  const offered = await offerTo(deps, world.ada, id, world.chat)
  if (offered.kind !== 'offered') throw new Error(`The card was not offered: ${offered.guard}.`)
  await cardDelivered(deps, world.ada, offered.offer.id, 'card')
  await confirm({ ...world.deps, later: () => undefined }, world.ada, {
    yes: { by: 'code', code: offered.offer.code },
    chat: world.chat,
    words: `yes ${offered.offer.code}`,
  })
  await execute(deps, world.ada, id)
  expect(await world.stateOf(id)).toBe('verified')
  return id
}

/** Looks after some time, as a process that may have been started just then: all it knows is stored. */
async function lookAfter(id: string, milliseconds: number): Promise<StoredEcho> {
  world.clock.now += milliseconds
  await lookForEchoes(deps, housekeeper(world.ada.tenantId))
  const [echo] = await readTx(deps.store, world.ada, (tx) => echoesOf(tx, id))
  if (!echo) throw new Error('Nothing is looked for.')
  return echo
}

async function sentenceOf(id: string): Promise<string> {
  const options = { locale: 'en', chatUrl: '', auditLogUrl: '', now: world.clock.now }
  return (await readTx(deps.store, world.ada, (tx) => receiptView(tx, id, options)))?.echo.sentence ?? ''
}

async function recordsOf(id: string): Promise<number> {
  return (await world.kindsOf(id)).filter((kind) => kind === 'echo').length
}

describe('the row of the tenant’s own log', () => {
  it('that arrives late is found when it is there, and only its proof is kept', async () => {
    graph.world.settings.auditDelayMs = 7 * minute
    const id = await disable()
    expect(await lookAfter(id, 2000)).toMatchObject({ state: 'pending', nextLookAt: expect.any(String) })
    expect(await lookAfter(id, 5 * minute)).toMatchObject({ state: 'pending' })
    const found = await lookAfter(id, 4 * minute)
    expect(found).toMatchObject({ state: 'found', reason: null, nextLookAt: null })
    expect(found.row?.targets.map((target) => [target.id, target.modified.map(({ name }) => name)])).toEqual([
      [personId, ['AccountEnabled']],
    ])
    expect(found.row?.userAgent).toContain(id)
    expect(found.also.every((also) => typeof also === 'string')).toBe(true)
    expect(await recordsOf(id)).toBe(1)
  })

  it('that never arrives is not found after 24 hours, and one that comes later changes nothing', async () => {
    graph.world.settings.auditDelayMs = 25 * hour
    const id = await disable()
    for (const wait of [2000, hour, 12 * hour]) expect(await lookAfter(id, wait)).toMatchObject({ state: 'pending' })
    expect(await lookAfter(id, 11 * hour)).toMatchObject({ state: 'notFound', nextLookAt: null })
    expect(await sentenceOf(id)).toContain('comes later is not looked for')
    expect(await lookAfter(id, 5 * hour)).toMatchObject({ state: 'notFound' })
    expect(await recordsOf(id)).toBe(1)
  })

  it('cannot be read without a licence, which is said, and is found once there is one', async () => {
    const id = await disable()
    tenant.flags.licence = 'free'
    expect(await lookAfter(id, 2000)).toMatchObject({ state: 'notReadable', reason: 'noLicence' })
    expect(await sentenceOf(id)).toContain('premium licence')
    await lookAfter(id, minute)
    expect(await recordsOf(id)).toBe(1)
    tenant.flags.licence = 'p1'
    expect(await lookAfter(id, hour)).toMatchObject({ state: 'found', reason: null })
    expect(await recordsOf(id)).toBe(2)
  })

  it('cannot be read without a role, which is another reason', async () => {
    const id = await disable()
    give(userAdministrator)
    expect(await lookAfter(id, 2000)).toMatchObject({ state: 'notReadable', reason: 'noRole' })
    expect(await sentenceOf(id)).toContain('Reports Reader')
    expect(await lookAfter(id, 30 * hour)).toMatchObject({ state: 'notReadable', reason: 'noRole', nextLookAt: null })
  })

  it('that nobody could ask for is not called missing', async () => {
    const id = await disable()
    const working = deps
    deps = { ...deps, aid: () => Promise.resolve({ kind: 'notConnected' }) }
    const echo = await lookAfter(id, 30 * hour)
    deps = working
    expect(echo).toMatchObject({ state: 'notReadable', reason: 'notReached' })
    expect(await sentenceOf(id)).toContain('could not be asked')
  })

  it('of two equal actions is told apart by the proposal that each request named', async () => {
    const first = await disable()
    world.clock.now += 2 * minute
    const second = await disable()
    const one = await lookAfter(first, 2000)
    const two = await lookAfter(second, 2000)
    expect([one.state, two.state]).toEqual(['found', 'found'])
    expect(one.row?.id).not.toBe(two.row?.id)
    expect([one.row?.userAgent, two.row?.userAgent]).toEqual([expect.stringContaining(first), expect.stringContaining(second)])
  })

  it('of two equal actions is ambiguous where nothing tells them apart, and looked at until the last look', async () => {
    userAgent = 'Mozilla/5.0'
    const first = await disable()
    world.clock.now += 2 * minute
    const second = await disable()
    expect(await lookAfter(first, 2000)).toMatchObject({ state: 'ambiguous', row: null, nextLookAt: expect.any(String) })
    expect(await lookAfter(second, 2000)).toMatchObject({ state: 'ambiguous' })
    expect(await lookAfter(first, 30 * hour)).toMatchObject({ state: 'ambiguous', nextLookAt: null })
    expect(await recordsOf(first)).toBe(1)
  })

  it('is looked for although the process stopped right after the answer was recorded', async () => {
    const working = deps
    deps = {
      ...working,
      get echoLooks(): readonly number[] {
        throw new Error('stopped')
      },
    }
    await expect(disable()).rejects.toThrow('stopped')
    deps = working
    const [stopped] = await readTx(deps.store, world.ada, (tx) => listProposals(tx, { states: ['executed'] }))
    if (!stopped) throw new Error('Nothing was stopped.')
    expect(await readTx(deps.store, world.ada, (tx) => echoesOf(tx, stopped.id))).toEqual([])
    await lookForEchoes(deps, housekeeper(world.ada.tenantId))
    expect(await lookAfter(stopped.id, 2000)).toMatchObject({ state: 'found' })
  })
})
