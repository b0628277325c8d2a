import type { Fact, UnreadReason } from '@countersign/core/posture/fact.ts'
import { unreadReasonOf } from '@countersign/core/posture/graph-error.ts'
import { ownRefusals, type GraphRefusal } from './answer.ts'

export interface Unread {
  readonly kind: 'unread'
  readonly reason: UnreadReason
  /** What would mend it: a scope, a licence, Graph's error code, or which row is not as documented. */
  readonly detail: string
}

/** https://learn.microsoft.com/graph/errors: 403 hides three causes that a person mends in three ways. */
export function unread(fact: Fact, refusal: GraphRefusal): Unread {
  if (isLicenceRefusal(refusal)) return { kind: 'unread', reason: 'licence', detail: fact.licence ?? refusal.code }
  if (refusal.status !== 403) return { kind: 'unread', reason: refusal.status === 200 ? 'shape' : 'graph', detail: refusal.code }
  const missing = fact.scopes.filter((scope) => !refusal.grantedScopes.includes(scope))
  if (missing.length > 0) return { kind: 'unread', reason: 'scope', detail: missing.join(' ') }
  return { kind: 'unread', reason: 'role', detail: refusal.code }
}

export function misshapen(detail: string): Unread {
  return { kind: 'unread', reason: 'shape', detail }
}

/** Graph knows the kind of object but not this one: it was deleted since it was seen. */
export function isGone({ status, code }: GraphRefusal): boolean {
  return status === 404 && /not_?found/i.test(code)
}

/** Some endpoints refuse with 400 for want of a licence, so the code and the message count, not the status. */
function isLicenceRefusal({ status, code, message }: GraphRefusal): boolean {
  if (status !== 403 && status !== 400) return false
  return (
    !Object.hasOwn(ownRefusals, code) &&
    (unreadReasonOf(code, message) === 'licence' ||
      /NonPremium|License|Licence/i.test(code) ||
      /premium licen[cs]e|does not have .*licen[cs]e|licen[cs]e to use/i.test(message))
  )
}
