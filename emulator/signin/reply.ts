import type { PlainResponse } from '../server/http.ts'
import { correlationIdOf, describe } from './problem.ts'
import { formPostPage } from './pages.ts'
import type { Refusal } from './refusals.ts'
import type { PendingRequest, SignInState } from './state.ts'

/** Where an answer goes: only ever a redirect URI that was found registered. */
export type ReplyTarget = Pick<PendingRequest, 'redirectUri' | 'responseMode' | 'state'>

/** Sends the browser back to the application with the answer's fields. */
export function reply(target: ReplyTarget, fields: Readonly<Record<string, string>>, cookies: readonly string[] = []): PlainResponse {
  const all = target.state === undefined ? fields : { ...fields, state: target.state }
  if (target.responseMode === 'form_post') return formPostPage(target.redirectUri, all, cookies)
  const location = new URL(target.redirectUri)
  if (target.responseMode === 'fragment') location.hash = new URLSearchParams(all).toString()
  else for (const [name, value] of Object.entries(all)) location.searchParams.set(name, value)
  const setCookie = cookies.length > 0 ? { 'set-cookie': cookies } : {}
  return {
    status: 302,
    headers: { location: location.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...setCookie },
    body: '',
  }
}

/** Sends the browser back to the application with a refusal, under another OAuth error where the flow demands one. */
export function replyRefusal(state: SignInState, target: ReplyTarget, refusal: Refusal, error = refusal.error): PlainResponse {
  const { text } = describe(state, refusal, correlationIdOf(undefined))
  return reply(target, {
    error,
    error_description: text,
    error_uri: `${state.origins.signIn}/error?code=${refusal.code}`,
    ...(refusal.suberror === undefined ? {} : { error_subcode: refusal.suberror }),
    ...(refusal.claims === undefined ? {} : { claims: refusal.claims }),
  })
}
