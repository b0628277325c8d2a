import {
  AuthenticationHandler,
  Client,
  GraphClientError,
  HTTPMessageHandler,
  ResponseType,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client'
import { parseJson } from '@countersign/core/parse-json.ts'
import type { Bucket } from '@countersign/core/posture/fact.ts'
import { ownRefusal, parseAnswer, refusalOf, type AnswerText, type GraphAnswer, type GraphRefusal, type SignInLost } from './answer.ts'
import { attemptLimits, bodyOf, BodyTooLarge, Charge, HeadListener, OneAttempt, type AttemptLimits } from './attempt.ts'
import { readBatch } from './batch.ts'
import type { BatchBody } from './batch-body.ts'
import type { Budget } from './budget.ts'
import { readChain, type ChainOptions, type GraphPage } from './chain.ts'
import { ConnectionLost, PatientMiddleware, systemClock, type Clock } from './throttle.ts'

export type { GraphAnswer, GraphRefusal, SignInLost } from './answer.ts'
export type { GraphPage } from './chain.ts'

export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string; /** Delegated scopes the token carries. */ readonly scopes: readonly string[] }
  | { readonly kind: 'needsSignIn'; readonly reason: string }

/** Gives a token no older than 15 minutes, or says that the person must sign in again. `fresh` asks for a new one. */
export type TokenFunction = (options?: { readonly fresh?: boolean }) => Promise<TokenAnswer>

export interface ReadOptions {
  /** Advanced query: sends `ConsistencyLevel: eventual`, on every page. */
  readonly eventual?: boolean
  readonly signal?: AbortSignal
  /** What is charged to the budget; in a batch for each of its requests. A plain read of a directory object unless given. */
  readonly bucket?: Bucket
  readonly units?: number
}
export interface PageOptions extends ReadOptions, ChainOptions {}

/** Reads Microsoft Graph v1.0 and can do nothing else: no member takes a method or a body. */
export interface GraphReader {
  /** `path` is below /v1.0, with its query. */
  readonly get: (path: string, options?: ReadOptions) => Promise<GraphAnswer>
  readonly pages: (path: string, options?: PageOptions) => AsyncIterable<GraphPage>
  /** Up to 20 paths in one request, answered each by itself and in their order. */
  readonly batch: (paths: readonly string[], options?: ReadOptions) => Promise<readonly GraphAnswer[]>
}

export interface ReaderDependencies {
  /** Graph's origin, from the configuration. */
  readonly graph: string
  readonly clock?: Clock
  /** Announced to Graph, for the tenant's own sign-in and activity logs. */
  readonly userAgent: string
  /** The tenant's share of Graph; without one only Graph's own refusals slow the reader down. */
  readonly budget?: Budget
  readonly limits?: Partial<AttemptLimits>
  /** Carries requests in place of the network. */
  readonly transport?: (url: string, init: RequestInit) => Promise<Response>
}

const unnamedUnits = 3
const brokenAtMost = 3

/** Thrown through the SDK, which knows only text tokens and hands on only errors of this base class as they are, and caught again below. */
class SignInLostError extends GraphClientError {
  readonly reason: string
  constructor(reason: string) {
    super('The sign-in of the person who reads has ended.')
    // The base class makes every instance its own.
    Object.setPrototypeOf(this, new.target.prototype)
    this.reason = reason
  }
}

