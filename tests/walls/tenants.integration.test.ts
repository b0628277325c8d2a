// What keeps the rows of two tenants apart in the database itself stands in tests/bot/store/isolation.integration.test.ts and
// schema.integration.test.ts; here one running service holds both, and people of one try every way to the other.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { actions } from '../../core/actions/catalogue.ts'
import { findingSchema } from '../../core/api/findings.ts'
import { overviewSchema } from '../../core/api/posture.ts'
import { proposalSchema, receiptSchema } from '../../core/api/proposals.ts'
import type { Route } from '../../core/api/route.ts'
import type { Api, ApiAnswer } from '../bot/service.ts'
import { openChatLine, type ChatLine, type Writer } from './chat-line.ts'
import { digestTables } from './inside.ts'
import { allRoutes, callRoute, guardedRoutes, pathOf, scan, startWalls, type Walls } from './stack.ts'

/** One of the two tenants, with everything that the other must never see. */
interface Side {
  readonly name: string
  readonly tenantId: string
  readonly api: Api
  readonly writer: Writer
  readonly scanId: string
  readonly findingKeys: readonly string[]
  /** Carried out and verified; waiting for a countersignature. */
  readonly verified: string
  readonly waiting: string
  readonly aidId: string
  readonly victimId: string
  /** Ids, names and addresses that exist on this side alone. */
  readonly marks: readonly string[]
}

let walls: Walls
let line: ChatLine
let contoso: Side
let second: Side
beforeAll(async () => {
  walls = await startWalls({ tenantNames: ['contoso-demo', 'second'], withAid: true })
  line = await openChatLine(walls.emulator)
  await walls.emulator.control('PUT', '/bot', {
    endpoint: `${walls.origin}/api/messages`,
    appId: walls.registrations.ids.chat,
    tenant: 'contoso-demo',
  })
  const sides = [await settle('contoso-demo', 'ada'), await settle('second', 'eve')] as const
  const own = (index: 0 | 1): Side => ({
    ...sides[index],
    marks: sides[index].marks.filter((mark) => !sides[index === 0 ? 1 : 0].marks.includes(mark)),
  })
  contoso = own(0)
  second = own(1)
}, 120_000)
afterAll(async () => {
  await line?.close()
  await walls?.stop()
})

/** Scans a tenant, has one person blocked by chat, and leaves one more proposal waiting. */
async function settle(name: string, owner: string): Promise<Side> {
  const { id: tenantId, domain } = walls.tenant(name)
  const api = await walls.as(name, owner)
  const people = await walls.people(name)
  const idOf = (local: string): string => people.find(({ userPrincipalName }) => userPrincipalName === `${local}@${domain}`)?.id ?? ''
  const writer: Writer = { tenantId, objectId: idOf(owner), name: owner, conversationId: `a:chat-of-${owner}` }
  const scanId = await scan(api)
  const { affected } = findingSchema.parse((await api.get('/api/findings/app-secret-expired')).body)

  const { said } = await line.say(writer, `disable user dan@${domain}`)
  const code = /reply: yes ([A-Z0-9]{4})/i.exec(said.join(' '))?.[1]
  if (code === undefined) throw new Error(`No card came in the chat of ${owner}: ${said.join(' ')}`)
  await line.say(writer, `yes ${code}`)
  const verified = await settledReceipt(api)
  const victim = people.find(
    ({ id, userPrincipalName }) => ![writer.objectId, idOf('dan'), idOf('aid')].includes(id) && userPrincipalName.endsWith(`@${domain}`),
  )
  const proposal = proposalSchema.parse(
    (await api.post('/api/proposals', { actionId: 'disable-user', input: { userId: victim?.id } })).body,
  )
  await line.waitFor(writer.conversationId, new RegExp(victim?.id ?? '-'))

  const names = [
    ...people.flatMap((one) => [one.id, one.userPrincipalName, one.displayName ?? '']),
    ...affected.flatMap((one) => [one.objectId, one.name, one.part]),
  ]
  return {
    name,
    tenantId,
    api,
    writer,
    scanId,
    findingKeys: affected.map(({ findingKey }) => findingKey),
    verified,
    waiting: proposal.id,
    aidId: idOf('aid'),
    victimId: victim?.id ?? '',
    marks: [...new Set([tenantId, domain, scanId, verified, proposal.id, proposal.preview.hash, ...names])].filter(
      (mark) => mark.length > 3,
    ),
  }
}

