import { afterEach } from '@jest/globals'
import type { FastifyInstance } from 'fastify'
import { routes } from '../../../core/api/routes.ts'
import type { Route } from '../../../core/api/route.ts'
import type { Door, Role } from '../../../core/principal.ts'
import type { Handler } from '../../../bot/src/http/handler.ts'
import { buildServer, type HttpDependencies } from '../../../bot/src/http/server.ts'
import type { Identity } from '../../../bot/src/identity/identity.ts'
import { silentLog } from '../../../bot/src/log.ts'

export const settings = {
  version: '0.0.0',
  origin: 'https://countersign.example',
  authority: 'https://login.example',
  sharePointHost: 'contoso.sharepoint.com',
}

/** An identity that believes everybody to be the given person; the parts that nobody asks for throw. */
export function identityOf(door: Door, held: readonly Role[], csrfToken: string | null = null): Identity {
  const signedIn = async () =>
    ({
      kind: 'signedIn',
      signedIn: {
        principal: { tenantId: 't', objectId: 'o', displayName: 'Ada', roles: held, door },
        credential: { kind: 'session' },
        csrfToken,
      },
    }) as const
  const never = (): never => {
    throw new Error('This part of identity is not for this test.')
  }
  return new Proxy(Object(null), { get: (_target, name) => (name === 'fromBearer' || name === 'fromCookie' ? signedIn : never) })
}

/** Handlers for the whole contract that count how often each was reached. */
export function countingHandlers(reached: string[]): Handler[] {
  const list: readonly Route[] = routes
  return list.map((route) => ({
    route,
    handle: async () => {
      reached.push(route.id)
      throw new Error('reached')
    },
  }))
}

interface Asked {
  readonly method?: string
  readonly url: string
  readonly headers?: Record<string, string>
  readonly payload?: string
}
export interface Got {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
interface TestServer {
  readonly ask: (asked: Asked) => Promise<Got>
}

const open: FastifyInstance[] = []
afterEach(() => Promise.all(open.splice(0).map((app) => app.close())))

/** A real server on a port of its own. */
export async function serverWith(over: Partial<HttpDependencies>): Promise<TestServer> {
  const app = await buildServer({
    settings,
    identity: identityOf('tab', ['owner']),
    log: silentLog,
    handlers: countingHandlers([]),
    registerRoutes: [],
    ...over,
  })
  open.push(app)
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    async ask({ method = 'GET', url, headers = {}, payload }) {
      const response = await fetch(`${origin}${url}`, {
        method,
        headers,
        ...(payload === undefined ? {} : { body: payload }),
      })
      return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    },
  }
}

/** The path of a route with something in each place of it. */
export function pathOf(route: Route): string {
  return route.path.replace(':checkId', 'app-secret-expired').replace(/:\w+/g, '11111111-1111-4111-8111-111111111111')
}
