import type { FastifyRequest } from 'fastify'
import { timingSafeEqual } from 'node:crypto'
import type { Route } from '@countersign/core/api/route.ts'
import { permission } from '@countersign/core/principal.ts'
import type { Identity, NeedsSignIn } from '../identity/identity.ts'
import type { SignedIn, SignInAnswer } from '../identity/signed-in.ts'
import { refuse, type Refused } from './problem.ts'

export const sessionCookie = '__Host-countersign'
export const sessionCookieOptions = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const

/** `rotatedTo`: the session has this id from now on, whether the request is let in or not. */
export type Admission = { readonly rotatedTo?: string } & (
  { readonly kind: 'admitted'; readonly signedIn: SignedIn | undefined } | { readonly kind: 'refused'; readonly refused: Refused }
)

/** Sign-in, capability, door and cross-site check of one request, in this order; the only way to a handler. */
export async function admit(request: FastifyRequest, route: Route, identity: Identity): Promise<Admission> {
  if (route.capability === 'public') return { kind: 'admitted', signedIn: undefined }
  const answer = await signInOf(request, identity)
  if (answer.kind === 'refused') return { kind: 'refused', refused: signInRefused(answer) }
  const { signedIn } = answer
  const refused = refusalFor(route, signedIn) ?? crossSiteRefusal(request, route, signedIn)
  const rotated = answer.rotatedTo === undefined ? {} : { rotatedTo: answer.rotatedTo }
  return refused ? { kind: 'refused', refused, ...rotated } : { kind: 'admitted', signedIn, ...rotated }
}

/** The sign-in service gives nothing for this person: a new sign-in mends it, or the consent of an administrator. */
export function signInRefused({ reason, consent }: Pick<NeedsSignIn, 'reason' | 'consent'>): Refused {
  return consent ? refuse(401, 'Consent is missing', reason, { consent }) : refuse(401, 'Not signed in', reason, { mend: 'Sign in again.' })
}

async function signInOf(request: FastifyRequest, identity: Identity): Promise<SignInAnswer> {
  const header = request.headers.authorization
  if (header !== undefined) return identity.fromBearer(header)
  const id = request.cookies[sessionCookie]
  if (id !== undefined) return identity.fromCookie(id)
  return { kind: 'refused', reason: 'This needs a sign-in.' }
}

function refusalFor(route: Route, signedIn: SignedIn): Refused | undefined {
  if (route.capability === 'public' || route.capability === 'signedIn') {
    const isOpen = signedIn.principal.door !== 'view'
    return isOpen ? undefined : refuse(403, 'Not through this door', 'A dashboard token opens the dashboard views only.')
  }
  const allowed = permission(signedIn.principal, route.capability)
  if (allowed.may) {
    // A dashboard token is readable by every script of a SharePoint page: it opens the view routes and nothing else.
    const isOutsideView = signedIn.principal.door === 'view' && !route.path.startsWith('/api/view/')
    return isOutsideView ? refuse(403, 'Not through this door', 'A dashboard token opens the dashboard views only.') : undefined
  }
  if (allowed.because === 'door') return refuse(403, 'Not through this door', 'This cannot be done from here.')
  return refuse(403, 'Not allowed', `This needs one of the roles ${allowed.needs.join(', ')} in Countersign.`, {
    roles: allowed.needs,
    mend: 'Ask an administrator of your tenant to assign the role to you in Entra, under the enterprise application Countersign Read.',
  })
}

/** A cookie travels with requests that a foreign page makes; the token in this header does not. */
function crossSiteRefusal(request: FastifyRequest, route: Route, signedIn: SignedIn): Refused | undefined {
  if (signedIn.csrfToken === null || route.effect !== 'changes') return undefined
  const given = request.headers['x-csrf-token']
  if (typeof given === 'string' && sameText(given, signedIn.csrfToken)) return undefined
  return refuse(403, 'Not from this page', 'The request did not carry the token of this session.', {
    mend: 'Reload the page and try again.',
  })
}

function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}