/** The id of the one receipt, once its audit row was found and nothing of it moves any more. */
async function settledReceipt(api: Api): Promise<string> {
  for (let look = 0; look < 300; look++) {
    const { receipts } = z
      .object({ receipts: z.array(z.object({ proposalId: z.string(), state: z.string(), echo: z.string() })) })
      .parse((await api.get('/api/receipts')).body)
    if (receipts[0]?.state === 'verified' && receipts[0].echo === 'found') return receipts[0].proposalId
    await wait(100)
  }
  throw new Error('There was no verified receipt with its audit row within 30 seconds.')
}

/** Marks of a side that stand in a text. */
function marksIn(side: Side, text: string): readonly string[] {
  return side.marks.filter((mark) => text.includes(mark))
}

/** Every address of a GET route with the ids of a side in it. */
function addresses(route: Route, side: Side): readonly string[] {
  if (route.path.includes(':proposalId')) return [side.verified, side.waiting].map((proposalId) => pathOf(route, { proposalId }))
  if (route.path.includes(':scanId')) return [pathOf(route, { scanId: side.scanId })]
  if (route.path.includes(':checkId'))
    return ['app-secret-expired', 'global-administrator-count', 'legacy-authentication-blocked', 'app-secret-expires-soon'].map((checkId) =>
      pathOf(route, { checkId }),
    )
  return [pathOf(route)]
}
const gets = guardedRoutes.filter(({ method }) => method === 'GET')
const namesOwnId = (route: Route): boolean => /:(scanId|proposalId)/.test(route.path)

