import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { overviewSchema, scanSchema, viewPostureSchema, type Scan } from '../../../core/api/posture.ts'
import { findingSchema, listFindings } from '../../../core/api/findings.ts'
import { meSchema } from '../../../core/api/me.ts'
import { problemSchema } from '../../../core/api/problem.ts'
import { routes } from '../../../core/api/routes.ts'
import { trustSchema } from '../../../core/api/trust.ts'
import type { Route } from '../../../core/api/route.ts'
import { severities } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { factOf } from '../../../core/posture/facts.ts'
import { neededFacts } from '../../../core/posture/judge-facts.ts'
import type { Role } from '../../../core/principal.ts'
import { eventIn, type LiveEvent } from '../../../teamsapp/client/events.ts'
import { makePerson } from '../../../tools/stack/person.ts'
import {
  apiWith,
  bearerFor,
  endService,
  ids,
  register,
  sharePointClient,
  startService,
  startTestEmulator,
  tenantNamed,
  type Api,
  type ApiAnswer,
  type Service,
} from '../service.ts'
import { until } from '../until.ts'

type TestEmulator = Awaited<ReturnType<typeof startTestEmulator>>
let emulator: TestEmulator
let service: Service
let ada: Api
let domain: string

beforeAll(async () => {
  emulator = await startTestEmulator()
  domain = tenantNamed(emulator, 'contoso-demo').domain
  service = await startService({
    emulator,
    tenants: ['contoso-demo', 'second'],
    alsoRegisteredIn: ['hardened'],
    assignments: {
      'contoso-demo': people(),
      second: [{ user: `eve@${tenantNamed(emulator, 'second').domain}`, role: 'owner' }],
    },
  })
  ada = await as('contoso-demo', `ada@${domain}`)
})
afterAll(async () => {
  await endService(service)
  await emulator.end()
})
beforeEach(() => emulator.control('DELETE', '/faults'))

/** Who holds a role in contoso-demo. */
function people(): { readonly user: string; readonly role: Role }[] {
  return [
    { user: `ada@${domain}`, role: 'owner' },
    { user: `cleo@${domain}`, role: 'viewer' },
  ]
}

async function as(tenant: string, person: string, options: { scope?: string; client?: string } = {}): Promise<Api> {
  return apiWith(service.origin, await bearerFor(emulator, tenant, person, { resource: service.resource, ...options }))
}

async function scanToEnd(api: Api, expected: Scan['state'] = 'finished'): Promise<Scan> {
  const started = await api.post('/api/scans')
  expect([200, 202]).toContain(started.status)
  const scan = await ended(api, scanSchema.parse(started.body).id)
  expect(scan).toMatchObject({ state: expected })
  return scan
}

async function ended(api: Api, id: string): Promise<Scan> {
  return until(async () => {
    const scan = scanSchema.parse((await api.get(`/api/scans/${id}`)).body)
    return ['finished', 'failed', 'stopped'].includes(scan.state) ? scan : undefined
  }, 100)
}

/** Begins a scan that cannot come to its end while the emulator's faults are as they are; answers its id once it reads. */
async function scanHeldAt(pathPrefix: string): Promise<string> {
  await emulator.control('PUT', '/faults', [{ match: { method: 'GET', pathPrefix }, kind: 'delay', delayMs: 600_000 }])
  const { id } = scanSchema.parse((await ada.post('/api/scans')).body)
  await until(async () => scanSchema.parse((await ada.get(`/api/scans/${id}`)).body).state === 'collecting' || undefined)
  return id
}

/** What the shown scan says of each check, by the check's id. */
async function verdicts(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>()
  for (const { id } of checks) pages.set(id, findingSchema.parse((await ada.get(`/api/findings/${id}`)).body).verdict)
  return pages
}

/** Ids of checks whose verdict is one of these. */
function having(all: ReadonlyMap<string, string>, ...wanted: readonly string[]): string[] {
  return [...all].flatMap(([id, verdict]) => (wanted.includes(verdict) ? [id] : []))
}

/** A path of a route with made-up but well-formed parameters. */
function pathOf(route: Route): string {
  return route.path.replace(':checkId', 'app-secret-expired').replace(/:\w+/g, '11111111-1111-4111-8111-111111111111')
}

function callRoute(api: Api, route: Route): Promise<ApiAnswer> {
  const call = { GET: api.get, POST: api.post, PUT: api.put, DELETE: api.delete }[route.method]
  return call(pathOf(route))
}

