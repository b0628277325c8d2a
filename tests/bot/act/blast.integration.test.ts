import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { blastSentences } from '@countersign/core/actions/blast.ts'
import { actions } from '@countersign/core/actions/catalogue.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { settingsSchema } from '@countersign/core/posture/settings.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import type { ActDeps } from '../../../bot/src/engine/act/deps.ts'
import { propose, type ProposeAnswer } from '../../../bot/src/engine/act/propose.ts'
import { makeReader } from '../../../bot/src/graph/reader.ts'
import { putSwitch } from '../../../bot/src/store/action-switches.ts'
import { putAid } from '../../../bot/src/store/aid.ts'
import { writeSettings } from '../../../bot/src/store/settings.ts'
import { writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { inProcessGraph, type InProcessGraph } from '../../../emulator/graph/in-process.ts'
import { collection, put, text, type Row } from '../../../emulator/tenants/world.ts'
import { scanDependencies, scanOnce } from '../scan/scan-world.ts'
import { openTestStore, silentLog, type TestStore } from '../store/test-store.ts'

const tenantName = 'contoso-demo'
const now = Date.parse('2026-11-22T12:00:00Z')
const at = new Date(now).toISOString()
const lastName = 'zuzana.obrien@contoso-demo.example'

let test: TestStore
let graph: InProcessGraph
let scanned: StoredJob
let empty: StoredJob

beforeAll(async () => {
  test = await openTestStore()
  graph = inProcessGraph({ tenants: [tenantName], now: () => now })
  leaveOneAdministrator()
  scanned = await ready()
  empty = await ready()
  await scanOnce(scanDependencies(test.store, graph, tenantName), scanned)
})
afterAll(() => test.close())

/** A tenant with the Aid connected and every action switched on. */
async function ready(): Promise<StoredJob> {
  const who = await test.newTenant()
  await writeTx(test.store, who, async (tx) => {
    await putAid(tx, {
      objectId: randomUUID(),
      userPrincipalName: 'aid@contoso-demo.example',
      state: 'connected',
      detail: null,
      reason: null,
      policy: null,
      roles: [],
      heldRoles: [],
      registrations: null,
      scopes: [...new Set(actions.flatMap(({ writeScopes, proofScopes }) => [...writeScopes, ...proofScopes]))],
      connectedBy: who.objectId,
      connectedAt: at,
      checkedAt: at,
    })
    for (const { id } of actions) await putSwitch(tx, { actionId: id, enabled: true, by: who.objectId, byName: 'Ada', at })
  })
  return who
}

function users(): Row[] {
  return [...collection(graph.tenant(tenantName), 'users').values()]
}

function idOf(userPrincipalName: string): string {
  const user = users().find((row) => text(row, 'userPrincipalName') === userPrincipalName)
  if (!user) throw new Error(`The demo tenant has no ${userPrincipalName}.`)
  return user.id
}

/** Everybody else who holds a role in the demo tenant, by themselves or through a group, is blocked. */
function leaveOneAdministrator(): void {
  const tenant = graph.tenant(tenantName)
  const roles = [...collection(tenant, 'roleManagement/directory/roleAssignments').values()]
  const members = [...collection(tenant, 'groupMembers').values()]
  const holders = new Set(roles.flatMap((row) => text(row, 'principalId') ?? []))
  for (const member of members) if (holders.has(text(member, 'groupId') ?? '')) holders.add(text(member, 'memberId') ?? '')
  for (const user of users())
    if (holders.has(user.id) && text(user, 'userPrincipalName') !== lastName) put(tenant, 'users', { ...user, accountEnabled: false })
}

function ask(who: StoredJob, actionId: string, input: unknown, named: readonly string[] = []): Promise<ProposeAnswer> {
  const token = graph.token(tenantName)
  const reader = makeReader(async () => ({ kind: 'token', token, scopes: [] }), {
    graph: 'https://graph.local',
    userAgent: 'Countersign/test',
    transport: (url, init) => graph.fetch(url, init),
  })
  const deps: ActDeps = {
    store: test.store,
    log: silentLog,
    act: 'on',
    version: '0.0.0',
    now: () => now,
    newId: randomUUID,
    randomBytes: (count) => randomBytes(count),
    aid: async () => ({
      kind: 'aid',
      objectId: randomUUID(),
      userPrincipalName: 'aid@contoso-demo.example',
      reader,
      writer: { send: () => Promise.reject(new Error('Nothing is sent here.')) },
    }),
    approvers: async () => [{ objectId: randomUUID(), name: 'Bo', roles: ['admin'] }],
    later: () => undefined,
    wait: async () => undefined,
    checkpoint: async () => undefined,
    readBackWaits: [],
    echoLooks: [],
    signInsPatienceMs: 600_000,
  }
  const principal: Principal = { ...who, displayName: 'Ada', roles: ['admin'], door: 'chat' }
  return propose(deps, principal, { actionId, input, named })
}

function proposed(answer: ProposeAnswer): Proposal {
  if (answer.kind !== 'proposed') throw new Error(`Nothing was proposed: ${answer.reason} ${JSON.stringify(answer.values)}.`)
  return answer.proposal
}

function told({ blast }: Proposal): string {
  return blast.map(({ reason, values }) => renderMessage(blastSentences[reason] ?? '', values)).join('\n')
}

describe('what a change means for others', () => {
  it('refuses to block the last Global Administrator until the name is written out, and keeps the name', async () => {
    const input = { userId: idOf(lastName) }
    expect(await ask(scanned, 'disable-user', input)).toMatchObject({ kind: 'refused', reason: 'lockOut', values: { names: lastName } })
    expect(await ask(scanned, 'disable-user', input, ['somebody@contoso-demo.example'])).toMatchObject({ reason: 'lockOut' })
    const proposal = proposed(await ask(scanned, 'disable-user', input, [lastName.toUpperCase()]))
    expect(proposal.acknowledged).toEqual([lastName.toUpperCase()])
    expect(proposal.blast[0]).toMatchObject({ reason: 'lastGlobalAdministrator', locksOut: lastName })
  })

  it('names accounts that are declared for emergencies', async () => {
    const name = 'magdalena.novak@contoso-demo.example'
    const settings = settingsSchema.parse({ exclusions: { users: [idOf(name)] } })
    await writeTx(test.store, scanned, (tx) => writeSettings(tx, { settings, baselineId: 'default' }, at))
    expect(await ask(scanned, 'disable-user', { userId: idOf(name) })).toMatchObject({ reason: 'lockOut', values: { names: name } })
    await writeTx(test.store, scanned, (tx) => writeSettings(tx, { settings: settingsSchema.parse({}), baselineId: 'default' }, at))
  })

  it('tells what applications a person owns', async () => {
    const proposal = proposed(await ask(scanned, 'disable-user', { userId: idOf('magdalena.novak@contoso-demo.example') }))
    expect(proposal.blast.map(({ reason }) => reason)).toContain('ownsApplications')
    expect(told(proposal)).not.toContain('not known in full')
  })

  it('tells which checks rest on a policy alone', async () => {
    const policies = [...collection(graph.tenant(tenantName), 'identity/conditionalAccess/policies').values()]
    const policy = policies.find((row) => text(row, 'displayName') === 'Require multifactor authentication for everyone')
    const proposal = proposed(await ask(scanned, 'policy-to-report-only', { policyId: policy?.id }))
    expect(told(proposal)).toMatch(/would no longer hold for [\d,]+ people who can sign in/)
  })

  it('tells what an enterprise application may do, and who signs in through it', async () => {
    const tenant = graph.tenant(tenantName)
    const microsoft = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'
    const given = [...collection(tenant, 'appRoleAssignments').values()].filter((row) => text(row, 'principalType') === 'ServicePrincipal')
    const principal = given
      .map((row) => collection(tenant, 'servicePrincipals').get(text(row, 'principalId') ?? ''))
      .find((row) => row?.['accountEnabled'] === true && text(row, 'appOwnerOrganizationId') !== microsoft)
    const proposal = proposed(await ask(scanned, 'block-service-principal', { servicePrincipalId: principal?.id }))
    expect(told(proposal)).toMatch(/may do|take control/)
    const rows = [...collection(tenant, 'auditLogs/signIns').values()]
    const used = new Set(
      rows.filter((row) => text(row, 'appId') === text(principal ?? { id: '' }, 'appId')).map((row) => text(row, 'userId')),
    )
    const through = proposal.blast.find(({ reason }) => reason === 'signedInThrough')
    expect(through?.values).toMatchObject({ count: used.size, all: 'yes' })
    expect(told(proposal)).not.toContain('Who has signed in')
  })

  it('says that nothing is known where no scan is finished, and proposes all the same', async () => {
    const proposal = proposed(await ask(empty, 'disable-user', { userId: idOf(lastName) }))
    expect(proposal.blast).toEqual([{ reason: 'noScan', values: {}, locksOut: null }])
  })
})
