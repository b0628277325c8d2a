import { z } from 'zod'
import { isLoopbackUrl } from '../server/arguments.ts'
import type { PlainRequest, PlainResponse } from '../server/http.ts'
import { json } from '../server/http.ts'
import type { SignInState } from '../signin/state.ts'
import type { Tenant, World } from '../tenants/world.ts'
import {
  clearFaults,
  clearRequests,
  putAudit,
  putClock,
  putFaults,
  putGraphSettings,
  putSignIn,
  readRequests,
  rotateKeys,
} from './behaviour.ts'
import type { ClockOffset } from './behaviour.ts'
import { putChanges } from './changes.ts'
import {
  deleteObject,
  listObjects,
  listPeople,
  patchObject,
  putObject,
  putRoleDefinition,
  putUser,
  revokeSessions,
  undeleteObject,
} from './objects.ts'
import { absent, bad, done, parseBody, tenantNamed } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { putRegistration, removeConsent } from './registrations.ts'

/** The bot that the channel speaks to. */
export interface BotAddress {
  readonly endpoint: string
  readonly appId: string
  readonly tenantId: string
}

/** What the control port acts on. */
export interface Controlled {
  readonly world: World
  readonly signIn: SignInState
  readonly clock: ClockOffset
  /** From the command line; a bot may then be set without an endpoint. */
  readonly botEndpoint: string | undefined
  setBot(bot: BotAddress): void
}

interface Call {
  readonly controlled: Controlled
  readonly body: string
  readonly query: URLSearchParams
  /** Path segments after the route's fixed ones, decoded. */
  readonly rest: readonly string[]
}

const ROUTES: Readonly<Record<string, (call: Call) => Outcome | Promise<Outcome>>> = {
  'GET health': () => done({ ok: true }),
  'GET tenants': ({ controlled }) => done({ tenants: [...controlled.world.tenants.values()].map(showTenant) }),
  'GET requests': ({ controlled, query }) => readRequests(controlled.world, query.get('since')),
  'DELETE requests': ({ controlled }) => clearRequests(controlled.world),
  'PUT faults': ({ controlled, body }) => putFaults(controlled.world, body),
  'DELETE faults': ({ controlled }) => clearFaults(controlled.world),
  'PUT audit': ({ controlled, body }) => putAudit(controlled.world, body),
  'PUT clock': ({ controlled, body }) => putClock(controlled.world, controlled.clock, body),
  'PUT graph': ({ controlled, body }) => putGraphSettings(controlled.world, body),
  'PUT sign-in': ({ controlled, body }) => putSignIn(controlled.signIn, body),
  'POST rotate-keys': ({ controlled }) => rotateKeys(controlled.signIn),
  'PUT bot': ({ controlled, body }) => putBot(controlled, body),
}

const TENANT_ROUTES: Readonly<Record<string, (call: Call, tenant: Tenant) => Outcome>> = {
  'GET people': (_call, tenant) => listPeople(tenant),
  'PUT registrations': ({ controlled, body }, tenant) => putRegistration(controlled.signIn, tenant, body),
  'PUT users': ({ controlled, body }, tenant) => putUser(controlled.world, tenant, body),
  'PUT role-definitions': ({ body }, tenant) => putRoleDefinition(tenant, body),
  'PUT licence': ({ body }, tenant) => putLicence(tenant, body),
  'GET objects': ({ rest }, tenant) => listObjects(tenant, rest.join('/')),
  'PUT objects': ({ body, rest }, tenant) => putObject(tenant, rest.slice(0, -1).join('/'), rest.at(-1) ?? '', body),
  'PATCH objects': ({ body, rest }, tenant) => patchObject(tenant, rest.slice(0, -1).join('/'), rest.at(-1) ?? '', body),
  'DELETE objects': ({ controlled, rest }, tenant) =>
    deleteObject(controlled.world, tenant, rest.slice(0, -1).join('/'), rest.at(-1) ?? ''),
  'POST restore': ({ rest }, tenant) => undeleteObject(tenant, rest[0] ?? ''),
  'PUT changes': ({ controlled, body }, tenant) => putChanges(tenant, controlled.world.clock.now(), body),
  'DELETE consent': ({ rest, query }, tenant) => removeConsent(tenant, rest[0] ?? '', query.get('scope')),
  'POST revoke-sessions': ({ controlled, rest }, tenant) => revokeSessions(controlled.world, tenant, rest[0] ?? ''),
}

