import type { z } from 'zod'
import type { Capability } from '../principal.ts'

/** One HTTP route as data: routes, OpenAPI, client types and the access tests come from it. No path, query or body takes a tenant id. */
export interface Route {
  /** Kebab-case and unique, also the OpenAPI operationId. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Fastify path, for example '/api/findings/:checkId'. */
  readonly path: string
  readonly summary: string
  /** What the caller must be able to do; 'public' needs no sign-in, 'signedIn' any verified person of an allowed tenant. */
  readonly capability: Capability | 'public' | 'signedIn'
  readonly effect: 'none' | 'changes' | 'exports'
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly answer: z.ZodType
  /** Media types of an answer that is a file and not JSON, divided by commas. */
  readonly answerType?: string
}

export function defineRoute<const R extends Route>(route: R): R {
  return route
}
