import cookie from '@fastify/cookie'
import fastify, { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import { routes } from '@countersign/core/api/routes.ts'
import type { Route } from '@countersign/core/api/route.ts'
import { parseJson } from '@countersign/core/parse-json.ts'
import type { Identity } from '../identity/identity.ts'
import type { Log } from '../log.ts'
import { admit, sessionCookieOptions, sessionCookie } from './auth.ts'
import { sendEvents, sendFile } from './event-stream.ts'
import type { AnyCall, Handler } from './handler.ts'
import { openApiDocument } from './openapi.ts'
import { problemOf, problemType, refuse, type Refused } from './problem.ts'
import { commonHeaders, dataPolicy } from './security-headers.ts'
import { addressRefused, answerUnreadable } from './unreadable.ts'
import { etagOf, isTooDeep, localeOf, parseInput } from './wire.ts'

export interface HttpSettings {
  readonly version: string
  readonly origin: string
  readonly authority: string
  readonly sharePointHost: string | null
}

export interface HttpDependencies {
  readonly settings: HttpSettings
  readonly identity: Identity
  readonly log: Log
  /** One handler for each route of the contract. */
  readonly handlers: readonly Handler[]
  /** What is no route of the contract: sign-in pages, the bot's endpoint, static files. */
  readonly registerRoutes: readonly ((app: FastifyInstance) => void | Promise<void>)[]
}

const bodyLimitBytes = 64 * 1024

/** Builds the server. Fails at start when a route has no handler or a handler no route: nothing is reachable by accident. */
export async function buildServer(dependencies: HttpDependencies): Promise<FastifyInstance> {
  const { settings, log } = dependencies
  checkContract(dependencies.handlers)
  const isSecure = settings.origin.startsWith('https:')
  const protect = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    reply.headers({
      ...commonHeaders(isSecure),
      'content-security-policy': dataPolicy,
      'cache-control': 'no-store',
      'x-request-id': request.id,
      'x-countersign-version': settings.version,
    })
  const app = fastify({
    logger: false,
    clientErrorHandler: answerUnreadable,
    // What has no address that could be read comes by none of the hooks below.
    frameworkErrors: (error, request, reply) => void sendProblem(protect(request, reply), request, addressRefused(error)),
    bodyLimit: bodyLimitBytes,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    trustProxy: false,
    routerOptions: { maxParamLength: 400 },
  })
  // JSON and nothing else: a foreign page can send plain text without asking first.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const json = parseJson(String(body))
    if (json === undefined || isTooDeep(json)) done(new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY())
    else done(null, json)
  })
  await app.register(cookie)
  app.addHook('onRequest', async (request, reply) => void protect(request, reply))
  app.addHook('onResponse', async (request, reply) => {
    log.info(
      {
        requestId: request.id,
        route: request.routeOptions.url ?? 'unknown',
        method: request.method,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request served',
    )
  })
  app.setErrorHandler(async (error, request, reply) => sendProblem(reply, request, refusalOf(error, request, log)))
  app.setNotFoundHandler(async (request, reply) =>
    sendProblem(reply, request, refuse(404, 'Not found', 'There is nothing at this address.')),
  )

  // Made when it is first asked for: it takes longer than all other routes together.
  let document: ReturnType<typeof openApiDocument> | undefined
  app.get('/api/openapi.json', async () => (document ??= openApiDocument(settings)))
  app.get('/healthz', async () => ({ status: 'ok', version: settings.version }))
  for (const handler of dependencies.handlers) registerHandler(app, handler, dependencies)
  for (const register of dependencies.registerRoutes) await app.register(async (child) => register(child))
  return app
}

/** Deny by default: contract and code must name the same routes. */
export function checkContract(handlers: readonly Handler[]): void {
  const contract: readonly Route[] = routes
  const missing = contract.filter((route) => !handlers.some((handler) => handler.route === route))
  const surplus = handlers.filter((handler) => !contract.includes(handler.route))
  const doubled = handlers.filter((handler, index) => handlers.findIndex((other) => other.route === handler.route) !== index)
  const said = [
    ...missing.map((route) => `The route ${route.id} has no handler.`),
    ...surplus.map((handler) => `The handler of ${handler.route.id} serves a route that the contract does not list.`),
    ...doubled.map((handler) => `The route ${handler.route.id} has two handlers.`),
  ]
  if (said.length > 0) throw new Error(said.join(' '))
}