describe('who may come in', () => {
  it('knows the person, the tenant and the roles from the token alone', async () => {
    expect(meSchema.parse((await ada.get('/api/me')).body)).toMatchObject({
      displayName: 'Ada Lindqvist',
      roles: ['owner'],
      csrfToken: null,
      may: { scan: true, manageAid: true },
    })
  })

  it('answers 401 with problem details to every route that is not public, without a token and with rubbish', async () => {
    const guarded = routes.filter(({ capability }) => capability !== 'public')
    expect(guarded.length).toBeGreaterThan(15)
    for (const token of [undefined, 'abc', 'eyJhbGciOiJub25lIn0.e30.']) {
      const nobody = apiWith(service.origin, token)
      for (const route of guarded) {
        const answer = await callRoute(nobody, route)
        expect([route.id, answer.status]).toEqual([route.id, 401])
        expect(problemSchema.parse(answer.body)).toMatchObject({ status: 401 })
      }
    }
  })

  it('lets a dashboard token see the dashboard view and nothing else, least of all what changes or exports', async () => {
    const view = await as('contoso-demo', `ada@${domain}`, { scope: 'Posture.View', client: sharePointClient })
    expect((await view.get('/api/view/posture')).status).toBe(200)
    for (const route of routes.filter(({ capability, path }) => capability !== 'public' && path !== '/api/view/posture')) {
      const answer = await callRoute(view, route)
      expect([route.id, answer.status]).toEqual([route.id, 403])
    }
  })

  it('names the roles that may, to a person who may not', async () => {
    const cleo = await as('contoso-demo', `cleo@${domain}`)
    const refused = await cleo.post('/api/scans')
    expect(refused.status).toBe(403)
    expect(problemSchema.parse(refused.body)).toMatchObject({ roles: ['owner', 'admin'] })
    expect((await cleo.get('/api/findings')).status).toBe(403)
    expect((await cleo.get('/api/overview')).status).toBe(200)
  })

  it('refuses a person of a tenant that it does not serve, by token and by sign-in', async () => {
    const stranger = `ada@${tenantNamed(emulator, 'hardened').domain}`
    expect((await (await as('hardened', stranger)).get('/api/me')).status).toBe(401)
    const landed = await makePerson(stranger).open(`${service.origin}/auth/sign-in`)
    expect(landed.status).toBe(403)
    expect(landed.text).toContain('does not serve your tenant')
  })

  it('tells a bad request what is wrong and where', async () => {
    const answer = await ada.post('/api/aid/connect', { objectId: 'me', tenantId: 'x' })
    expect(answer.status).toBe(400)
    expect(problemSchema.parse(answer.body).errors?.map(({ path }) => path)).toEqual(expect.arrayContaining(['body.objectId']))
    expect((await ada.get('/api/nothing')).status).toBe(404)
  })
})