describe.each([
  ['second', 'contoso-demo'],
  ['contoso-demo', 'second'],
])('a person of %s, owner there, and the data of %s', (mine, theirs) => {
  let own: Side
  let other: Side
  beforeAll(() => {
    own = mine === 'second' ? second : contoso
    other = theirs === 'second' ? second : contoso
  })

  it('both tenants have rows in the same tables: there is something to keep apart', async () => {
    const rows = await digestTables(walls.dataDir, other.tenantId)
    for (const table of [
      'tenant',
      'scan',
      'fact_row',
      'finding',
      'proposal',
      'offer',
      'journal',
      'echo',
      'event',
      'aid',
      'vault_secret',
      'conversation',
    ])
      expect([table, (rows[table]?.rows ?? 0) > 0]).toEqual([table, true])
    expect(other.marks.length).toBeGreaterThan(50)
  })

  it('no GET route shows an id or a name of the other, whatever id it is asked for', async () => {
    let shown = 0
    for (const route of gets) {
      for (const path of addresses(route, other)) {
        const answer = await own.api.get(path)
        if (namesOwnId(route)) expect([path, answer.status]).toEqual([path, 404])
        else expect([path, answer.status]).toEqual([path, 200])
        expect([
          path,
          marksIn({ ...other, marks: other.marks.filter((mark) => !path.includes(mark)) }, JSON.stringify(answer.body)),
        ]).toEqual([path, []])
      }
      for (const path of addresses(route, own)) shown += marksIn(own, JSON.stringify((await own.api.get(path)).body)).length
    }
    // The same walk over their own ids shows plenty, so silence about the other's means something.
    expect(shown).toBeGreaterThan(20)
  }, 30_000)

  it('the event stream tells nothing of what happens in the other', async () => {
    const { cursor } = z.object({ cursor: z.number() }).parse((await own.api.get('/api/events')).body)
    const stop = new AbortController()
    const heard: string[] = []
    const listening = listen(`/api/events?after=${cursor}`, mine, stop.signal, (text) => heard.push(text))
    await wait(300)
    expect((await other.api.post('/api/trust/refresh')).status).toBe(200)
    await wait(500)
    expect(heard.join('')).not.toContain('data:')
    expect((await own.api.post('/api/trust/refresh')).status).toBe(200)
    for (let look = 0; look < 50 && !heard.join('').includes('data:'); look++) await wait(100)
    expect(heard.join('')).toContain('data:')
    expect(marksIn(other, heard.join(''))).toEqual([])
    stop.abort()
    await listening
  }, 30_000)

  it('no route that changes something takes an id of the other, and nothing of it changes', async () => {
    const before = await digestTables(walls.dataDir, other.tenantId)
    const since = (await walls.requests()).at(-1)?.seq ?? 0
    const attempts: readonly (readonly [string, unknown, number])[] = [
      [`/api/scans/${other.scanId}/stop`, {}, 404],
      [`/api/proposals/${other.waiting}/reject`, {}, 404],
      [`/api/proposals/${other.verified}/reject`, {}, 404],
      ['/api/proposals', { findingKey: other.findingKeys[0] }, 409],
      ['/api/proposals', { undo: other.verified }, 409],
      ['/api/proposals', { actionId: 'disable-user', input: { userId: other.victimId } }, 409],
      ['/api/proposals', { actionId: 'remove-app-secret', input: secretOf(other) }, 409],
      ['/api/aid/connect', { objectId: other.aidId }, 409],
    ]
    for (const [path, body, status] of attempts) {
      const answer = await own.api.post(path, body)
      expect([path, answer.status]).toEqual([path, status])
      const asked = JSON.stringify(body)
      expect(
        marksIn(
          { ...other, marks: other.marks.filter((mark) => !asked.includes(mark) && !path.includes(mark)) },
          JSON.stringify(answer.body),
        ),
      ).toEqual([])
    }
    expect(await digestTables(walls.dataDir, other.tenantId)).toEqual(before)
    const sent = (await walls.requests()).filter(({ seq }) => seq > since)
    expect(sent.length).toBeGreaterThan(0)
    expect(new Set(sent.map(({ tenantId }) => tenantId))).toEqual(new Set([own.tenantId]))
    expect(sent.filter(({ effect }) => effect)).toEqual([])
  }, 30_000)

  it('the bot shows only the person’s own tenant, in their own chat', async () => {
    const heard: string[] = []
    for (const text of ['posture', 'findings', 'finding APP-01', 'receipts', 'receipt R-0001', 'show', `disable user dan`]) {
      const { status, said } = await line.say(own.writer, text)
      expect([text, status, said.length > 0]).toEqual([text, 200, true])
      heard.push(...said)
    }
    expect(marksIn(other, heard.join(' '))).toEqual([])
    expect(marksIn(own, heard.join(' ')).length).toBeGreaterThan(3)
    // Nothing that the bot ever wrote into this chat is of the other.
    const all = line.said().filter(({ conversationId }) => conversationId === own.writer.conversationId)
    expect(marksIn(other, all.map(({ text }) => text).join(' '))).toEqual([])
  }, 30_000)

  it('the bot turns away a person in the chat of somebody of the other tenant, under either tenant’s name', async () => {
    const { conversationId } = other.writer
    const before = [await digestTables(walls.dataDir, other.tenantId), await digestTables(walls.dataDir, own.tenantId)]
    const mixes: readonly Writer[] = [
      // Their chat, this person, each tenant in turn.
      { ...own.writer, conversationId },
      { ...own.writer, conversationId, tenantId: other.tenantId },
    ]
    for (const writer of mixes) {
      for (const text of ['posture', 'findings', 'receipts', 'show', 'yes', `disable user dan`]) {
        const { status, said } = await line.say(writer, text)
        expect([text, status, said]).toEqual([text, 200, [expect.stringContaining('This chat belongs to somebody else')]])
        expect([...marksIn(other, said.join(' ')), ...marksIn(own, said.join(' '))]).toEqual([])
      }
    }
    expect([await digestTables(walls.dataDir, other.tenantId), await digestTables(walls.dataDir, own.tenantId)]).toEqual(before)
  }, 30_000)

  it('a person of one tenant has no role in the other, in a chat of their own', async () => {
    const stranger = { ...own.writer, tenantId: other.tenantId, conversationId: `a:strange-${mine}` }
    for (const text of ['posture', 'findings', 'receipts', 'disable user dan', 'show', 'yes']) {
      const { status, said } = await line.say(stranger, text)
      expect([text, status]).toEqual([text, 200])
      expect([text, said.join(' ')]).toEqual([text, expect.stringContaining('This needs the role')])
      expect(marksIn(other, said.join(' '))).toEqual([])
    }
  }, 30_000)

  it('a button of a card of the other tenant is no button here', async () => {
    const before = await digestTables(walls.dataDir, other.tenantId)
    const card = await line.waitFor(other.writer.conversationId, new RegExp(other.victimId))
    const { offerId, nonce } = z
      .object({ offerId: z.uuid(), nonce: z.string() })
      .parse(JSON.parse(/\{"offerId":"[^}]*\}/.exec(card)?.[0] ?? '{}'))
    for (const verb of ['countersign', 'decline', 'refresh']) {
      const answer = await line.press(own.writer, verb, { offerId, nonce })
      expect([verb, answer.status]).toEqual([verb, 200])
      expect([verb, answer.body]).toEqual([verb, expect.stringMatching(/does not belong|not known|Only the person/)])
      expect(marksIn(other, answer.body)).toEqual([])
    }
    const code = /reply: yes ([A-Z0-9]{4})/i.exec(card)?.[1] ?? ''
    expect((await line.say(own.writer, `yes ${code}`)).said.join(' ')).toContain('no open card with this code')
    expect(await digestTables(walls.dataDir, other.tenantId)).toEqual(before)
    expect(proposalSchema.parse((await other.api.get(`/api/proposals/${other.waiting}`)).body).state).toBe('offered')
  }, 30_000)
})

function secretOf(side: Side): unknown {
  const [applicationId = '', keyId = ''] = side.findingKeys[0]?.split(':').slice(1).join(':').split(/[:/#]/) ?? []
  return { applicationId, keyId }
}

async function listen(path: string, tenantName: string, signal: AbortSignal, onText: (text: string) => void): Promise<void> {
  const person = tenantName === 'second' ? 'eve' : 'ada'
  const token = await walls.tokenOf(tenantName, person)
  try {
    const response = await fetch(`${walls.origin}${path}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal,
    })
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) onText(decoder.decode(chunk))
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** Names under which an interface could take a tenant. */
const tenantLike = /tenant|^tid$|directory_?id|organi[sz]ation|customer|realm|domain/i
const spellings = ['tenantId', 'tenant_id', 'tenant', 'tid', 'TENANTID', 'organizationId', 'customerId', 'app.tenant_id'] as const
const headerNames = ['x-tenant-id', 'x-ms-tenant-id', 'tenant', 'x-anchormailbox', 'x-ms-client-tenant-id', 'x-forwarded-host'] as const

describe('no path, query or body takes a tenant', () => {
  it('the interface description names none, anywhere in what can be sent', async () => {
    const document = z
      .object({
        paths: z.record(
          z.string(),
          z.record(
            z.string(),
            z.looseObject({
              parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
              requestBody: z.unknown().optional(),
            }),
          ),
        ),
      })
      .parse((await contoso.api.get('/api/openapi.json')).body)
    const names: string[] = []
    const walk = (node: unknown): void => {
      if (Array.isArray(node)) return node.forEach(walk)
      if (typeof node !== 'object' || node === null) return
      for (const [key, value] of Object.entries(node)) {
        if (key === 'properties' && typeof value === 'object' && value !== null) names.push(...Object.keys(value))
        walk(value)
      }
    }
    for (const [path, operations] of Object.entries(document.paths)) {
      names.push(...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))
      for (const { parameters, requestBody } of Object.values(operations)) {
        names.push(...parameters.map(({ name }) => name))
        walk(requestBody)
        walk(parameters)
      }
    }
    expect(Object.keys(document.paths).length).toBe(new Set(allRoutes.map(({ path }) => path)).size)
    expect(names).toEqual(expect.arrayContaining(['scanId', 'checkId', 'proposalId', 'findingKey', 'objectId', 'after', 'undo']))
    expect(names.filter((name) => tenantLike.test(name))).toEqual([])
  })

  it('the service answers the same when one is sent, in the address or in a header', async () => {
    const stable = (answer: ApiAnswer): unknown =>
      JSON.parse(
        JSON.stringify([answer.status, answer.body])
          .replaceAll(/"requestId":"[^"]*"/g, '"requestId":""')
          .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T'),
      )
    const restless = ['start-scan', 'disconnect-aid']
    let sent = 0
    for (const route of allRoutes.filter(({ id }) => !restless.includes(id))) {
      const base = stable(await callRoute(second.api, route))
      for (const spelling of spellings) {
        const query = `${spelling}=${contoso.tenantId}`
        expect([route.id, spelling, stable(await callRoute(second.api, route, { path: `${pathOf(route)}?${query}` }))]).toEqual([
          route.id,
          spelling,
          base,
        ])
        sent += 1
      }
      const headers = Object.fromEntries(headerNames.map((name) => [name, contoso.tenantId]))
      expect([route.id, stable(await callRoute(second.api, route, { headers }))]).toEqual([route.id, base])
    }
    expect(sent).toBeGreaterThan(100)
  }, 60_000)

  it('a body that names one is refused, and says where', async () => {
    const changing = guardedRoutes.filter(({ effect }) => effect === 'changes')
    expect(changing.length).toBeGreaterThanOrEqual(7)
    const before = await digestTables(walls.dataDir)
    for (const route of changing) {
      for (const spelling of spellings) {
        const valid =
          route.id === 'connect-aid'
            ? { objectId: second.victimId }
            : route.id === 'create-proposal'
              ? { findingKey: second.findingKeys[0] }
              : {}
        const answer = await callRoute(second.api, route, { body: { ...valid, [spelling]: contoso.tenantId } })
        expect([route.id, spelling, answer.status]).toEqual([route.id, spelling, 400])
      }
    }
    for (const { id } of actions) {
      const input = id === 'disable-user' ? { userId: second.victimId } : secretOf(second)
      const answer = await second.api.post('/api/proposals', { actionId: id, input: { ...Object(input), tenantId: contoso.tenantId } })
      expect([id, answer.status, JSON.stringify(answer.body)]).toEqual([id, 409, expect.stringContaining('tenantId')])
    }
    expect(await digestTables(walls.dataDir)).toEqual(before)
  }, 60_000)

  it('what changes, changes the tenant of the token: a scan and the Aid’s connection', async () => {
    const before = await digestTables(walls.dataDir, contoso.tenantId)
    const { lastScan } = overviewSchema.parse((await contoso.api.get('/api/overview')).body)
    const started = z
      .object({ id: z.string() })
      .parse((await second.api.post(`/api/scans?tenantId=${contoso.tenantId}`, {}, { 'x-tenant-id': contoso.tenantId })).body)
    expect((await contoso.api.get(`/api/scans/${started.id}`)).status).toBe(404)
    expect(overviewSchema.parse((await contoso.api.get('/api/overview')).body)).toMatchObject({
      runningScan: null,
      lastScan: { id: lastScan?.id },
    })
    expect(
      (await second.api.post(`/api/aid/disconnect?tenantId=${contoso.tenantId}`, {}, { 'x-tenant-id': contoso.tenantId })).body,
    ).toEqual({ disconnected: true })
    expect((await digestTables(walls.dataDir, second.tenantId))['aid']?.rows).toBe(0)
    expect(await digestTables(walls.dataDir, contoso.tenantId)).toEqual(before)
    receiptSchema.parse((await contoso.api.get(`/api/receipts/${contoso.verified}`)).body)
  }, 30_000)
})
