import { parseJson } from '@countersign/core/parse-json.ts'
import { z } from 'zod'

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

/** A whole answer that is not parsed yet. */
export interface AnswerText {
  readonly kind: 'text'
  readonly text: string
  readonly isJson: boolean
  readonly status: number
  readonly requestId: string
}

/** What the reader itself says of an answer of which Graph thinks well. */
export const ownRefusals = {
  ConnectionLost: 'The connection to Microsoft Graph was lost.',
  NotJson: 'Microsoft Graph answered broken JSON.',
  NotAList: 'Microsoft Graph answered something else than a list.',
  TooLarge: 'Microsoft Graph answered more than one page may hold.',
  ForeignNextLink: 'The next page would have been on another host; it was not followed.',
  CircularList: 'Microsoft Graph linked back to the same page again and again.',
} as const

export type OwnRefusal = keyof typeof ownRefusals

export function ownRefusal(code: OwnRefusal, status: number, requestId: string, grantedScopes: readonly string[]): GraphRefusal {
  return { kind: 'refused', status, code, message: ownRefusals[code], requestId, grantedScopes }
}

const errorSchema = z.object({ error: z.object({ code: z.string().default(''), message: z.string().default('') }) })

/** Graph's own refusal. 401 is not one of the request but of the sign-in. */
export function refusalOf(status: number, body: unknown, requestId: string, grantedScopes: readonly string[]): GraphRefusal | SignInLost {
  if (status === 401) return { kind: 'signInLost', reason: 'Microsoft Graph no longer accepts the sign-in.' }
  const parsed = errorSchema.safeParse(body)
  const { code, message } = parsed.success ? parsed.data.error : { code: '', message: '' }
  return { kind: 'refused', status, code: code || `HTTP ${status}`, message, requestId, grantedScopes }
}

/** Text that is no JSON, `/$count` for example, is its own body. */
export function parseAnswer(answer: AnswerText, grantedScopes: readonly string[]): GraphAnswer {
  const { text, isJson, status, requestId } = answer
  if (!isJson) return { kind: 'answer', body: text, requestId }
  const body = parseJson(text)
  if (body === undefined) return ownRefusal('NotJson', status, requestId, grantedScopes)
  return { kind: 'answer', body, requestId }
}

/** The bearer token must never follow a link to another host or another version. */
export function isOwnPage(link: string, origin: string): boolean {
  return URL.canParse(link) && new URL(link).origin === origin && new URL(link).pathname.startsWith('/v1.0/')
}
