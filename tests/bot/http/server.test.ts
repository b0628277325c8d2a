import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { routes } from '../../../core/api/routes.ts'
import { problemSchema } from '../../../core/api/problem.ts'
import { capabilities, doorCapabilities } from '../../../core/principal.ts'
import type { Route } from '../../../core/api/route.ts'
import { admit } from '../../../bot/src/http/auth.ts'
import { serve } from '../../../bot/src/http/handler.ts'
import { openApiDocument } from '../../../bot/src/http/openapi.ts'
import { answer } from '../../../bot/src/http/problem.ts'
import { checkContract } from '../../../bot/src/http/server.ts'
import { localeOf } from '../../../bot/src/http/wire.ts'
import { countingHandlers, identityOf, pathOf, serverWith, settings, type Got } from './serving.ts'

function problemIn(response: Got): z.infer<typeof problemSchema> {
  return problemSchema.parse(JSON.parse(response.body))
}

describe('the contract', () => {
  it('has a handler for each route, or the service does not start', () => {
    const handlers = countingHandlers([])
    expect(() => checkContract(handlers)).not.toThrow()
    expect(() => checkContract(handlers.slice(1))).toThrow(`The route ${handlers[0]?.route.id} has no handler.`)
    expect(() => checkContract([...handlers, ...handlers.slice(0, 1)])).toThrow('has two handlers')
    const stray = serve(
      { id: 'stray', method: 'GET', path: '/api/stray', summary: '', capability: 'public', effect: 'none', answer: z.object({}) },
      async () => answer({}),
    )
    expect(() => checkContract([...handlers, stray])).toThrow('the contract does not list')
  })

  it('takes no tenant id anywhere: no path, no query, no body, at any depth', () => {
    const document = openApiDocument(settings)
    const asked: string[] = []
    const walk = (value: unknown, place: string): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [key, member] of Object.entries(value)) {
        if (place.endsWith('properties') || key === 'name') asked.push(typeof member === 'string' && key === 'name' ? member : key)
        walk(member, `${place}.${key}`)
      }
    }
    for (const [path, operations] of Object.entries(Object(document['paths']))) {
      asked.push(...path.split('/'))
      for (const operation of Object.values(Object(operations)))
        walk({ parameters: Reflect.get(Object(operation), 'parameters'), body: Reflect.get(Object(operation), 'requestBody') }, path)
    }
    expect(asked.length).toBeGreaterThan(40)
    expect(asked.filter((name) => /tenant|\btid\b/i.test(name))).toEqual([])
  })

  it('describes every route once, with a unique id', () => {
    const paths: Record<string, Record<string, { operationId: string }>> = Object(openApiDocument(settings)['paths'])
    const described = Object.values(paths).flatMap((operations) => Object.values(operations).map(({ operationId }) => operationId))
    expect(described.sort()).toEqual(routes.map(({ id }) => id).sort())
    expect(new Set(described).size).toBe(described.length)
  })
})

describe('who reaches what', () => {
  it('lets the view door through to what neither changes nor exports only', () => {
    const open = (routes as readonly Route[]).filter((route) => doorCapabilities.view.some((capability) => capability === route.capability))
    expect(open.filter(({ effect }) => effect !== 'none')).toEqual([])
    expect(Object.keys(capabilities)).toEqual(expect.arrayContaining([...doorCapabilities.view]))
  })

  it('wants the session’s own token with every change that a cookie makes, and only then', async () => {
    for (const route of (routes as readonly Route[]).filter(({ effect, capability }) => effect === 'changes' && capability !== 'confirm')) {
      const ask = async (token?: string) => {
        const request = { headers: token === undefined ? {} : { 'x-csrf-token': token }, cookies: { '__Host-countersign': 'id' } }
        return admit(Object(request), route, identityOf('web', ['owner'], 'right'))
      }
      expect([route.id, (await ask()).kind, (await ask('wrong')).kind, (await ask('right')).kind]).toEqual([
        route.id,
        'refused',
        'refused',
        'admitted',
      ])
    }
  })

  it('says which roles may, to a person who lacks them', async () => {
    const app = await serverWith({ identity: identityOf('tab', ['viewer']) })
    const response = await app.ask({
      method: 'POST',
      url: '/api/scans',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      payload: '{}',
    })
    expect(problemIn(response)).toMatchObject({ status: 403, roles: ['owner', 'admin'], mend: expect.stringContaining('Entra') })
  })
})