export function makeReader(token: TokenFunction, dependencies: ReaderDependencies): GraphReader {
  const { budget, transport, clock = systemClock } = dependencies
  const origin = new URL(dependencies.graph).origin
  let grantedScopes: readonly string[] = []
  let wantsFresh = false
  let renewal: Promise<TokenAnswer> | undefined
  /** Counts the renewals, so that many requests refused with one old token ask for one new one. */
  let renewals = 0

  const getAccessToken = async (): Promise<string> => {
    if (wantsFresh) {
      wantsFresh = false
      renewals += 1
      renewal = token({ fresh: true }).finally(() => (renewal = undefined))
    }
    const answer = await (renewal ?? token({}))
    if (answer.kind === 'needsSignIn') throw new SignInLostError(answer.reason)
    grantedScopes = answer.scopes
    return answer.token
  }
  const patient = new PatientMiddleware(clock, budget)
  const attempt = new OneAttempt(budget, { ...attemptLimits, ...dependencies.limits })
  const authentication = new AuthenticationHandler({ getAccessToken })
  patient.setNext(attempt)
  attempt.setNext(authentication)
  authentication.setNext(transport ? carriedBy(transport) : new HTTPMessageHandler())
  const client = Client.initWithMiddleware({
    middleware: patient,
    baseUrl: `${origin}/`,
    defaultVersion: 'v1.0',
    customHosts: new Set([new URL(origin).hostname]),
  })

  async function send(path: string, body: BatchBody | undefined, options: ReadOptions, onHead?: HeadListener): Promise<Response> {
    const charge = new Charge(options.bucket ?? 'identity', options.units ?? unnamedUnits)
    const request = client
      .api(path)
      .responseType(ResponseType.RAW)
      .header('User-Agent', dependencies.userAgent)
      .middlewareOptions(onHead ? [charge, onHead] : [charge])
    if (options.eventual && !body) request.header('ConsistencyLevel', 'eventual')
    if (options.signal) request.option('signal', options.signal)
    const response: unknown = body ? await request.post(body) : await request.get()
    if (!(response instanceof Response)) throw new Error('The Graph client did not hand back the raw response.')
    return response
  }

  async function fetchText(
    path: string,
    body: BatchBody | undefined,
    options: ReadOptions,
    onHead?: HeadListener,
  ): Promise<AnswerText | GraphRefusal | SignInLost> {
    try {
      const before = renewals
      let response = await send(path, body, options, onHead)
      if (response.status === 401) {
        if (renewals === before) wantsFresh = true
        response = await send(path, body, options, onHead)
      }
      const requestId = response.headers.get('request-id') ?? ''
      const text = bodyOf(response)
      if (!response.ok) return refusalOf(response.status, parseJson(text), requestId, grantedScopes)
      const isJson = response.headers.get('content-type')?.includes('json') === true
      return { kind: 'text', text, isJson, status: response.status, requestId }
    } catch (error) {
      if (error instanceof SignInLostError) return { kind: 'signInLost', reason: error.reason }
      options.signal?.throwIfAborted()
      if (error instanceof ConnectionLost) return ownRefusal('ConnectionLost', 0, '', grantedScopes)
      if (error instanceof BodyTooLarge) return ownRefusal('TooLarge', 200, '', grantedScopes)
      throw error
    }
  }

  async function get(path: string, options: ReadOptions = {}): Promise<GraphAnswer> {
    for (let attempts = 1; ; attempts += 1) {
      const answer = await fetchText(path, undefined, options)
      if (answer.kind !== 'text') return answer
      const parsed = parseAnswer(answer, grantedScopes)
      if (parsed.kind !== 'refused' || attempts >= brokenAtMost) return parsed
    }
  }

  return {
    get,
    pages: (path, options = {}) =>
      readChain(path, options, options.signal, {
        origin,
        grantedScopes: () => grantedScopes,
        fetchText: (address, signal, onHead) => fetchText(address, undefined, { ...options, signal }, new HeadListener(onHead)),
      }),
    batch: (paths, options = {}) =>
      readBatch(
        paths,
        { ...options, bucket: options.bucket ?? 'identity' },
        {
          clock,
          budget,
          grantedScopes: () => grantedScopes,
          wantFreshToken: () => (wantsFresh = true),
          post: (body) => fetchText('/$batch', body, { ...options, units: body.requests.length * (options.units ?? unnamedUnits) }),
        },
      ),
  }
}

function carriedBy(transport: NonNullable<ReaderDependencies['transport']>): Middleware {
  return {
    async execute(context: Context) {
      if (typeof context.request !== 'string') throw new Error('The Graph client handed over something else than an address.')
      context.response = await transport(context.request, { ...context.options })
    },
  }
}
