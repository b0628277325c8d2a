import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { forgeryNames } from '../../emulator/channel/forge.ts'
import { registrationManifests } from '../../bot/src/identity/registrations.ts'
import { meSchema } from '../../core/api/me.ts'
import { problemSchema } from '../../core/api/problem.ts'
import { makePerson, type Page } from '../../tools/stack/person.ts'
import { apiWith, teamsClient, type Api } from '../bot/service.ts'
import { openChatLine, type ChatLine, type Writer } from './chat-line.ts'
import { digestTables, type TableDigests } from './inside.ts'
import { callRoute, guardedRoutes, startWalls, type Walls } from './stack.ts'
import { partsOf, redeem, tokensFor } from './tokens.ts'

type Claims = Readonly<Record<string, unknown>>

let walls: Walls
let line: ChatLine
let ada: Api
/** A token that lets Ada in; every bad one below differs from it in one thing. */
let good: string
beforeAll(async () => {
  walls = await startWalls()
  const { emulator, registrations, origin } = walls
  line = await openChatLine(emulator)
  await emulator.control('PUT', '/bot', { endpoint: `${origin}/api/messages`, appId: registrations.ids.chat, tenant: 'contoso-demo' })
  good = (await teamsToken()).accessToken
  ada = apiWith(origin, good)
  expect((await ada.get('/api/me')).status).toBe(200)
}, 90_000)
afterAll(async () => {
  await line?.close()
  await walls?.stop()
})

function teamsToken(
  scope = `${walls.registrations.resource}/access_as_user`,
  person = 'ada',
  tenantName = 'contoso-demo',
): ReturnType<typeof tokensFor> {
  const { id, domain } = walls.tenant(tenantName)
  return tokensFor(walls.emulator, id, `${person}@${domain}`, { client: teamsClient, scope })
}

/** Signs in to Countersign Read itself, as the command line does. */
function readClientTokens(scope: string): ReturnType<typeof tokensFor> {
  const { id, domain } = walls.tenant('contoso-demo')
  const redirectUri = `http://localhost:${new URL(walls.emulator.ready.control).port}`
  return tokensFor(walls.emulator, id, `ada@${domain}`, { client: walls.registrations.ids.read, scope, redirectUri })
}

async function atAnotherTime<T>(offsetMs: number, run: () => Promise<T>): Promise<T> {
  await walls.emulator.control('PUT', '/clock', { offsetMs })
  try {
    return await run()
  } finally {
    await walls.emulator.control('PUT', '/clock', { offsetMs: 0 })
  }
}

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })

