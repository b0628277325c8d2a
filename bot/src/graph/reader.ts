import { AuthenticationHandler, Client, GraphClientError, HTTPMessageHandler, ResponseType } from '@microsoft/microsoft-graph-client'
import { z } from 'zod'
import { ConnectionLost, PatientMiddleware, systemClock, type Clock } from './throttle.ts'

export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string; /** Delegated scopes the token carries. */ readonly scopes: readonly string[] }
  | { readonly kind: 'needsSignIn'; readonly reason: string }

/** Gives a token no older than 15 minutes, or says that the person must sign in again. `fresh` asks for a new one. */
export type TokenFunction = (options?: { readonly fresh?: boolean }) => Promise<TokenAnswer>

export type GraphAnswer = { readonly kind: 'answer'; readonly body: unknown; readonly requestId: string } | GraphRefusal | SignInLost
export interface GraphRefusal {
  readonly kind: 'refused'
  readonly status: number
  /** Graph's error code, for example Authorization_RequestDenied. */
  readonly code: string
  readonly message: string
  readonly requestId: string
  /** Scopes of the token that was refused, so that a missing scope can be told from a missing role. */
  readonly grantedScopes: readonly string[]
}
export interface SignInLost {
  readonly kind: 'signInLost'
  readonly reason: string
}

/** `restart`: the page token expired, rows seen so far come again from the beginning. */
export type GraphPage =
  { readonly kind: 'page'; readonly rows: readonly unknown[] } | { readonly kind: 'restart' } | GraphRefusal | SignInLost

export interface ReadOptions {
  /** Advanced query: sends `ConsistencyLevel: eventual`, on every page. */
  readonly eventual?: boolean
  readonly signal?: AbortSignal
}

/** Reads Microsoft Graph v1.0 and can do nothing else: no member takes a method or a body. */
export interface GraphReader {
  /** `path` is below /v1.0, with its query. */
  readonly get: (path: string, options?: ReadOptions) => Promise<GraphAnswer>
  readonly pages: (path: string, options?: ReadOptions) => AsyncIterable<GraphPage>
}

export interface ReaderDependencies {
  /** Graph's origin, from the configuration. */
  readonly graph: string
  readonly clock?: Clock
  /** Announced to Graph, for the tenant's own sign-in and activity logs. */
  readonly userAgent: string
}

const pageSchema = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() })
const errorSchema = z.object({ error: z.object({ code: z.string().default(''), message: z.string().default('') }) })
const restartsAtMost = 3

/** Thrown through the SDK, which knows only text tokens and hands on only errors of this base class as they are, and caught again in `get`. */
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
  const origin = new URL(dependencies.graph).origin
  let grantedScopes: readonly string[] = []
  let wantsFresh = false
  const getAccessToken = async (): Promise<string> => {
    const answer = await token(wantsFresh ? { fresh: true } : {})
    wantsFresh = false
    if (answer.kind === 'needsSignIn') throw new SignInLostError(answer.reason)
    grantedScopes = answer.scopes
    return answer.token
  }
  const patient = new PatientMiddleware(dependencies.clock ?? systemClock)
  const authentication = new AuthenticationHandler({ getAccessToken })
  patient.setNext(authentication)
  authentication.setNext(new HTTPMessageHandler())
  const client = Client.initWithMiddleware({
    middleware: patient,
    baseUrl: `${origin}/`,
    defaultVersion: 'v1.0',
    customHosts: new Set([new URL(origin).hostname]),
  })

  async function send(path: string, options: ReadOptions): Promise<Response> {
    const request = client.api(path).responseType(ResponseType.RAW).header('User-Agent', dependencies.userAgent)
    if (options.eventual) request.header('ConsistencyLevel', 'eventual')
    if (options.signal) request.option('signal', options.signal)
    const response: unknown = await request.get()
    if (!(response instanceof Response)) throw new Error('The Graph client did not hand back the raw response.')
    return response
  }

  async function get(path: string, options: ReadOptions = {}): Promise<GraphAnswer> {
    try {
      let response = await send(path, options)
      if (response.status === 401) {
        await response.text()
        wantsFresh = true
        response = await send(path, options)
      }
      return await readAnswer(response, grantedScopes)
    } catch (error) {
      if (error instanceof SignInLostError) return { kind: 'signInLost', reason: error.reason }
      options.signal?.throwIfAborted()
      if (error instanceof ConnectionLost)
        return {
          kind: 'refused',
          status: 0,
          code: 'ConnectionLost',
          message: 'The connection to Microsoft Graph was lost.',
          requestId: '',
          grantedScopes,
        }
      throw error
    }
  }

  async function* pages(path: string, options: ReadOptions = {}): AsyncIterable<GraphPage> {
    let address = path
    for (let restarts = 0; ;) {
      const answer = await get(address, options)
      if (answer.kind === 'refused' && answer.code === 'Directory_ExpiredPageToken' && address !== path && restarts < restartsAtMost) {
        restarts += 1
        address = path
        yield { kind: 'restart' }
        continue
      }
      if (answer.kind !== 'answer') {
        yield answer
        return
      }
      const page = pageSchema.safeParse(answer.body)
      if (!page.success) {
        yield {
          kind: 'refused',
          status: 200,
          code: 'NotAList',
          message: 'Microsoft Graph answered something else than a list.',
          requestId: answer.requestId,
          grantedScopes,
        }
        return
      }
      yield { kind: 'page', rows: page.data.value }
      const next = page.data['@odata.nextLink']
      if (next === undefined) return
      if (!isOwnPage(next, origin)) {
        yield {
          kind: 'refused',
          status: 200,
          code: 'ForeignNextLink',
          message: 'The next page would have been on another host; it was not followed.',
          requestId: answer.requestId,
          grantedScopes,
        }
        return
      }
      address = next
    }
  }

  return { get, pages }
}

/** The bearer token must never follow a link to another host or another version. */
function isOwnPage(link: string, origin: string): boolean {
  return URL.canParse(link) && new URL(link).origin === origin && new URL(link).pathname.startsWith('/v1.0/')
}

async function readAnswer(response: Response, grantedScopes: readonly string[]): Promise<GraphAnswer> {
  const requestId = response.headers.get('request-id') ?? ''
  const text = await response.text()
  if (response.ok) {
    const isJson = response.headers.get('content-type')?.includes('json') === true
    if (!isJson) return { kind: 'answer', body: text, requestId }
    const body = parseJson(text)
    if (body === undefined)
      return {
        kind: 'refused',
        status: response.status,
        code: 'NotJson',
        message: 'Microsoft Graph answered broken JSON.',
        requestId,
        grantedScopes,
      }
    return { kind: 'answer', body, requestId }
  }
  if (response.status === 401) return { kind: 'signInLost', reason: 'Microsoft Graph no longer accepts the sign-in.' }
  const parsed = errorSchema.safeParse(parseJson(text))
  const { code, message } = parsed.success ? parsed.data.error : { code: '', message: '' }
  return { kind: 'refused', status: response.status, code: code || `HTTP ${response.status}`, message, requestId, grantedScopes }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
