// What keeps the rows of two tenants apart in the database itself stands in tests/bot/store/isolation.integration.test.ts and
// schema.integration.test.ts; here one running service holds both, and people of one try every way to the other.
import { beforeAll, describe, expect, it } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { proposalSchema } from '../../../core/api/proposals.ts'
import type { Route } from '../../../core/api/route.ts'
import type { ChatLine, Writer } from '../chat-line.ts'
import { digestTables, untilNothingIsDue } from '../inside.ts'
import { guardedRoutes, pathOf, type Walls } from '../stack.ts'
import { marksIn, type Side, type TwoTenants } from '../two-tenants.ts'
import { twoTenants } from '../shared-walls.ts'

let both: TwoTenants
let walls: Walls
let line: ChatLine
beforeAll(() => {
  both = twoTenants()
  ;({ walls, line } = both)
})

/** Every address of a GET route with the ids of a side in it. */
function addresses(route: Route, side: Side): readonly string[] {
  if (route.path.includes(':proposalId')) return [side.verified, side.waiting].map((proposalId) => pathOf(route, { proposalId }))
  if (route.path.includes(':scanId')) return [pathOf(route, { scanId: side.scanId })]
  if (route.path.includes(':applicationId')) return [pathOf(route, { applicationId: side.enterpriseId })]
  if (route.path.includes(':personId')) return [pathOf(route, { personId: side.victimId })]
  if (route.path === '/api/search') return [`${pathOf(route)}?q=an`]
  if (route.path.includes(':format')) return [pathOf(route, { format: 'json' })]
  if (route.path.includes(':checkId'))
    return ['app-secret-expired', 'global-administrator-count', 'legacy-authentication-blocked', 'app-secret-expires-soon'].map((checkId) =>
      pathOf(route, { checkId }),
    )
  return [pathOf(route)]
}
/** Number of the newest event; the service answers at most 500 at once. */
async function lastEvent(api: Side['api']): Promise<number> {
  let after = 0
  for (;;) {
    const { cursor } = z.object({ cursor: z.number() }).parse((await api.get(`/api/events?after=${after}`)).body)
    if (cursor === after) return cursor
    after = cursor
  }
}

/** Numbers of the events after one. */
async function eventsAfter(api: Side['api'], after: number): Promise<readonly number[]> {
  const { events } = z.object({ events: z.array(z.object({ seq: z.number() })) }).parse((await api.get(`/api/events?after=${after}`)).body)
  return events.map(({ seq }) => seq)
}

const gets = guardedRoutes.filter(({ method }) => method === 'GET')
const namesOwnId = (route: Route): boolean => /:(scanId|proposalId|applicationId|personId)/.test(route.path)

describe.each([
  ['second', 'contoso-demo'],
  ['contoso-demo', 'second'],
])('a person of %s, owner there, and the data of %s', (mine, theirs) => {
  let own: Side
  let other: Side
  beforeAll(() => {
    own = mine === 'second' ? both.second : both.contoso
    other = theirs === 'second' ? both.second : both.contoso
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
  })

  it('the event stream tells nothing of what happens in the other', async () => {
    const [since, theirSince] = [await lastEvent(own.api), await lastEvent(other.api)]
    const stop = new AbortController()
    let heard = ''
    const listening = listen(`/api/events?after=${since}`, mine, stop.signal, (text) => (heard += text))
    while (!heard.includes(': open')) await wait(50)
    expect((await other.api.post('/api/trust/refresh')).status).toBe(200)
    expect((await own.api.post('/api/trust/refresh')).status).toBe(200)
    // Numbers are given once in the whole service, and a stream tells them in their order.
    const newest = await lastEvent(own.api)
    while (!heard.includes(`id: ${newest}\n`)) await wait(50)
    stop.abort()
    await listening
    const theirs = await eventsAfter(other.api, theirSince)
    expect(theirs.length).toBeGreaterThan(0)
    const told = [...heard.matchAll(/^id: (\d+)$/gm)].map(([, seq]) => Number(seq))
    expect(told.filter((seq) => theirs.includes(seq))).toEqual([])
    expect(told.filter((seq) => seq <= newest)).toEqual((await eventsAfter(own.api, since)).filter((seq) => seq <= newest))
    expect(marksIn(other, heard)).toEqual([])
  })

  it('no route that changes something takes an id of the other, and nothing of it changes', async () => {
    // Asked by the other side itself the same request finds the same object.
    expect((await other.api.post('/api/proposals', { actionId: 'disable-user', input: { userId: other.victimId } })).status).toBe(200)
    await untilNothingIsDue(walls.dataDir)
    const before = await digestTables(walls.dataDir, other.tenantId)
    const since = (await walls.requests()).at(-1)?.seq ?? 0
    const attempts: readonly (readonly [path: string, body: unknown, status: number, words: string])[] = [
      [`/api/scans/${other.scanId}/stop`, {}, 404, 'does not exist in your tenant'],
      [`/api/proposals/${other.waiting}/reject`, {}, 404, 'does not exist in your tenant'],
      [`/api/proposals/${other.verified}/reject`, {}, 404, 'does not exist in your tenant'],
      ['/api/proposals', { findingKey: other.findingKeys[0] }, 409, 'This finding is not open any more'],
      ['/api/proposals', { undo: other.verified }, 409, 'There is no such proposal'],
      ['/api/proposals', { actionId: 'disable-user', input: { userId: other.victimId } }, 409, 'No account with the object id'],
      ['/api/proposals', { actionId: 'remove-app-secret', input: other.secret }, 409, 'No application with the object id'],
      ['/api/aid/connect', { objectId: other.aidId }, 409, 'Your tenant has no user with this object id'],
    ]
    for (const [path, body, status, words] of attempts) {
      const answer = await own.api.post(path, body)
      expect([path, answer.status, JSON.stringify(answer.body)]).toEqual([path, status, expect.stringContaining(words)])
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
  })

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
  })

  it('the bot turns away a person in the chat of somebody of the other tenant, under either tenant’s name', async () => {
    const { conversationId } = other.writer
    await untilNothingIsDue(walls.dataDir)
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
  })

  it('a person of one tenant has no role in the other, in a chat of their own', async () => {
    const stranger = { ...own.writer, tenantId: other.tenantId, conversationId: `a:strange-${mine}` }
    for (const text of ['posture', 'findings', 'receipts', 'disable user dan', 'show', 'yes']) {
      const { status, said } = await line.say(stranger, text)
      expect([text, status]).toEqual([text, 200])
      expect([text, said.join(' ')]).toEqual([text, expect.stringContaining('This needs the role')])
      expect(marksIn(other, said.join(' '))).toEqual([])
    }
  })

  it('a button of a card of the other tenant is no button here', async () => {
    await untilNothingIsDue(walls.dataDir)
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
  })
})

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
