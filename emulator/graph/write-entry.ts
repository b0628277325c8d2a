import type { Row } from '../tenants/tenant.ts'
import type { AuditPlan } from './audit.ts'
import type { GraphCaller } from './graph-types.ts'
import { refuse } from './respond.ts'
import type { Refusal } from './respond.ts'
import type { View } from './view.ts'

/** The JSON object of a write, without its annotations but for `@odata.id`. */
export type Body = Readonly<Record<string, unknown>>

/** A write whose path, scopes and target were found in order. */
export interface WriteCall {
  readonly view: View
  readonly caller: GraphCaller
  readonly body: Body
  /** Milliseconds since the epoch. */
  readonly at: number
  /** `https://host/v1.0`, the base of addresses in answers. */
  readonly base: string
  /** What stands at the `{id}`s of the path, in order; the first as sent, which need not be an id. */
  readonly keys: readonly string[]
  /** The object that the first `{id}` names, or the one row of a singleton; `{ id: '' }` where the path names no object. */
  readonly target: Row
}

/** What a write did: the rows of the audit log and the answer. */
export interface WriteOutcome {
  readonly audit: readonly AuditPlan[]
  /** Absent means 204. */
  readonly answer?: {
    readonly status: number
    readonly context: string
    readonly body: Readonly<Record<string, unknown>>
  }
}

export interface WriteEntry {
  readonly method: 'PATCH' | 'POST' | 'PUT' | 'DELETE'
  /** As Microsoft's table writes it, lower case, ids as `{id}`, with `/$ref` where the request has it. */
  readonly path: string
  /** The collection that holds the target: what the first `{id}` names or, in a path without one, the collection's only row. */
  readonly targets?: string
  /** Whether the caller may, by roles, ownership and whom they may touch; see caller.ts for the questions to ask. */
  readonly may: (call: WriteCall) => boolean
  /** Properties of the body that the emulator plays. */
  readonly plays: readonly string[]
  /** The CSDL type of the body: its other properties are answered 501, unknown ones 400. Absent: all others are unknown. */
  readonly bodyType?: string
  readonly bucket: 'write' | 'conditionalAccess'
  readonly licence?: 'premium' | 'p2'
  /** What is answered without the licence, where it is not the usual refusal. */
  readonly unlicensed?: Refusal
  readonly apply: (call: WriteCall) => WriteOutcome | Refusal
}

/** What the directory answers to a body that it cannot take. */
export function badRequest(message: string): Refusal {
  return refuse(400, 'Request_BadRequest', message)
}
