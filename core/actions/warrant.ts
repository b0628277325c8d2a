import { digest } from '../digest.ts'
import type { GraphWrite } from './action.ts'

declare const minted: unique symbol

/** The right to send one exact request once. Only bot/src/store/journal.ts mints one, in the transaction that records `sending`. */
export interface Warrant {
  readonly [minted]: true
  readonly tenantId: string
  readonly proposalId: string
  readonly proposalHash: string
  readonly stepIndex: number
  readonly request: GraphWrite
  /** `requestHash(request)` at the time of minting. */
  readonly requestHash: string
  /** Sent as client-request-id, so that the request log names the step. */
  readonly clientRequestId: string
  /** Sent as User-Agent: `Countersign/<version> (proposal <id>; by <oid>; at <time>)`. */
  readonly userAgent: string
}

export type UnmintedWarrant = Omit<Warrant, typeof minted>

export function requestHash(request: GraphWrite): string {
  return digest({ method: request.method, path: request.path, body: request.body })
}