function signed(header: Claims, claims: Claims, key: KeyObject = stranger.privateKey): string {
  const text = `${encode(header)}.${encode(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

/** Every bad token, with how it is come by. Those of the second half are Entra's own, made for something else. */
const badTokens: Readonly<Record<string, () => string | Promise<string>>> = {
  'signed by a stranger under the real key id': () => signed(partsOf(good).header, partsOf(good).claims),
  'signed by a stranger under a key id of his own': () =>
    signed({ ...partsOf(good).header, kid: 'a-key-nobody-published' }, partsOf(good).claims),
  'signed by a stranger who sends his key along': () =>
    signed({ alg: 'RS256', typ: 'JWT', jwk: stranger.publicKey.export({ format: 'jwk' }) }, partsOf(good).claims),
  'signed by a stranger who says where his keys are': () =>
    signed(
      { ...partsOf(good).header, jku: `${walls.emulator.ready.control}/keys`, x5u: `${walls.emulator.ready.control}/keys` },
      partsOf(good).claims,
    ),
  'alg none': () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(partsOf(good).claims)}.`,
  'alg nOnE with a signature': () =>
    `${encode({ ...partsOf(good).header, alg: 'nOnE' })}.${partsOf(good).parts[1]}.${partsOf(good).parts[2]}`,
  'HS256 with the public key as the secret': async () => {
    const keys = z
      .object({ keys: z.array(z.looseObject({ kid: z.string(), n: z.string() })) })
      .parse(await (await fetch(`${walls.emulator.ready.signIn}/${walls.tenant('contoso-demo').id}/discovery/v2.0/keys`)).json())
    const key = keys.keys.find(({ kid }) => kid === partsOf(good).header['kid'])
    if (!key) throw new Error('The key of the good token is not published.')
    const text = `${encode({ ...partsOf(good).header, alg: 'HS256' })}.${partsOf(good).parts[1]}`
    return `${text}.${createHmac('sha256', Buffer.from(key.n, 'base64url')).update(text).digest('base64url')}`
  },
  'unsigned: the signature cut off': () => `${partsOf(good).parts[0]}.${partsOf(good).parts[1]}.`,
  'unsigned: two parts only': () => `${partsOf(good).parts[0]}.${partsOf(good).parts[1]}`,
  'half a signature': () => good.slice(0, -100),
  'another person under the real signature': () =>
    `${partsOf(good).parts[0]}.${encode({ ...partsOf(good).claims, oid: randomUUID() })}.${partsOf(good).parts[2]}`,
  'more roles under the real signature': () =>
    `${partsOf(good).parts[0]}.${encode({ ...partsOf(good).claims, roles: ['owner', 'admin', 'reviewer', 'viewer'] })}.${partsOf(good).parts[2]}`,
  'another tenant under the real signature': () =>
    `${partsOf(good).parts[0]}.${encode({ ...partsOf(good).claims, tid: walls.tenant('second').id })}.${partsOf(good).parts[2]}`,
  'not a token': () => 'abc',
  nothing: () => '',

  'expired an hour ago': () => atAnotherTime(-2 * 3_600_000, async () => (await teamsToken()).accessToken),
  'not valid yet': () => atAnotherTime(1_800_000, async () => (await teamsToken()).accessToken),
  'wrong audience: another API of the same tenant': async () => (await teamsToken('api://other.example/access_as_user')).accessToken,
  'wrong tenant: one that this deployment does not serve': async () => (await teamsToken(undefined, 'ada', 'hardened')).accessToken,
  'id token of our own client': async () => (await readClientTokens('openid profile')).idToken ?? '',
  'app-only: the registration as itself': () => clientCredentials('read', `${walls.registrations.resource}/.default`),
  'app-only: the bot’s token for its channel': () => clientCredentials('chat', 'https://api.botframework.com/.default'),
  'a token for Microsoft Graph': async () => (await readClientTokens('https://graph.microsoft.com/User.Read')).accessToken,
}

