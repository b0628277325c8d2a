import type { z } from 'zod'
import type { Route } from '@countersign/core/api/route.ts'
import type { Principal } from '@countersign/core/principal.ts'
import type { SignedIn } from '../identity/signed-in.ts'
import type { Answered, FileAnswer, Refused } from './problem.ts'

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type SignedInFor<R extends Route> = R['capability'] extends 'public' ? undefined : SignedIn

/** What a handler gets: parsed input and the verified person, who has already been found to hold the route's capability. */
export interface Call<R extends Route> {
  readonly signedIn: SignedInFor<R>
  readonly params: Parsed<R['params']>
  readonly query: Parsed<R['query']>
  readonly body: Parsed<R['body']>
  readonly requestId: string
  /** BCP 47 tag for numbers and dates. */
  readonly locale: string
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal
}
/** A call whose input types are erased. */
export interface AnyCall extends Pick<Call<Route>, 'requestId' | 'locale' | 'signal'> {
  readonly signedIn: SignedIn | undefined
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}
export type Result<R extends Route> = Promise<Answered<z.input<R['answer']>> | Refused>

/** One line of a Server-Sent Events stream. */
export interface StreamItem {
  readonly id: string
  readonly event: string
  readonly data: string
}

/** A route with its code, as the server holds it: input types are erased after parsing. */
export interface Handler {
  readonly route: Route
  readonly handle: (call: AnyCall) => Promise<Answered<unknown> | FileAnswer | Refused>
  /** Used instead when the client asks for text/event-stream; undefined items are heartbeats. */
  readonly stream?: (call: AnyCall) => AsyncIterable<StreamItem | undefined>
}

/**
 * Joins a route of the contract with its code. The server does the rest: sign-in, capability and door, cross-site check, parsing of params,
 * query and body, parsing of the answer, problem details.
 */
export function serve<const R extends Route>(
  route: R,
  handle: (call: Call<R>) => Result<R>,
  stream?: (call: Call<R>) => AsyncIterable<StreamItem | undefined>,
): Handler {
  // The server parses with this very route's schemas before it calls, so the erased call is a Call<R>.
  const erased = { route, handle: (call: AnyCall) => handle(call as unknown as Call<R>) }
  return stream ? { ...erased, stream: (call: AnyCall) => stream(call as unknown as Call<R>) } : erased
}

/** The same for a route whose answer is a file. */
export function serveFile<const R extends Route>(route: R, handle: (call: Call<R>) => Promise<FileAnswer | Refused>): Handler {
  // As in `serve`.
  return { route, handle: (call: AnyCall) => handle(call as unknown as Call<R>) }
}

/** The person behind a call of a route that is not public. */
export function principalOf(call: { readonly signedIn: SignedIn | undefined }): Principal {
  if (!call.signedIn) throw new Error('A public route asked for the person who is signed in.')
  return call.signedIn.principal
}