describe('answers', () => {
  it('carry no stack and no message of an error, but a request id', async () => {
    const app = await serverWith({})
    const response = await app.ask({ method: 'GET', url: '/api/me', headers: { authorization: 'Bearer x' } })
    expect(response.statusCode).toBe(500)
    expect(response.body).not.toContain('reached')
    expect(problemIn(response).requestId).toBe(response.headers['x-request-id'])
  })

  it.each([
    ['broken JSON', 'application/json', '{"a":', 400],
    ['another type', 'text/plain', 'hello', 415],
    ['far too much', 'application/json', JSON.stringify({ a: 'x'.repeat(70_000) }), 413],
    ['a member too many', 'application/json', '{"surplus":1}', 400],
    ['a poisoned prototype', 'application/json', '{"__proto__":{"roles":["owner"]}}', 400],
  ])('refuse a body of %s with problem details', async (_name, type, payload, status) => {
    const app = await serverWith({})
    const response = await app.ask({
      method: 'POST',
      url: '/api/scans',
      headers: { authorization: 'Bearer x', 'content-type': type },
      payload,
    })
    expect([response.statusCode, problemIn(response).status]).toEqual([status, status])
  })

  it('refuse members that no program could turn into a text, wherever they stand in a body', async () => {
    const reached: string[] = []
    const app = await serverWith({ handlers: countingHandlers(reached) })
    const list: readonly Route[] = routes
    let looked = 0
    for (const route of list) {
      const names = route.body instanceof z.ZodObject ? Object.keys(route.body.shape) : []
      if (names.length === 0) continue
      const odd = { length: { toString: 1 }, toString: 1 }
      const payload = JSON.stringify(Object.fromEntries(names.map((name) => [name, odd])))
      const headers = { authorization: 'Bearer x', 'content-type': 'application/json' }
      const response = await app.ask({ method: route.method, url: pathOf(route), headers, payload })
      expect([route.id, response.statusCode]).toEqual([route.id, 400])
      looked += 1
    }
    expect(looked).toBeGreaterThan(15)
    expect(reached).toEqual([])
  })

  it('are protected: no sniffing, no framing of data, no caching, HSTS, and no X-Frame-Options', async () => {
    const app = await serverWith({})
    const { headers } = await app.ask({ url: '/api/client-settings' })
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'strict-transport-security': expect.any(String),
    })
    expect(headers['x-frame-options']).toBeUndefined()
  })

  it('open the view to the tenant’s own SharePoint and to no other origin', async () => {
    const app = await serverWith({})
    const ask = (url: string, origin: string): Promise<Got> => app.ask({ method: 'OPTIONS', url, headers: { origin } })
    expect((await ask('/api/view/posture', 'https://contoso.sharepoint.com')).headers['access-control-allow-origin']).toBe(
      'https://contoso.sharepoint.com',
    )
    expect((await ask('/api/view/posture', 'https://evil.sharepoint.com')).headers['access-control-allow-origin']).toBeUndefined()
    expect((await ask('/api/overview', 'https://contoso.sharepoint.com')).headers['access-control-allow-origin']).toBeUndefined()
  })

  it('are in the reader’s English, whatever else is asked for', () => {
    expect([undefined, 'de-DE,de;q=0.9', 'de,en-GB;q=0.8', 'en-us', '*', 'en-<script>'].map(localeOf)).toEqual([
      'en',
      'en',
      'en-GB',
      'en-US',
      'en',
      'en',
    ])
  })
})
