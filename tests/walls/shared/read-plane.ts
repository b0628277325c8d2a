import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFile } from 'node:child_process'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { z } from 'zod'
import { exchange, graphDefaultScope, makeClient } from '../../../bot/src/identity/entra-client.ts'
import { readScopes } from '../../../bot/src/identity/registrations.ts'
import { trustSchema } from '../../../core/api/trust.ts'
import { readTokenScopes } from '../../../core/trust/probes/read-token-scopes.ts'
import { teamsClient, type Api } from '../../bot/service.ts'
import { oneTenant } from '../shared-walls.ts'
import { scan, type Walls } from '../stack.ts'
import { partsOf, tokensFor } from '../../../tools/stack/tokens.ts'

const emulatorFolder = join(import.meta.dirname, '..', '..', '..', 'emulator')
const entriesSchema = z.array(z.object({ method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']), path: z.string().startsWith('/') }))
const openId = ['openid', 'profile', 'email', 'offline_access']
const atOnce = 8

let walls: Walls
let entries: z.infer<typeof entriesSchema>
let graphToken: string
beforeAll(async () => {
  walls = oneTenant()
  entries = await stateChangingEntries()
  graphToken = await readPlaneToken()
})

/** Every method and path of Microsoft's permission table that changes something, as the emulator counts them. */
async function stateChangingEntries(): Promise<typeof entries> {
  const script = `import { loadPermissionTable, statesChanged } from './graph/permission-table.ts'; process.stdout.write(JSON.stringify(statesChanged(loadPermissionTable())))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: emulatorFolder,
    maxBuffer: 16 * 1024 * 1024,
  })
  return entriesSchema.parse(JSON.parse(stdout))
}

/** The token that the service would read with: Ada's token of Teams, exchanged by the service's own code with the registration's own secret and consent. */
async function readPlaneToken(): Promise<string> {
  const { emulator, registrations } = walls
  const { id, domain } = walls.tenant('contoso-demo')
  const { accessToken } = await tokensFor(emulator, id, `ada@${domain}`, {
    client: teamsClient,
    scope: `${registrations.resource}/access_as_user`,
  })
  const client = makeClient(emulator.ready.signIn, { appId: registrations.ids.read, secret: registrations.secrets.read }, id)
  const outcome = await exchange(() =>
    client.acquireTokenOnBehalfOf({ oboAssertion: accessToken, scopes: [graphDefaultScope], skipCache: true }),
  )
  if (outcome.kind !== 'token') throw new Error(`No token for the read plane: ${outcome.reason}`)
  return outcome.token
}

/** A request path of a template: made-up ids for placeholders. */
function concrete(template: string): string {
  return template
    .replaceAll(/\{[^{}]*\}/g, '11111111-2222-4333-8444-555555555555')
    .split('/')
    .map((segment) => encodeURIComponent(segment).replaceAll('%24', '$'))
    .join('/')
}

const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
afterAll(() => agent.destroy())

function send(token: string, method: string, path: string, body: unknown = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const text = method === 'GET' ? '' : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${token}`,
      ...(text === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    }
    const sent = request(`${walls.emulator.ready.graph}/v1.0${path}`, { agent, method, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(text)
  })
}

/** Sends each entry; answers how many got which status. */
async function sweep(token: string, list: typeof entries): Promise<Readonly<Record<number, number>>> {
  const waiting = list.values()
  const counts: Record<number, number> = {}
  async function lane(): Promise<void> {
    for (const { method, path } of waiting) {
      const status = await send(token, method, concrete(path))
      counts[status] = (counts[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return counts
}

/** What the service itself observed of its token; it looks right after a scan has ended. */
async function evidence(api: Api): Promise<z.infer<typeof readTokenScopes.observation>> {
  for (;;) {
    const { claims } = trustSchema.parse((await api.get('/api/trust')).body)
    const { observation } = claims.find(({ id }) => id === 'read-plane-read-only') ?? { observation: null }
    if (observation !== null) return readTokenScopes.observation.parse(observation)
    await wait(100)
  }
}

describe('the token of the read plane', () => {
  it('carries exactly the scopes of the registration, as a person, and no application permission', () => {
    const { claims } = partsOf(graphToken)
    const scopes = z
      .string()
      .parse(claims['scp'])
      .split(' ')
      .filter((scope) => !openId.includes(scope))
    expect(scopes.sort()).toEqual(
      readScopes()
        .map(({ scope }) => scope)
        .sort(),
    )
    expect(claims).toMatchObject({ appid: walls.registrations.ids.read, idtyp: 'user' })
    expect(claims).not.toHaveProperty('roles')
  })

  it('is of the same kind as the one that a scan of the running service noted as evidence', async () => {
    const ada = await walls.as('contoso-demo', 'ada')
    await scan(ada)
    const { token } = await evidence(ada)
    const scopes = z.string().parse(partsOf(graphToken).claims['scp']).split(' ')
    expect([...(token?.scopes ?? [])].sort()).toEqual(scopes.sort())
    const requests = (await walls.requests()).filter(({ appId }) => appId === walls.registrations.ids.read)
    expect(requests.length).toBeGreaterThan(5)
    // A batch is a POST to look at; each of its requests is logged, and judged here, by itself.
    expect(requests.filter(({ method, path, effect }) => effect || (method !== 'GET' && path !== '/v1.0/$batch'))).toEqual([])
  })

  it('is refused with 403 by every entry of the permission table that changes something, and nothing changes', async () => {
    await walls.emulator.control('DELETE', '/requests')
    expect(await send(graphToken, 'GET', '/organization')).toBe(200)
    expect(entries.length).toBeGreaterThan(5_000)
    const counts = await sweep(graphToken, entries)
    console.info(`${entries.length} state-changing requests with the read plane's token: ${JSON.stringify(counts)}`)
    expect(counts).toEqual({ 403: entries.length })
    const log = await walls.requests()
    expect(log.filter(({ effect }) => effect)).toEqual([])
    // Beside them the service may still read: who made the changes is asked after a scan.
    const swept = log.filter(({ method, path }) => method !== 'GET' && path !== '/v1.0/$batch')
    expect(swept).toHaveLength(entries.length)
    expect(new Set(swept.map(({ method, path }) => `${method} ${path}`)).size).toBe(
      new Set(entries.map(({ method, path }) => `${method} ${concrete(path)}`)).size,
    )
  })

  it('is refused by the very writes of the action catalogue on objects that exist', async () => {
    const people = await walls.people('contoso-demo')
    const erik = people.find(({ userPrincipalName }) => userPrincipalName.startsWith('erik@'))
    expect(await send(graphToken, 'PATCH', `/users/${erik?.id}`, { accountEnabled: false })).toBe(403)
    const batch = {
      requests: [
        {
          id: '1',
          method: 'PATCH',
          url: `/users/${erik?.id}`,
          headers: { 'content-type': 'application/json' },
          body: { accountEnabled: false },
        },
      ],
    }
    expect(await send(graphToken, 'POST', '/$batch', batch)).toBe(200)
    expect((await walls.requests()).filter(({ method, status }) => method === 'PATCH' && status !== 403)).toEqual([])
    expect((await walls.requests()).filter(({ effect }) => effect)).toEqual([])
  })

  it('the same requests do get through for a token that may write: the sweep can fail', async () => {
    const { emulator } = walls
    const { id, domain } = walls.tenant('contoso-demo')
    const appId = 'c0de0000-0000-4000-8000-0000000000ff'
    const scopes = ['User.EnableDisableAccount.All', 'User.Read.All', 'Group.ReadWrite.All', 'Application.ReadWrite.All']
    await emulator.control('PUT', '/tenants/contoso-demo/registrations', {
      application: { appId, displayName: 'A writer', publicClient: { redirectUris: [`${emulator.ready.control}/health`] } },
      consent: { '00000003-0000-0000-c000-000000000000': scopes },
    })
    const { accessToken } = await tokensFor(emulator, id, `ada@${domain}`, { client: appId, scope: graphDefaultScope })
    const counts = await sweep(
      accessToken,
      entries.filter(({ path }) => path.startsWith('/groups/{')),
    )
    expect(Object.keys(counts).filter((status) => status !== '403').length).toBeGreaterThan(0)
    const erik = (await walls.people('contoso-demo')).find(({ userPrincipalName }) => userPrincipalName.startsWith('erik@'))
    expect(await send(accessToken, 'PATCH', `/users/${erik?.id}`, { accountEnabled: false })).toBe(204)
    expect((await walls.requests()).filter(({ effect }) => effect)).toHaveLength(1)
  })
})
