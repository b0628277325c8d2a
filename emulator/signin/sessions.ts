import { randomBytes, randomUUID } from 'node:crypto'
import type { PlainRequest } from '../server/http.ts'
import { readCookies } from '../server/http.ts'
import type { SessionAccount, SignInState } from './state.ts'

const SESSION_COOKIE = 'ESTSAUTH'
const BROWSER_COOKIE = 'buid'
/** Not Secure: one browser session serves the HTTPS listener and the plain loopback one. */
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax'

/** The people signed in to this browser. */
export function readSession(
  state: SignInState,
  request: PlainRequest,
): { readonly id: string | undefined; readonly accounts: readonly SessionAccount[] } {
  const id = readCookies(request.headers['cookie']).get(SESSION_COOKIE)
  const accounts = id === undefined ? undefined : state.sessions.get(id)
  return accounts ? { id, accounts } : { id: undefined, accounts: [] }
}

/** Adds a person to the browser's session under a new id, so that no id from before a sign-in stays good; answers the cookie. */
export function saveAccount(state: SignInState, request: PlainRequest, account: SessionAccount): string {
  const session = readSession(state, request)
  if (session.id !== undefined) state.sessions.delete(session.id)
  const others = session.accounts.filter((other) => other.userId !== account.userId || other.tenantId !== account.tenantId)
  const id = randomBytes(32).toString('base64url')
  state.sessions.set(id, [...others, account])
  return `${SESSION_COOKIE}=${id}; ${ATTRIBUTES}`
}

/** Ends the browser's session. */
export function endSession(state: SignInState, request: PlainRequest): string {
  const session = readSession(state, request)
  if (session.id !== undefined) state.sessions.delete(session.id)
  return `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`
}

/** Names the browser that a pending request belongs to, so that no other one can continue it. */
export function browserOf(request: PlainRequest): { readonly id: string; readonly cookies: readonly string[] } {
  const known = readCookies(request.headers['cookie']).get(BROWSER_COOKIE)
  if (known !== undefined && /^[0-9a-f-]{36}$/.test(known)) return { id: known, cookies: [] }
  const id = randomUUID()
  return { id, cookies: [`${BROWSER_COOKIE}=${id}; ${ATTRIBUTES}`] }
}