function registerHandler(app: FastifyInstance, handler: Handler, dependencies: HttpDependencies): void {
  const { route } = handler
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      allowSharePoint(request, reply, dependencies.settings)
      const admitted = await admit(request, route, dependencies.identity)
      if (admitted.rotatedTo !== undefined) reply.setCookie(sessionCookie, admitted.rotatedTo, sessionCookieOptions)
      if (admitted.kind === 'refused') return sendProblem(reply, request, admitted.refused)
      const input = parseInput(route, { params: request.params, query: request.query, body: request.body })
      if (input.kind === 'refused') return sendProblem(reply, request, input)
      const gone = new AbortController()
      reply.raw.on('close', () => gone.abort())
      const call: AnyCall = {
        ...input.value,
        signedIn: admitted.signedIn,
        requestId: request.id,
        locale: localeOf(request.headers['accept-language']),
        signal: gone.signal,
      }
      if (handler.stream && request.headers.accept?.includes('text/event-stream'))
        return sendEvents(reply, handler.stream(call), gone.signal)
      return sendAnswer(reply, request, route, await handler.handle(call))
    },
  })
  if (isView(route))
    app.options(route.path, async (request, reply) => reply.headers(corsHeaders(request, dependencies.settings)).code(204).send())
}

async function sendAnswer(
  reply: FastifyReply,
  request: FastifyRequest,
  route: Route,
  result: Awaited<ReturnType<Handler['handle']>>,
): Promise<FastifyReply> {
  if (result.kind === 'refused') return sendProblem(reply, request, result)
  if (result.kind === 'file') return sendFile(reply, result)
  const parsed = route.answer.safeParse(result.body)
  if (!parsed.success)
    throw new Error(
      `The answer of ${route.id} is not what its contract says: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    )
  const text = JSON.stringify(parsed.data)
  reply.type('application/json; charset=utf-8').headers({ ...result.headers })
  if (route.method === 'GET' && route.effect === 'none') {
    const etag = etagOf(text)
    reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'authorization, cookie, accept-language, origin' })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  }
  return reply.code(result.status ?? 200).send(text)
}

function sendProblem(reply: FastifyReply, request: FastifyRequest, refused: Refused): FastifyReply {
  if (refused.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(refused.status)
    .type(problemType)
    .send(JSON.stringify(problemOf(refused, request.id)))
}

/** The one place where a broken promise meets a person: a sentence and the request id, never a stack. */
function refusalOf(error: unknown, request: FastifyRequest, log: Log): Refused {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined
  if (typeof status === 'number' && status >= 400 && status < 500) {
    if (status === 413) return refuse(413, 'Too much', `The request is larger than ${bodyLimitBytes / 1024} kB.`)
    if (status === 415) return refuse(415, 'Not JSON', 'The body must be JSON, with content type application/json.')
    return refuse(status, 'Bad request', 'The request could not be read.', {
      mend: 'Send a body of JSON as the interface description at /api/openapi.json says.',
    })
  }
  log.error({ requestId: request.id, route: request.routeOptions.url ?? 'unknown', err: error }, 'request failed')
  return refuse(
    500,
    'Something broke',
    'The request could not be completed. Nothing beyond what you saw before is certain to have changed.',
    { mend: 'Try again; if it happens again, give the request id to whoever runs this service.' },
  )
}

function isView(route: Route): boolean {
  return route.path.startsWith('/api/view/')
}

function allowSharePoint(request: FastifyRequest, reply: FastifyReply, settings: HttpSettings): void {
  if (request.url.startsWith('/api/view/')) reply.headers(corsHeaders(request, settings))
}

/** Only the customer's own SharePoint may call across origins, only the view, and only with a bearer token. */
function corsHeaders(request: FastifyRequest, settings: HttpSettings): Record<string, string> {
  const allowed = settings.sharePointHost === null ? undefined : `https://${settings.sharePointHost}`
  if (allowed === undefined || request.headers.origin !== allowed) return {}
  return {
    'access-control-allow-origin': allowed,
    'access-control-allow-methods': 'GET',
    'access-control-allow-headers': 'authorization, if-none-match, accept-language',
    'access-control-expose-headers': 'etag, x-request-id',
    'access-control-max-age': '600',
    vary: 'origin',
  }
}
