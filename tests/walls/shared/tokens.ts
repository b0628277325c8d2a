import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { forgeryNames } from '../../../emulator/channel/forge.ts'
import { meSchema } from '../../../core/api/me.ts'
import { problemSchema } from '../../../core/api/problem.ts'
import { makePerson, type Page } from '../../../tools/stack/person.ts'
import { apiWith, type Api } from '../../bot/service.ts'
import { badTokens, misusedTokens, prepareStrangers } from '../bad-tokens.ts'
import { openChatLine, type ChatLine, type Writer } from '../chat-line.ts'
import { digestTables, lookInside, type TableDigests } from '../inside.ts'
import { oneTenant } from '../shared-walls.ts'
import { callRoute, guardedRoutes, type Walls } from '../stack.ts'
import { partsOf } from '../../../tools/stack/tokens.ts'

let walls: Walls
let line: ChatLine
let ada: Api
/** A token that lets Ada in; every bad one below differs from it in one thing. */
let good: string
beforeAll(async () => {
  walls = oneTenant()
  const { emulator, registrations, origin } = walls
  line = await openChatLine(emulator)
  await emulator.control('PUT', '/bot', { endpoint: `${origin}/api/messages`, appId: registrations.ids.chat, tenant: 'contoso-demo' })
  good = await walls.tokenOf('contoso-demo', 'ada')
  await prepareStrangers(walls)
  ada = apiWith(origin, good)
  expect((await ada.get('/api/me')).status).toBe(200)
})
afterAll(() => line?.close())

const newcomers = ['bo', 'cleo']

/** What must stay the same when nothing happened. */
async function everything(): Promise<{ readonly tables: TableDigests; readonly graph: number; readonly toChat: number }> {
  const ledger = await line.ledger()
  return {
    tables: await digestTables(walls.dataDir),
    graph: (await walls.requests()).length,
    toChat: ledger.filter(({ direction }) => direction === 'fromBot').length,
  }
}

describe('the API', () => {
  it('lets the good token in, and one of somebody else, which leaves a session row: what is looked at does change', async () => {
    const before = await everything()
    expect((await ada.get('/api/me')).status).toBe(200)
    expect(await everything()).toEqual(before)
    // Somebody who has no session yet, at a second attempt too.
    const other = await walls.as('contoso-demo', newcomers.shift() ?? 'nobody')
    expect((await other.get('/api/me')).status).toBe(200)
    const after = await everything()
    expect(after.tables['session']?.rows).toBe((before.tables['session']?.rows ?? 0) + 1)
  })

  it.each(Object.keys(misusedTokens))('is offered a real token of Entra that is what it is called: %s', async (name) => {
    const token = (await misusedTokens[name]?.make(walls)) ?? ''
    expect(partsOf(token).claims).toMatchObject(misusedTokens[name]?.says(walls) ?? {})
    expect(partsOf(token).header).toEqual(partsOf(good).header)
    const { exp, nbf } = z.object({ exp: z.number(), nbf: z.number() }).parse(partsOf(token).claims)
    const now = Date.now() / 1000
    expect([exp < now - 3000, nbf > now + 1500]).toEqual([name.startsWith('expired'), name.startsWith('not valid')])
  })

  it.each(Object.keys(badTokens))('%s: 401 on every route, and nothing happened', async (name) => {
    const token = await badTokens[name]?.({ walls, good })
    const nobody = apiWith(walls.origin, token)
    const before = await everything()
    for (const route of guardedRoutes) {
      const answer = await callRoute(nobody, route)
      expect([route.id, answer.status]).toEqual([route.id, 401])
      expect(problemSchema.parse(answer.body).detail).not.toContain(walls.tenant('contoso-demo').id)
    }
    expect(await everything()).toEqual(before)
  })

  it('takes the good token in no other dress', async () => {
    const before = await everything()
    const dresses: readonly Record<string, string>[] = [
      { authorization: good },
      { authorization: `Basic ${Buffer.from(`ada:${good}`).toString('base64')}` },
      { authorization: `Bearer ${good}, Bearer ${good}` },
      { cookie: `__Host-countersign=${good}` },
      { cookie: '__Host-countersign=' },
      { cookie: `__Host-countersign=${'A'.repeat(43)}` },
      { 'x-ms-token-aad-access-token': good },
      { 'x-forwarded-access-token': good },
    ]
    for (const headers of dresses) expect((await fetch(`${walls.origin}/api/me`, { headers })).status).toBe(401)
    expect((await fetch(`${walls.origin}/api/me?access_token=${good}`)).status).toBe(401)
    expect(await everything()).toEqual(before)
    expect((await ada.get('/api/me')).status).toBe(200)
  })
})

