import { refusalOf } from './sign-in-refusals.ts'
import type { Principal } from '@countersign/core/principal.ts'

/** How a request proved who sent it. */
export type Credential =
  /** A token for our API that the host holds; redeemed on behalf of the person. */
  | { readonly kind: 'bearer'; readonly token: string; readonly tokenId: string }
  /** A session of the plain browser, whose refresh token lies in the vault. */
  | { readonly kind: 'session' }

/** A verified person with the means to act on that person's behalf. Made by this room alone. */
export interface SignedIn {
  readonly principal: Principal
  readonly credential: Credential
  /** Must come back as X-CSRF-Token with changes; null for bearer calls, which no foreign page can make. */
  readonly csrfToken: string | null
}

export type SignInAnswer =
  | {
      readonly kind: 'signedIn'
      readonly signedIn: SignedIn
      /** New value for the session cookie, after rotation. */ readonly rotatedTo?: string
    }
  | {
      readonly kind: 'refused'
      readonly reason: string
      /** The registration whose consent is missing or was withdrawn. */ readonly consent?: 'read'
    }

/** The sign-in service would not renew the sign-in. */
export function refusedBy({ reason, code }: { readonly reason: string; readonly code: string }): SignInAnswer {
  return { kind: 'refused', reason, ...consentOf({ code }) }
}

/** Whether a refused reading means that consent to Countersign Read is missing. */
export function consentOf({ code }: { readonly code: string }): { readonly consent?: 'read' } {
  return refusalOf(code).kind === 'consent' ? { consent: 'read' } : {}
}
