import { AuthError } from '@azure/msal-node'
import { decodeJwt } from 'jose'
import { makeClient, type Registration } from './entra-client.ts'

export type CredentialAnswer =
  /** `applicationPermissions`: what the registration could do without a person; for ours there must be none. */
  | { readonly kind: 'accepted'; readonly applicationPermissions: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'notAsked'; readonly because: string }

/** Asks the sign-in service for a token of the application itself, to learn whether id and secret are accepted. The token is looked at and dropped. */
export async function tryCredentials(settings: {
  readonly loginUrl: string
  readonly registration: Registration
  readonly scope: string
}): Promise<CredentialAnswer> {
  const url = new URL(settings.loginUrl)
  const client = makeClient(url.origin, settings.registration, url.pathname.slice(1))
  try {
    const result = await client.acquireTokenByClientCredential({ scopes: [settings.scope], skipCache: true })
    if (!result) return { kind: 'notAsked', because: 'The sign-in service answered without a token.' }
    const roles = decodeJwt(result.accessToken)['roles']
    return { kind: 'accepted', applicationPermissions: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [] }
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    const code = /AADSTS(\d+)/.exec(error.message)?.[1]
    if (code === undefined) return { kind: 'notAsked', because: `The sign-in service could not be asked (${error.errorCode}).` }
    return { kind: 'refused', reason: reasons[code] ?? `The sign-in service refused them (AADSTS${code}).` }
  }
}

/** learn.microsoft.com/entra/identity-platform/reference-error-codes */
const reasons: Readonly<Record<string, string>> = {
  '53003': 'A Conditional Access policy blocks this application (AADSTS53003).',
  '90002': 'The sign-in service does not know the tenant (AADSTS90002).',
  '700016': 'The tenant does not know this application id (AADSTS700016).',
  '7000112': 'The application is disabled in the tenant (AADSTS7000112).',
  '7000215': 'The secret is wrong (AADSTS7000215).',
  '7000222': 'The secret has expired (AADSTS7000222).',
  '7000229': 'The application has no service principal in the tenant (AADSTS7000229).',
}
