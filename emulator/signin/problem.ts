import { randomUUID } from 'node:crypto'
import type { PlainResponse } from '../server/http.ts'
import { json } from '../server/http.ts'
import type { Refusal } from './refusals.ts'
import type { SignInState } from './state.ts'

/** The sentence of a refusal as Entra writes it, with the ids that its support asks for. */
export function describe(
  state: SignInState,
  refusal: Refusal,
  correlationId: string,
): { text: string; traceId: string; timestamp: string } {
  const traceId = randomUUID()
  const timestamp = new Date(state.world.clock.now())
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d{3}Z$/, 'Z')
  return {
    text: `AADSTS${refusal.code}: ${refusal.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    traceId,
    timestamp,
  }
}

/** A refusal as the token endpoint answers it. */
export function problemJson(state: SignInState, refusal: Refusal, correlationId: string, headers: PlainResponse['headers']): PlainResponse {
  const { text, traceId, timestamp } = describe(state, refusal, correlationId)
  const body = {
    error: refusal.error,
    error_description: text,
    error_codes: [refusal.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${state.origins.signIn}/error?code=${refusal.code}`,
    ...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
    ...(refusal.claims === undefined ? {} : { claims: refusal.claims }),
  }
  return json(refusal.status, body, headers)
}

/** The id that the client sent to find its request again, or a new one. */
export function correlationIdOf(value: string | undefined): string {
  return value !== undefined && /^[0-9a-f-]{36}$/i.test(value) ? value : randomUUID()
}
