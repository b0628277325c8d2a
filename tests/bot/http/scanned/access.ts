import { describe, expect, it } from '@jest/globals'
import { meSchema } from '../../../../core/api/me.ts'
import { problemSchema } from '../../../../core/api/problem.ts'
import type { Route } from '../../../../core/api/route.ts'
import { routes } from '../../../../core/api/routes.ts'
import { makePerson } from '../../../../tools/stack/person.ts'
import { apiWith, bearerFor, sharePointClient, tenantNamed, type Api, type ApiAnswer } from '../../service.ts'
import { addressOf, by, stack } from '../../shared-stack.ts'

async function as(tenant: string, person: string, options: { scope?: string; client?: string } = {}): Promise<Api> {
  const { emulator, service } = stack()
  return apiWith(service.origin, await bearerFor(emulator, tenant, person, { resource: service.resource, ...options }))
}

function ada(): string {
  return addressOf(stack().emulator, 'ada')
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
    expect(meSchema.parse((await by('ada').get('/api/me')).body)).toMatchObject({
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
      const nobody = apiWith(stack().service.origin, token)
      for (const route of guarded) {
        const answer = await callRoute(nobody, route)
        expect([route.id, answer.status]).toEqual([route.id, 401])
        expect(problemSchema.parse(answer.body)).toMatchObject({ status: 401 })
      }
    }
  })

  it('lets a dashboard token see the dashboard view and nothing else, least of all what changes or exports', async () => {
    const view = await as('contoso-demo', ada(), { scope: 'Posture.View', client: sharePointClient })
    expect((await view.get('/api/view/posture')).status).toBe(200)
    for (const route of routes.filter(({ capability, path }) => capability !== 'public' && path !== '/api/view/posture')) {
      const answer = await callRoute(view, route)
      expect([route.id, answer.status]).toEqual([route.id, 403])
    }
  })

  it('names the roles that may, to a person who may not', async () => {
    const cleo = by('cleo')
    const refused = await cleo.post('/api/scans')
    expect(refused.status).toBe(403)
    expect(problemSchema.parse(refused.body)).toMatchObject({ roles: ['owner', 'admin'] })
    expect((await cleo.get('/api/findings')).status).toBe(403)
    expect((await cleo.get('/api/overview')).status).toBe(200)
  })

  it('refuses a person of a tenant that it does not serve, by token and by sign-in', async () => {
    const stranger = `ada@${tenantNamed(stack().emulator, 'hardened').domain}`
    expect((await (await as('hardened', stranger)).get('/api/me')).status).toBe(401)
    const landed = await makePerson(stranger).open(`${stack().service.origin}/auth/sign-in`)
    expect(landed.status).toBe(403)
    expect(landed.text).toContain('does not serve your tenant')
  })

  it('tells a bad request what is wrong and where', async () => {
    const answer = await by('ada').post('/api/aid/connect', { objectId: 'me', tenantId: 'x' })
    expect(answer.status).toBe(400)
    expect(problemSchema.parse(answer.body).errors?.map(({ path }) => path)).toEqual(expect.arrayContaining(['body.objectId']))
    expect((await by('ada').get('/api/nothing')).status).toBe(404)
  })
})

describe('a plain browser', () => {
  it('signs in, keeps only an opaque cookie, needs the session’s token for changes, and signs out', async () => {
    const person = makePerson(ada())
    const landed = await person.open(`${stack().service.origin}/auth/sign-in?to=/trust`)
    expect(landed.url).toBe(`${stack().service.origin}/trust`)
    const me = meSchema.parse(await (await person.fetch(`${stack().service.origin}/api/me`)).json())
    expect(me.csrfToken).toMatch(/^[A-Za-z0-9_-]{40,}$/)
    const change = (token?: string): Promise<Response> =>
      person.fetch(`${stack().service.origin}/api/trust/refresh`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { 'x-csrf-token': token } : {}) },
        body: '{}',
      })
    expect((await change()).status).toBe(403)
    expect((await change('wrong')).status).toBe(403)
    expect((await change(me.csrfToken ?? '')).status).toBe(200)
    await person.fetch(`${stack().service.origin}/auth/sign-out`)
    expect((await person.fetch(`${stack().service.origin}/api/me`)).status).toBe(401)
  })

  it('never sends anybody to another host after sign-in', async () => {
    for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', '/auth/sign-out']) {
      const landed = await makePerson(ada()).open(`${stack().service.origin}/auth/sign-in?to=${encodeURIComponent(to)}`)
      expect(landed.url).toBe(`${stack().service.origin}/`)
    }
  })

  it('gets the cookie with every protection, and refuses an answer that this browser did not ask for', async () => {
    const person = makePerson(ada())
    const begun = await person.fetch(`${stack().service.origin}/auth/sign-in`)
    expect(begun.headers.getSetCookie()[0]).toMatch(/^__Host-[^;]+;.*Path=\/;.*HttpOnly; Secure; SameSite=Lax/)
    const stranger = await fetch(`${stack().service.origin}/auth/callback?code=x&state=y`, { redirect: 'manual' })
    expect(stranger.status).toBe(403)
    expect(await stranger.text()).toContain('was not begun in this browser')
  })
})
