import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { request } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { parseArguments } from '../server/arguments.ts'
import { loadOrMakeCertificates } from '../server/certificates.ts'
import { GRAPH, READ, readRegistration, startKit } from './signin-kit.ts'
import type { Kit } from './signin-kit.ts'

const errorBody = z.object({ error: z.string() })
let kit: Kit
before(async () => {
  kit = await startKit()
})
after(() => kit.close())

async function refused(method: string, path: string, body: unknown, status: number, message: RegExp): Promise<void> {
  const answer = await kit.control(method, path, body)
  assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(answer.body)}`)
  assert.match(errorBody.parse(answer.body).error, message)
}

describe('control port', () => {
  it('lists tenants and people with their roles', async () => {
    const { body } = await kit.control('GET', '/tenants')
    const { tenants } = z.object({ tenants: z.array(z.object({ name: z.string() })) }).parse(body)
    assert.deepEqual(tenants.map((tenant) => tenant.name).sort(), ['contoso-demo', 'hardened', 'second'])
    const ada = (await kit.people()).find((person) => person.userPrincipalName.startsWith('ada@'))
    assert.ok(ada?.roles.includes('Global Administrator'))
    assert.equal((await kit.control('GET', '/health')).status, 200)
  })

  it('refuses bad bodies, naming what and where', async () => {
    const base = '/tenants/contoso-demo'
    const { application } = readRegistration
    await refused('PUT', `${base}/registrations`, undefined, 400, /not JSON/)
    await refused('PUT', `${base}/registrations`, { application: {} }, 400, /appId/)
    await refused('PUT', `${base}/registrations`, { application, surprise: 1 }, 400, /surprise/)
    await refused('PUT', `${base}/registrations`, { application: { ...application, colour: 'red' } }, 400, /application\.colour/)
    await refused('PUT', `${base}/registrations`, { application: { ...application, appId: GRAPH } }, 400, /Microsoft Graph itself/)
    await refused('PUT', `${base}/registrations`, { application, consent: { [GRAPH]: ['Made.Up'] } }, 400, /no delegated scope "Made\.Up"/)
    await refused('PUT', `${base}/registrations`, { application, consent: { 'api://nobody': ['X'] } }, 400, /no resource "api:\/\/nobody"/)
    await refused(
      'PUT',
      `${base}/registrations`,
      { application, assignments: [{ user: 'nobody@x.example', role: 'Approver' }] },
      400,
      /no user "nobody@x\.example"/,
    )
    await refused(
      'PUT',
      `${base}/registrations`,
      { application, assignments: [{ user: 'ada@contoso-demo.example', role: 'Boss' }] },
      400,
      /"Boss"/,
    )
    await refused(
      'PUT',
      `${base}/users`,
      { userPrincipalName: 'new@elsewhere.example', displayName: 'New' },
      400,
      /no domain of contoso-demo/,
    )
    await refused(
      'PUT',
      `${base}/users`,
      { userPrincipalName: 'new@contoso-demo.example', displayName: 'New', directoryRoles: ['Emperor'] },
      400,
      /"Emperor"/,
    )
    await refused(
      'PUT',
      `${base}/users`,
      { userPrincipalName: 'new@contoso-demo.example', displayName: 'New', shoeSize: 43 },
      400,
      /shoeSize/,
    )
    await refused('PATCH', `${base}/objects/users/nobody`, { displayName: 'x' }, 404, /no object "nobody" in users/)
    await refused('PATCH', `${base}/objects/identity/conditionalAccess/nothing/x`, { displayName: 'x' }, 404, /no collection/)
    await refused('POST', `${base}/revoke-sessions/nobody`, undefined, 404, /no user "nobody"/)
    await refused('DELETE', `${base}/consent/${'0'.repeat(8)}-0000-4000-8000-000000000000`, undefined, 404, /no service principal/)
    await refused('GET', '/tenants/nowhere/people', undefined, 404, /contoso-demo, hardened, second/)
    await refused('PUT', '/faults', [{ match: {}, kind: 'explode' }], 400, /kind/)
    await refused('PUT', '/faults', [{ match: {}, kind: 'status' }], 400, /faults\[0\]: the kind "status" needs a status/)
    await refused('PUT', '/audit', { delayMs: 'soon' }, 400, /delayMs/)
    await refused('PUT', '/clock', { offsetMs: 1.5 }, 400, /offsetMs/)
    await refused('PUT', '/sign-in', { accessTokenSeconds: 0 }, 400, /accessTokenSeconds/)
    await refused('PUT', '/sign-in', { requireClaims: { id_token: {} } }, 400, /id_token/)
    await refused('PUT', '/bot', { appId: READ, tenant: 'contoso-demo' }, 400, /--bot-endpoint/)
    await refused('PUT', '/bot', { endpoint: 'https://evil.example/', appId: READ, tenant: 'contoso-demo' }, 400, /loopback|localhost/)
    await refused('GET', '/requests?since=x', undefined, 400, /since/)
    await refused('GET', '/nothing', undefined, 404, /The routes are/)
  })

  it('keeps everything as it was when it refuses', async () => {
    const put = await kit.control('PUT', '/tenants/contoso-demo/registrations', {
      ...readRegistration,
      secrets: ['another'],
      consent: { [GRAPH]: ['Made.Up'] },
    })
    assert.equal(put.status, 400)
    assert.ok(
      await kit.client().acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] }),
      'the earlier secret still works',
    )
  })

  it('answers the same for the same registration, whoever asks again', async () => {
    const first = await kit.control('PUT', '/tenants/contoso-demo/registrations', readRegistration)
    assert.deepEqual(await kit.control('PUT', '/tenants/contoso-demo/registrations', readRegistration), first)
  })

  it('creates a person with directory roles, and edits one behind everybody’s back', async () => {
    const upn = 'new@contoso-demo.example'
    const put = await kit.control('PUT', '/tenants/contoso-demo/users', {
      userPrincipalName: upn,
      displayName: 'New',
      directoryRoles: ['Security Reader'],
    })
    const { id } = z.object({ id: z.string() }).parse(put.body)
    assert.deepEqual((await kit.people()).find((person) => person.id === id)?.roles, ['Security Reader'])
    assert.equal((await kit.control('PATCH', `/tenants/contoso-demo/objects/users/${id}`, { displayName: 'Renamed' })).status, 200)
    assert.equal((await kit.people()).find((person) => person.id === id)?.displayName, 'Renamed')
    await kit.control('PUT', '/tenants/contoso-demo/users', { userPrincipalName: upn, displayName: 'New', directoryRoles: [] })
    assert.deepEqual((await kit.people()).find((person) => person.id === id)?.roles, [])
  })

  it('logs Graph requests and applies faults to them', async () => {
    await kit.control('DELETE', '/requests')
    await kit.control('PUT', '/faults', [{ match: { pathPrefix: '/v1.0/users' }, kind: 'cut', times: 1 }])
    const user = await kit.signIn(kit.client(), 'ada@contoso-demo.example', [`api://localhost/${READ}/access_as_user`])
    const graph = await kit
      .client()
      .acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: ['https://graph.microsoft.com/User.Read'] })
    const headers = { authorization: `Bearer ${graph?.accessToken}` }
    await assert.rejects(fetch(`${kit.ready.graph}/v1.0/users`, { headers }), 'the connection is destroyed')
    assert.equal((await fetch(`${kit.ready.graph}/v1.0/me?$select=id`, { headers })).status, 200)
    const { requests } = z
      .object({ requests: z.array(z.looseObject({ seq: z.number(), status: z.number(), path: z.string() })) })
      .parse((await kit.control('GET', '/requests?since=0')).body)
    assert.deepEqual(
      requests.map(({ path, status }) => `${path} ${status}`),
      ['/v1.0/users 0', '/v1.0/me?$select=id 200'],
    )
    await kit.control('DELETE', '/faults')
  })

  it('keeps web pages out', async () => {
    const answers = await Promise.all([
      fetch(`${kit.ready.control}/tenants`, { headers: { origin: 'https://evil.example' } }),
      statusWithHost('evil.example'),
    ])
    assert.equal(answers[0].status, 403)
    assert.equal(answers[1], 403)
  })
})