describe('a scan of contoso-demo', () => {
  it('goes from token to findings, with evidence that the token only reads, and nothing of it reaches another tenant', async () => {
    await emulator.control('DELETE', '/requests')
    await scanToEnd(ada)
    const overview = overviewSchema.parse((await ada.get('/api/overview')).body)
    expect(overview.tenant).toEqual({ displayName: 'Contoso Demo', domain })
    const all = await verdicts()
    expect(having(all, 'unknown')).toEqual([])
    expect(overview.notRead).toEqual([])
    expect(overview.checks).toEqual({ read: checks.length, of: checks.length })
    expect(overview.openFindings).toBeGreaterThan(20)
    const { findings } = listFindings.answer.parse((await ada.get('/api/findings')).body)
    expect(
      findings
        .filter(({ open }) => open > 0)
        .map(({ checkId }) => checkId)
        .sort(),
    ).toEqual(having(all, 'warn', 'fail').sort())
    for (const code of ['APP-01', 'APP-02', 'CA-01', 'PR-01'])
      expect(findings.find((finding) => finding.code === code)).toMatchObject({ state: 'open', adds: expect.any(Number) })
    // The five most serious, those first that add most among equals.
    const rank = ({ severity, adds }: { severity: (typeof severities)[number]; adds: number }): number =>
      severities.indexOf(severity) * 1000 - adds
    expect(overview.risks.map(rank)).toEqual(
      findings
        .map(rank)
        .sort((left, right) => left - right)
        .slice(0, 5),
    )

    const page = findingSchema.parse((await ada.get('/api/findings/app-secret-expired')).body)
    expect(page.affected.length).toBe(page.open)
    expect(page.affected[0]).toMatchObject({ state: 'open', fix: { actionId: 'remove-app-secret' } })
    expect(page.answers.map(({ request }) => request)).toContainEqual(
      expect.stringMatching(/^GET \/v1\.0\/applications\?\$select=id,appId,displayName,[\w,]*passwordCredentials[\w,]*&\$top=\d+$/),
    )

    const log = z
      .object({ requests: z.array(z.object({ method: z.string(), path: z.string(), effect: z.boolean() })) })
      .parse(await emulator.control('GET', '/requests?since=0'))
    expect(log.requests.length).toBeGreaterThan(50)
    // A batch is a POST to look at; each request in it is logged, and judged here, by itself.
    expect(log.requests.filter(({ method, path, effect }) => effect || (method !== 'GET' && path !== '/v1.0/$batch'))).toEqual([])

    const trust = trustSchema.parse((await ada.get('/api/trust')).body)
    expect(trust.claims.find(({ id }) => id === 'read-plane-read-only')).toMatchObject({ standing: 'proven', environment: 'emulator' })

    const eve = await as('second', `eve@${tenantNamed(emulator, 'second').domain}`)
    expect(overviewSchema.parse((await eve.get('/api/overview')).body)).toMatchObject({
      lastScan: null,
      score: null,
      openFindings: 0,
      risks: [],
    })
    expect((await eve.get('/api/findings/app-secret-expired')).status).toBe(404)
    expect((await eve.get(`/api/scans/${overview.lastScan?.id}`)).status).toBe(404)
    expect((await eve.get('/api/events?after=0')).body).toMatchObject({ events: [] })
  })

  it('answers an unchanged view with 304', async () => {
    const first = await ada.get('/api/view/posture')
    viewPostureSchema.parse(first.body)
    const again = await ada.get('/api/view/posture', { 'if-none-match': first.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })

  it('tells of itself as it goes, by an event stream that resumes after a cursor', async () => {
    const pageSchema = z.object({ events: z.array(z.unknown()), cursor: z.number() })
    let cursor = 0
    // A page holds 500; the first scan opens more findings than that.
    for (let left = 1; left > 0;) {
      const page = pageSchema.parse((await ada.get(`/api/events?after=${cursor}`)).body)
      cursor = page.cursor
      left = page.events.length
    }
    const token = await bearerFor(emulator, 'contoso-demo', `ada@${domain}`, { resource: service.resource })
    const stop = new AbortController()
    const response = await fetch(`${service.origin}/api/events?after=${cursor}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal: stop.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const { id } = await scanToEnd(ada)
    const heard: LiveEvent[] = []
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      heard.push(...blocks.flatMap((block) => eventIn(block) ?? []))
      if (heard.some(({ kind, subjectId }) => kind === 'scan.finished' && subjectId === id)) break
    }
    stop.abort()
    // What goes on by itself, such as asking who changed something, may be told before it.
    const kinds = heard.flatMap(({ kind, subjectId }) => (subjectId === id ? [kind] : []))
    expect(kinds[0]).toBe('scan.started')
    expect(kinds).toEqual(expect.arrayContaining(['scan.progressed', 'scan.finished']))
  })

  // How a header is read is asked of the reader itself; a whole scan for each way takes long.
  it.each([['fractional', '0.3'] as const, ...(process.env['DRILL'] === '1' ? [['whole', '1'] as const, ['missing', null] as const] : [])])(
    'outlasts throttling with a %s Retry-After',
    async (_name, retryAfter) => {
      await emulator.control('PUT', '/faults', [
        { match: { method: 'GET', pathPrefix: '/v1.0/applications' }, times: 2, kind: 'throttle', retryAfter },
      ])
      const before = overviewSchema.parse((await ada.get('/api/overview')).body)
      await scanToEnd(ada)
      const after = overviewSchema.parse((await ada.get('/api/overview')).body)
      expect(after.lastScan?.id).not.toBe(before.lastScan?.id)
      expect([after.checks, after.notRead]).toEqual([before.checks, []])
      expect(after.checks.read).toBeGreaterThan(100)
    },
  )

  it('leaves only the checks without an answer that need the refused scope', async () => {
    const before = await verdicts()
    await emulator.control('DELETE', `/tenants/contoso-demo/consent/${ids.read}?scope=Policy.Read.All`)
    try {
      await scanToEnd(ada)
    } finally {
      await register(emulator, 'contoso-demo', service.origin, people())
    }
    const after = await verdicts()
    const resting = (isMeant: (fact: string) => boolean): string[] =>
      checks.filter((check) => [...neededFacts([check])].some(isMeant)).map(({ id }): string => id)
    const needScope = resting((fact) => factOf(fact)?.scopes.includes('Policy.Read.All') === true)
    const onPolicies = resting((fact) => fact === 'conditionalAccessPolicies')
    const lost = having(after, 'unknown')
    // Some of the others Graph answers under another scope, too, but policies under none.
    expect(lost.filter((id) => !needScope.includes(id))).toEqual([])
    const judged = having(before, 'pass', 'warn', 'fail').filter((id) => onPolicies.includes(id))
    expect(judged.length).toBeGreaterThan(20)
    expect(judged.filter((id) => !lost.includes(id))).toEqual([])
    const kept = [...before].filter(([id]) => !needScope.includes(id))
    expect([...after].filter(([id]) => !needScope.includes(id))).toEqual(kept)
    expect(kept.length).toBeGreaterThan(50)

    const overview = overviewSchema.parse((await ada.get('/api/overview')).body)
    expect(overview.checks).toEqual({ read: checks.length - lost.length, of: checks.length })
    expect(overview.notRead).toContainEqual(
      expect.objectContaining({ fact: 'conditionalAccessPolicies', reason: 'scope', mend: 'grantPermission' }),
    )
    expect(overview.notRead.filter(({ reason, mend }) => reason !== 'scope' || mend !== 'grantPermission')).toEqual([])
    expect(overview.notRead.reduce((sum, line) => sum + line.checks, 0)).toBe(lost.length)
    expect(findingSchema.parse((await ada.get('/api/findings/legacy-authentication-blocked')).body)).toMatchObject({
      verdict: 'unknown',
      affected: [{ state: 'open', notReadSince: expect.any(String) }],
    })
  })

  it('stops when told to, and the figures stay those of the scan before', async () => {
    const before = overviewSchema.parse((await ada.get('/api/overview')).body).lastScan?.id
    const id = await scanHeldAt('/v1.0/applications')
    expect((await ada.post(`/api/scans/${id}/stop`)).body).toMatchObject({ state: 'stopped' })
    // Whatever comes of the request that was held is for nobody.
    await emulator.control('DELETE', '/faults')
    expect(overviewSchema.parse((await ada.get('/api/overview')).body)).toMatchObject({ runningScan: null, lastScan: { id: before } })
    expect(scanSchema.parse((await ada.get(`/api/scans/${id}`)).body).state).toBe('stopped')
  })

  it('goes on after the process was killed in the middle of it', async () => {
    const id = await scanHeldAt('/v1.0/servicePrincipals')
    const gone = new Promise((resolve) => service.process.once('exit', resolve))
    service.process.kill('SIGKILL')
    await gone
    await emulator.control('DELETE', '/faults')
    service = await service.again()
    expect(await ended(ada, id)).toMatchObject({ state: 'finished' })
  })

  it('says what to do when the person’s sign-in has ended', async () => {
    const known = z
      .object({ people: z.array(z.object({ id: z.string(), userPrincipalName: z.string() })) })
      .parse(await emulator.control('GET', '/tenants/contoso-demo/people'))
    const person = known.people.find(({ userPrincipalName }) => userPrincipalName === `ada@${domain}`)
    await emulator.control('POST', `/tenants/contoso-demo/revoke-sessions/${person?.id}`)
    const refused = await ada.post('/api/scans')
    // A sign-in that begins now counts again.
    ada = await as('contoso-demo', `ada@${domain}`)
    expect(refused.status).toBe(401)
    expect(problemSchema.parse(refused.body).detail).toContain('revoked')
  })
})

describe('a plain browser', () => {
  it('signs in, keeps only an opaque cookie, needs the session’s token for changes, and signs out', async () => {
    const person = makePerson(`ada@${domain}`)
    const landed = await person.open(`${service.origin}/auth/sign-in?to=/trust`)
    expect(landed.url).toBe(`${service.origin}/trust`)
    const me = meSchema.parse(await (await person.fetch(`${service.origin}/api/me`)).json())
    expect(me.csrfToken).toMatch(/^[A-Za-z0-9_-]{40,}$/)
    const change = (token?: string): Promise<Response> =>
      person.fetch(`${service.origin}/api/trust/refresh`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { 'x-csrf-token': token } : {}) },
        body: '{}',
      })
    expect((await change()).status).toBe(403)
    expect((await change('wrong')).status).toBe(403)
    expect((await change(me.csrfToken ?? '')).status).toBe(200)
    await person.fetch(`${service.origin}/auth/sign-out`)
    expect((await person.fetch(`${service.origin}/api/me`)).status).toBe(401)
  })

  it('never sends anybody to another host after sign-in', async () => {
    for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', '/auth/sign-out']) {
      const landed = await makePerson(`ada@${domain}`).open(`${service.origin}/auth/sign-in?to=${encodeURIComponent(to)}`)
      expect(landed.url).toBe(`${service.origin}/`)
    }
  })

  it('gets the cookie with every protection, and refuses an answer that this browser did not ask for', async () => {
    const person = makePerson(`ada@${domain}`)
    const begun = await person.fetch(`${service.origin}/auth/sign-in`)
    expect(begun.headers.getSetCookie()[0]).toMatch(/^__Host-[^;]+;.*Path=\/;.*HttpOnly; Secure; SameSite=Lax/)
    const stranger = await fetch(`${service.origin}/auth/callback?code=x&state=y`, { redirect: 'manual' })
    expect(stranger.status).toBe(403)
    expect(await stranger.text()).toContain('was not begun in this browser')
  })
})