/** Routes whose path goes on after their name. */
const OPEN_ENDED = new Set(['objects', 'consent', 'revoke-sessions', 'restore'])

/** Answers a request on the control port. Web pages are kept out: they always name their origin, tools never do. */
export async function handleControl(controlled: Controlled, request: PlainRequest): Promise<PlainResponse> {
  const host = `http://${request.headers['host'] ?? ''}`
  if (request.headers['origin'] !== undefined || !isLoopbackUrl(host)) {
    return json(403, { error: 'The control port answers local tools only, not web pages.' })
  }
  const outcome = await route(controlled, request)
  if (!outcome.ok) return json(outcome.status, { error: outcome.message })
  return outcome.body === undefined ? { status: 204, headers: {}, body: '' } : json(200, outcome.body)
}

async function route(controlled: Controlled, request: PlainRequest): Promise<Outcome> {
  const segments = decodeSegments(request.url.pathname)
  if (!segments) return bad('The path is not properly percent-encoded.')
  const call = { controlled, body: request.body, query: request.url.searchParams }
  const [first = '', name, verb = '', ...rest] = segments
  if (first === 'tenants' && name !== undefined) {
    const found = tenantNamed(controlled.world, name)
    if (!found.ok) return found
    const tenantRoute = TENANT_ROUTES[`${request.method} ${verb}`]
    if (tenantRoute && rest.length > 0 === OPEN_ENDED.has(verb)) return tenantRoute({ ...call, rest }, found.tenant)
  }
  const plainRoute = ROUTES[`${request.method} ${first}`]
  if (plainRoute && segments.length === 1) return plainRoute({ ...call, rest: [] })
  return absent(
    `There is no ${request.method} ${request.url.pathname}. The routes are ${Object.keys(ROUTES).join(', ')} and, under /tenants/{name}/, ${Object.keys(TENANT_ROUTES).join(', ')}.`,
  )
}

function putLicence(tenant: Tenant, body: string): Outcome {
  const parsed = parseBody(body, z.strictObject({ licence: z.enum(['free', 'p1', 'p2']) }))
  if (!parsed.ok) return parsed
  tenant.flags.licence = parsed.value.licence
  return done(showTenant(tenant))
}

function putBot(controlled: Controlled, body: string): Outcome {
  const shape = z.strictObject({ endpoint: z.string().optional(), appId: z.guid(), tenant: z.string() })
  const parsed = parseBody(body, shape)
  if (!parsed.ok) return parsed
  const endpoint = parsed.value.endpoint ?? controlled.botEndpoint
  if (endpoint === undefined) return bad('endpoint is missing, and the emulator was started without --bot-endpoint.')
  if (!isLoopbackUrl(endpoint)) return bad(`endpoint must be an http or https URL on localhost or 127.0.0.1, not "${endpoint}".`)
  const found = tenantNamed(controlled.world, parsed.value.tenant)
  if (!found.ok) return found
  const bot = { endpoint, appId: parsed.value.appId.toLowerCase(), tenantId: found.tenant.id }
  controlled.setBot(bot)
  return done(bot)
}

function showTenant(tenant: Tenant): Record<string, string> {
  return { name: tenant.name, id: tenant.id, domain: tenant.domain, displayName: tenant.displayName, licence: tenant.flags.licence }
}

function decodeSegments(path: string): string[] | undefined {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return undefined
  }
}