async function clientCredentials(which: 'read' | 'chat', scope: string): Promise<string> {
  const { ids, secrets } = walls.registrations
  return (
    await redeem(walls.emulator, walls.tenant('contoso-demo').id, {
      grant_type: 'client_credentials',
      client_id: ids[which],
      client_secret: secrets[which],
      scope,
    })
  ).accessToken
}

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
  beforeAll(async () => {
    const { emulator, origin, registrations } = walls
    const scopeId = randomUUID()
    await emulator.control('PUT', '/tenants/contoso-demo/registrations', {
      application: {
        appId: randomUUID(),
        displayName: 'Another API',
        identifierUris: ['api://other.example'],
        api: {
          requestedAccessTokenVersion: 2,
          oauth2PermissionScopes: [{ id: scopeId, value: 'access_as_user', type: 'User', isEnabled: true }],
          preAuthorizedApplications: [{ appId: teamsClient, delegatedPermissionIds: [scopeId] }],
        },
      },
    })
    await emulator.control('PUT', '/tenants/hardened/registrations', {
      application: registrationManifests(origin, registrations.ids).read,
      servicePrincipalOnly: true,
      assignments: [{ user: `ada@${walls.tenant('hardened').domain}`, role: 'owner' }],
    })
  })

  it('lets the good token in, and one of somebody else, which leaves a session row: what is looked at does change', async () => {
    const before = await everything()
    expect((await ada.get('/api/me')).status).toBe(200)
    expect(await everything()).toEqual(before)
    const bo = apiWith(walls.origin, (await teamsToken(undefined, 'bo')).accessToken)
    expect((await bo.get('/api/me')).status).toBe(200)
    const after = await everything()
    expect(after.tables['session']?.rows).toBe((before.tables['session']?.rows ?? 0) + 1)
  }, 30_000)

  it.each(Object.keys(badTokens))(
    '%s: 401 on every route, and nothing happened',
    async (name) => {
      const token = await badTokens[name]?.()
      const nobody = apiWith(walls.origin, token)
      const before = await everything()
      for (const route of guardedRoutes) {
        const answer = await callRoute(nobody, route)
        expect([route.id, answer.status]).toEqual([route.id, 401])
        expect(problemSchema.parse(answer.body).detail).not.toContain(walls.tenant('contoso-demo').id)
      }
      expect(await everything()).toEqual(before)
    },
    30_000,
  )

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
  }, 30_000)
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

  it.each(forgeryNames)(
    '%s: 401, nothing is said and nothing happened',
    async (name) => {
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
      await wait(200)
      expect(await everything()).toEqual(before)
    },
    30_000,
  )

  it.each(['good token of the API', ...Object.keys(badTokens)])(
    'a token that is not the channel’s: %s',
    async (name) => {
      const token = name === 'good token of the API' ? good : await badTokens[name]?.()
      const before = await everything()
      const response = await fetch(`${walls.origin}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ ...line.message(ada, 'help'), serviceUrl: `${walls.emulator.ready.channel}/connector/` }),
      })
      expect(response.status).toBe(401)
      expect(await everything()).toEqual(before)
    },
    30_000,
  )
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
  /** Nothing of the Aid is kept: no row, no token, no record. */
  async function traces(): Promise<readonly (number | undefined)[]> {
    const tables = await digestTables(walls.dataDir)
    return [tables['aid']?.rows, tables['journal']?.rows, tables['vault_secret']?.rows, tables['token_scopes']?.rows]
  }
  let before: readonly (number | undefined)[]
  beforeAll(async () => {
    // The admin's own reading leaves a refresh token, before anything is compared.
    await ada.post('/api/aid/connect', { objectId: await idOf('aid') })
    before = await traces()
    expect(before[0]).toBe(0)
  }, 30_000)

  it('is for an owner alone', async () => {
    const bo = apiWith(walls.origin, (await teamsToken(undefined, 'bo')).accessToken)
    expect((await bo.post('/api/aid/connect', { objectId: await idOf('aid') })).status).toBe(403)
  }, 30_000)

  it('refuses the admin’s own account, named or signing in', async () => {
    const named = await ada.post('/api/aid/connect', { objectId: await idOf('ada') })
    expect([named.status, JSON.stringify(named.body)]).toEqual([409, expect.stringContaining('your own account')])
    const page = await connect('aid', 'ada')
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('your own account')])
    expect(await aid()).toMatchObject({ state: 'notConnected' })
    expect(await traces()).toEqual(before)
  }, 30_000)

  it('refuses another account than the one whose object id was named', async () => {
    const page = await connect('aid', 'bo')
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('is not the one whose object id was named')])
    expect(await aid()).toMatchObject({ state: 'notConnected' })
    expect(await traces()).toEqual(before)
  }, 30_000)

  it.each(['User Administrator', 'Global Administrator', 'Global Reader'])(
    'refuses an account that also holds %s, and names the role',
    async (role) => {
      await giveAid([...roles, role])
      const page = await connect('aid', 'aid')
      expect([page.status, page.text]).toEqual([403, expect.stringContaining(role)])
      expect(await aid()).toMatchObject({ state: 'notConnected' })
      expect(await traces()).toEqual(before)
    },
    30_000,
  )

  it('takes an answer once, from the sign-in that was begun here', async () => {
    for (const query of ['', '?code=x', '?code=x&state=AAAA', '?error=access_denied&state=AAAA']) {
      const forged = await fetch(`${walls.origin}/auth/aid/callback${query}`)
      expect([forged.status, await forged.text()]).toEqual([403, expect.stringContaining('was not begun here')])
    }
    expect(await traces()).toEqual(before)
  })

  it('connects the account named, when it holds no more than is needed', async () => {
    await giveAid(roles)
    const page = await connect('aid', 'aid')
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('The Aid is connected')])
    expect(await aid()).toMatchObject({ state: 'connected', userPrincipalName: `aid@${walls.tenant('contoso-demo').domain}` })
    const [aids, records] = await traces()
    expect([aids, records]).toEqual([1, (before[1] ?? 0) + 1])
    const again = await fetch(page.url)
    expect(again.status).toBe(403)
  }, 30_000)
})
