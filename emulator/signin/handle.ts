import { randomBytes } from 'node:crypto'
import type { PlainRequest, PlainResponse } from '../server/http.ts'
import { json, readForm } from '../server/http.ts'
import type { Tenant } from '../tenants/world.ts'
import { readAdminConsentRequest, readAuthorizeRequest } from './authorize-request.ts'
import type { ReadOutcome } from './authorize-request.ts'
import { answerConsent } from './consent-step.ts'
import { findClient, tenantOfSegment } from './directory.ts'
import { instanceDiscovery, keySet, openIdConfiguration } from './discovery.ts'
import { signOut } from './logout.ts'
import { problemPage } from './pages.ts'
import { correlationIdOf, problemJson } from './problem.ts'
import { refuse } from './refusals.ts'
import { replyRefusal } from './reply.ts'
import { browserOf } from './sessions.ts'
import { answerMultiFactor, continueSignIn, pickPerson, startSignIn } from './sign-in-flow.ts'
import type { Step } from './sign-in-flow.ts'
import { dropExpired } from './state.ts'
import type { SignInState } from './state.ts'
import { answerTokenRequest } from './token-endpoint.ts'

const TENANTLESS = ['common', 'organizations']

/** Answers a request on either sign-in listener. */
export async function handleSignIn(state: SignInState, request: PlainRequest): Promise<PlainResponse> {
  const [segment = '', ...rest] = request.url.pathname.slice(1).split('/')
  const path = rest.join('/')
  if (segment === 'common' && path === 'discovery/instance') return instanceDiscovery(state)
  const tenant = tenantOfSegment(state.world, decodeURIComponentSafely(segment))
  const isKnown = tenant !== undefined || TENANTLESS.includes(segment)
  const pageRoute = PAGE_ROUTES[`${request.method} ${path}`]
  const dataRoute = DATA_ROUTES[path]

  if (!isKnown && pageRoute) return problemPage(refuse(90002, { tenant: segment }))
  if (!isKnown && dataRoute) return problemJson(state, refuse(90002, { tenant: segment }), correlationId(request), {})
  if (pageRoute) return pageRoute(state, request, segment, tenant)
  if (dataRoute) return dataRoute(state, request, segment, tenant)
  return json(404, { error: 'not_found', error_description: `There is no ${request.method} ${request.url.pathname} at this sign-in.` })
}

type Route = (
  state: SignInState,
  request: PlainRequest,
  segment: string,
  tenant: Tenant | undefined,
) => PlainResponse | Promise<PlainResponse>

const PAGE_ROUTES: Readonly<Record<string, Route>> = {
  'GET oauth2/v2.0/authorize': (state, request, segment, tenant) =>
    begin(state, request, segment, (browserId) => readAuthorizeRequest(state, tenant, request, browserId)),
  'GET v2.0/adminconsent': (state, request, segment, tenant) =>
    begin(state, request, segment, (browserId) => readAdminConsentRequest(state, tenant, request, browserId)),
  'POST login': (state, request, segment) => proceed(state, request, segment, (step, form) => pickPerson(step, form['login'] ?? '')),
  'POST mfa': (state, request, segment) =>
    proceed(state, request, segment, (step, form) => answerMultiFactor(step, form['decision'] === 'approve')),
  'POST consent': (state, request, segment) => proceed(state, request, segment, consent),
  'GET oauth2/v2.0/logout': signOut,
}

const DATA_ROUTES: Readonly<Record<string, Route>> = {
  'v2.0/.well-known/openid-configuration': (state, _request, segment, tenant) => openIdConfiguration(state, segment, tenant),
  'discovery/v2.0/keys': (state, _request, _segment, tenant) => keySet(state, tenant),
  'oauth2/v2.0/token': token,
}

async function token(state: SignInState, request: PlainRequest, _segment: string, tenant: Tenant | undefined): Promise<PlainResponse> {
  const correlation = correlationId(request)
  const headers = {
    'access-control-allow-origin': request.headers['origin'] ?? '*',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    'access-control-allow-methods': 'POST, OPTIONS',
    vary: 'Origin',
    'x-ms-request-id': correlation,
  }
  if (request.method === 'OPTIONS') return { status: 204, headers, body: '' }
  const outcome = await answerTokenRequest(state, tenant, request)
  return outcome.ok ? json(200, outcome.answer, headers) : problemJson(state, outcome, correlation, headers)
}

/** Starts a person's way through the pages. */
function begin(state: SignInState, request: PlainRequest, segment: string, read: (browserId: string) => ReadOutcome): PlainResponse {
  const browser = browserOf(request)
  const outcome = read(browser.id)
  if (outcome.kind === 'page') return problemPage(outcome.refusal)
  if (outcome.kind === 'reply') return replyRefusal(state, outcome.target, outcome.refusal)
  const ctx = randomBytes(32).toString('base64url')
  dropExpired(state.pending, state.world.clock.now())
  state.pending.set(ctx, outcome.pending)
  return startSignIn({
    state,
    request,
    pending: outcome.pending,
    form: { segment, ctx },
    appName: outcome.appName,
    cookies: browser.cookies,
  })
}

/** Continues it with a form of a page. The form must come from the browser that the page was shown to. */
function proceed(
  state: SignInState,
  request: PlainRequest,
  segment: string,
  next: (step: Step, form: Record<string, string>) => PlainResponse,
): PlainResponse {
  const form = readForm(request.body)
  const ctx = form['ctx'] ?? ''
  const pending = state.pending.get(ctx)
  const isOwn = pending !== undefined && pending.browserId === browserOf(request).id && pending.expiresAt > state.world.clock.now()
  if (!isOwn)
    return problemPage(
      refuse(90023, {
        reason: 'This sign-in page is no longer valid, or belongs to another browser. Go back to the application and start again.',
      }),
    )
  const home = state.world.tenants.get(pending.tenantId ?? pending.account?.tenantId ?? '') ?? [...state.world.tenants.values()][0]
  const found = home && findClient(state.world, home, pending.clientAppId)
  const appName = found?.ok ? found.client.displayName : pending.clientAppId
  return next({ state, request, pending, form: { segment, ctx }, appName, cookies: [] }, form)
}

function consent(step: Step, form: Record<string, string>): PlainResponse {
  const answer = { isAccepted: form['decision'] === 'accept', forOrganisation: form['organisation'] === 'on' }
  return continueSignIn(step, (admittedStep, subject) => answerConsent(admittedStep, subject, answer))
}

function correlationId(request: PlainRequest): string {
  return correlationIdOf(request.headers['client-request-id'] ?? request.url.searchParams.get('client-request-id') ?? undefined)
}

function decodeURIComponentSafely(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