describe('the bot’s endpoint', () => {
  let ada: Writer
  beforeAll(async () => {
    const found = (await walls.people('contoso-demo')).find(({ userPrincipalName }) => userPrincipalName.startsWith('ada@'))
    ada = { tenantId: walls.tenant('contoso-demo').id, objectId: found?.id ?? '', name: 'Ada', conversationId: 'a:ada' }
  })

  it('answers an honest message, and remembers the chat: what is looked at does change', async () => {
    const before = await everything()
    const { status, said } = await line.say(ada, 'help')
    expect(status).toBe(200)
    expect(said.join(' ')).toContain('disable user')
    const after = await everything()
    expect(after.toChat).toBeGreaterThan(before.toChat)
    expect(after.tables['conversation']?.rows).toBe(1)
  })

  it.each(forgeryNames)('%s: 401, nothing is said and nothing happened', async (name) => {
    const before = await everything()
    for (const activity of [
      line.message(ada, 'help'),
      line.message(ada, 'disable user erik'),
      line.message(ada, 'yes AAAA'),
      line.message({ ...ada, conversationId: 'a:another' }, 'help'),
      line.pressing(ada, 'disable-user', { userId: ada.objectId }),
      line.pressing(ada, 'countersign', { offerId: randomUUID(), nonce: 'n' }),
      { ...line.message(ada, ''), type: 'installationUpdate', action: 'add' },
      { ...line.message(ada, ''), type: 'installationUpdate', action: 'remove' },
    ])
      expect(await line.forge(name, activity)).toBe(401)
    // Time in which something could happen that must not.
    await wait(200)
    expect(await everything()).toEqual(before)
  })

  it.each(['good token of the API', ...Object.keys(badTokens)])('a token that is not the channel’s: %s', async (name) => {
    const token = name === 'good token of the API' ? good : await badTokens[name]?.({ walls, good })
    const before = await everything()
    const response = await fetch(`${walls.origin}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ ...line.message(ada, 'help'), serviceUrl: `${walls.emulator.ready.channel}/connector/` }),
    })
    expect(response.status).toBe(401)
    expect(await everything()).toEqual(before)
  })
})

describe('connecting the Aid', () => {
  const roles = ['Entra SOC Identity Responder', 'Countersign application credentials', 'Reports Reader']

  async function idOf(name: string): Promise<string> {
    const found = (await walls.people('contoso-demo')).find(
      ({ userPrincipalName }) => userPrincipalName === `${name}@${walls.tenant('contoso-demo').domain}`,
    )
    if (!found) throw new Error(`There is no ${name}.`)
    return found.id
  }
  async function giveAid(directoryRoles: readonly string[]): Promise<void> {
    await walls.emulator.control('PUT', '/tenants/contoso-demo/users', {
      userPrincipalName: `aid@${walls.tenant('contoso-demo').domain}`,
      displayName: 'Service desk aid',
      directoryRoles,
    })
  }
  /** Names one account as the Aid, while somebody signs in at the page that this opens. */
  async function connect(named: string, signsIn: string): Promise<Page> {
    const begun = await ada.post('/api/aid/connect', { objectId: await idOf(named) })
    const { signInUrl } = z.object({ signInUrl: z.string() }).parse(begun.body)
    return makePerson(`${signsIn}@${walls.tenant('contoso-demo').domain}`).open(signInUrl)
  }
  async function aid(): Promise<z.infer<typeof meSchema>['aid']> {
    return meSchema.parse((await ada.get('/api/me')).body).aid
  }
  /** What is kept of the Aid: its row, records, refresh tokens, notes of its tokens. */
  function traces(): Promise<unknown> {
    return lookInside(walls.dataDir, async (client) => {
      const { rows } = await client.query(
        `select (select count(*)::int from countersign.aid) as aid, (select count(*)::int from countersign.journal) as journal,
          (select count(*)::int from countersign.vault_secret where purpose like 'msal:act:%') as tokens,
          (select count(*)::int from countersign.token_scopes where plane = 'act') as notes`,
      )
      return rows[0]
    })
  }
  const none = { aid: 0, journal: 0, tokens: 0, notes: 0 }

  it('is for an owner alone', async () => {
    const bo = await walls.as('contoso-demo', 'bo')
    expect((await bo.post('/api/aid/connect', { objectId: await idOf('aid') })).status).toBe(403)
  })

  it('refuses the admin’s own account, named or signing in', async () => {
    const named = await ada.post('/api/aid/connect', { objectId: await idOf('ada') })
    expect([named.status, JSON.stringify(named.body)]).toEqual([409, expect.stringContaining('your own account')])
    const page = await connect('aid', 'ada')
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('your own account')])
    expect(await aid()).toMatchObject({ state: 'notConnected' })
    expect(await traces()).toEqual(none)
  })

  it('refuses another account than the one whose object id was named', async () => {
    const page = await connect('aid', 'bo')
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('is not the one whose object id was named')])
    expect(await aid()).toMatchObject({ state: 'notConnected' })
    expect(await traces()).toEqual(none)
  })

  it.each(['User Administrator', 'Global Administrator', 'Global Reader'])(
    'refuses an account that also holds %s, and names the role',
    async (role) => {
      await giveAid([...roles, role])
      const page = await connect('aid', 'aid')
      expect([page.status, page.text]).toEqual([403, expect.stringContaining(role)])
      expect(await aid()).toMatchObject({ state: 'notConnected' })
      expect(await traces()).toEqual(none)
    },
  )

  it('takes an answer once, from the sign-in that was begun here', async () => {
    for (const query of ['', '?code=x', '?code=x&state=AAAA', '?error=access_denied&state=AAAA']) {
      const forged = await fetch(`${walls.origin}/auth/aid/callback${query}`)
      expect([forged.status, await forged.text()]).toEqual([403, expect.stringContaining('was not begun here')])
    }
    expect(await traces()).toEqual(none)
  })

  it('connects the account named, when it holds no more than is needed', async () => {
    await giveAid(roles)
    const page = await connect('aid', 'aid')
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('The Aid is connected')])
    expect(await aid()).toMatchObject({ state: 'connected', userPrincipalName: `aid@${walls.tenant('contoso-demo').domain}` })
    expect(await traces()).toEqual({ aid: 1, journal: 1, tokens: 1, notes: 1 })
    const again = await fetch(page.url)
    expect(again.status).toBe(403)
  })
})
