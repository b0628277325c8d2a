import type { Fact } from '@countersign/core/posture/fact.ts'
import { requestPath } from '../../graph/request-path.ts'

/** The request by which a fact is read, as a person can send it too. */
export function requestOf(fact: Fact): string {
  return `GET /v1.0${requestPath(fact)}`
}