/** A request under another host name, as a rebound DNS name would send it. */
function statusWithHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(`${kit.ready.control}/tenants`, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    call.on('error', reject)
    call.end()
  })
}

describe('command line', () => {
  it('refuses bad arguments with exit code 2 and a sentence', () => {
    const run = spawnSync(process.execPath, ['main.ts', '--ports', '1,2'], { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' })
    assert.equal(run.status, 2)
    assert.match(run.stderr, /--ports needs 6 numbers/)
    assert.equal(run.stdout, '')
    const wrong: [string[], RegExp][] = [
      [['--bogus'], /bogus/],
      [['--seed', 'x'], /--seed/],
      [['--ports', '0,0,0,0,0,70000'], /chatProxy/],
      [['--graph-port', '8443'], /same port/],
      [['--audit-delay', 'later'], /--audit-delay/],
      [['--bot-endpoint', 'https://bot.example/api/messages'], /--bot-endpoint/],
      [['--data', ''], /--data/],
    ]
    for (const [argv, message] of wrong) {
      const parsed = parseArguments(argv, '/tmp')
      assert.equal(parsed.kind, 'bad', argv.join(' '))
      assert.match(parsed.kind === 'bad' ? parsed.message : '', message)
    }
  })

  it('reads ports in order, each also by its own flag', () => {
    const parsed = parseArguments(['--ports', '1,2,3,4,5,6', '--graph-port', '33', '--audit-delay', 'never'], '/tmp')
    assert.ok(parsed.kind === 'start')
    assert.deepEqual(parsed.options.ports, { signIn: 1, signInBrowser: 2, graph: 33, control: 4, channel: 5, chatProxy: 6 })
    assert.equal(parsed.options.auditDelayMs, null)
  })

  it('says which port is taken and exits 1', () => {
    const port = new URL(kit.ready.control).port
    const run = spawnSync(process.execPath, ['main.ts', '--ports', `0,0,0,${port},0,0`, '--data', join(tmpdir(), 'emulator-test-taken')], {
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
    })
    assert.equal(run.status, 1, run.stderr)
    assert.match(run.stderr, new RegExp(`control cannot listen: port ${port} is already in use`))
  })
})

describe('certificates', () => {
  it('are made once, for the named hosts, with the key readable by its owner only and no authority key kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'emulator-test-'))
    const [first, racing] = await Promise.all([loadOrMakeCertificates(folder), loadOrMakeCertificates(folder)])
    assert.equal(racing.ca, first.ca, 'two that start at once agree')
    assert.equal((await loadOrMakeCertificates(folder)).certificate, first.certificate)
    const leaf = new X509Certificate(first.certificate)
    for (const host of ['localhost', 'login.microsoftonline.com', 'graph.microsoft.com']) assert.equal(leaf.checkHost(host), host)
    assert.equal(leaf.checkIP('127.0.0.1'), '127.0.0.1')
    assert.deepEqual((await readdir(join(folder, 'certificates'))).sort(), ['ca.pem', 'leaf.key', 'leaf.pem'])
    assert.equal((await stat(join(folder, 'certificates', 'leaf.key'))).mode & 0o777, 0o600)
    await rm(folder, { recursive: true })
  })
})
