import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { z } from 'zod'
import { scanSchema } from '../../core/api/posture.ts'
import type { Route } from '../../core/api/route.ts'
import { routes } from '../../core/api/routes.ts'
import type { Emulator } from '../../tools/stack/emulator.ts'
import { startStack, type Stack, type StackOptions } from '../../tools/stack/stack.ts'
import { prepareDataDir } from '../bot/prepared-data.ts'
import { apiWith, teamsClient, type Api, type ApiAnswer } from '../bot/service.ts'
import { tokensFor } from '../../tools/stack/tokens.ts'

export interface Walls extends Stack {
  readonly dataDir: string
  readonly tenant: (name: string) => { readonly id: string; readonly domain: string }
  /** The service's API as a person of a tenant, with the token that Teams holds. */
  readonly as: (tenantName: string, person: string) => Promise<Api>
  readonly tokenOf: (tenantName: string, person: string) => Promise<string>
  /** Object id and name of everybody in a tenant. */
  readonly people: (
    tenantName: string,
  ) => Promise<readonly { readonly id: string; readonly displayName: string | null; readonly userPrincipalName: string }[]>
  /** Every request that Graph has seen, oldest first. */
  readonly requests: () => Promise<readonly GraphRequest[]>
}
export type GraphRequest = z.infer<typeof requestsSchema>['requests'][number]

const requestsSchema = z.object({
  requests: z.array(
    z.object({
      seq: z.number(),
      method: z.string(),
      path: z.string(),
      tenantId: z.string().nullable(),
      appId: z.string().nullable(),
      status: z.number(),
      effect: z.boolean(),
    }),
  ),
})
const peopleSchema = z.object({
  people: z.array(z.object({ id: z.string(), displayName: z.string().nullable(), userPrincipalName: z.string() })),
})

/** Emulator and service on free ports; this process trusts the emulator's certificate. */
export async function startWalls(options: StackOptions = {}): Promise<Walls> {
  const stack = await startStack({ auditDelayMs: 200, prepare: prepareDataDir, ...options })
  trust(stack.emulator)
  const tenant = (name: string): { readonly id: string; readonly domain: string } => {
    const found = stack.emulator.ready.tenants[name]
    if (!found) throw new Error(`The emulator has no tenant ${name}.`)
    return found
  }
  async function tokenOf(tenantName: string, person: string): Promise<string> {
    const { id, domain } = tenant(tenantName)
    const scope = `${stack.registrations.resource}/access_as_user`
    return (await tokensFor(stack.emulator, id, `${person}@${domain}`, { client: teamsClient, scope })).accessToken
  }
  return {
    ...stack,
    dataDir: join(dirname(stack.emulator.ready.ca), '..', '..', 'data'),
    tenant,
    as: async (tenantName, person) => apiWith(stack.origin, await tokenOf(tenantName, person)),
    tokenOf,
    people: async (tenantName) => peopleSchema.parse(await stack.emulator.control('GET', `/tenants/${tenantName}/people`)).people,
    requests: async () => requestsSchema.parse(await stack.emulator.control('GET', '/requests')).requests,
  }
}

function trust(emulator: Emulator): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(emulator.ready.ca, 'utf8')])
}

/** Every route of the contract, their narrow types forgotten. */
export const allRoutes: readonly Route[] = routes
export const guardedRoutes = allRoutes.filter(({ capability }) => capability !== 'public')

/** A path of a route, with well-formed values for its parameters. */
export function pathOf(route: Route, values: Readonly<Record<string, string>> = {}): string {
  return route.path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? (name === 'checkId' ? 'app-secret-expired' : nobody))
}
const nobody = '11111111-1111-4111-8111-111111111111'

const bodies: Readonly<Record<string, unknown>> = {
  'connect-aid': { objectId: nobody },
  'create-proposal': { actionId: 'disable-user', input: { userId: nobody } },
  'put-sponsor': { hour: 3 },
}

/** Calls a route with a body that its contract takes, so that nothing but the caller can be what is refused. */
export function callRoute(
  api: Api,
  route: Route,
  options: { readonly path?: string; readonly body?: unknown; readonly headers?: Record<string, string> } = {},
): Promise<ApiAnswer> {
  const path = options.path ?? pathOf(route)
  switch (route.method) {
    case 'GET':
      return api.get(path, options.headers)
    case 'POST':
      return api.post(path, options.body ?? bodies[route.id] ?? {}, options.headers)
    case 'PUT':
      return api.put(path, options.body ?? bodies[route.id] ?? {}, options.headers)
    case 'DELETE':
      return api.delete(path, options.body, options.headers)
  }
}

/** Scans as this person and waits for the end. */
export async function scan(api: Api): Promise<string> {
  const { id } = scanSchema.parse((await api.post('/api/scans')).body)
  for (;;) {
    const { state, problem } = scanSchema.parse((await api.get(`/api/scans/${id}`)).body)
    if (state === 'finished') return id
    if (state === 'failed' || state === 'stopped') throw new Error(`The scan ended as ${state}: ${problem ?? ''}`)
    await wait(100)
  }
}
