import {
  AuthError,
  ConfidentialClientApplication,
  InteractionRequiredAuthError,
  LogLevel,
  type AuthenticationResult,
} from '@azure/msal-node'
import { decodeJwt } from 'jose'
import { deleteSecrets, getSecret, lockPartition, putSecret } from '../store/vault.ts'
import { writeTx, type StoredJob, type WriteTx } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'

export interface Registration {
  readonly appId: string
  readonly secret: string
}

/** Graph's own resource name, whatever address Graph is reached at. */
export const graphDefaultScope = 'https://graph.microsoft.com/.default'

/** No access token older than this is used, so that removed consent denies within that time whatever continuous access evaluation does. */
export const tokenMaxAgeMs = 15 * 60_000

/** What a token exchange gave. The token itself stays in this process and never reaches a client, a log or the database. */
export interface Exchanged {
  readonly kind: 'token'
  readonly token: string
  /** Delegated scopes of the token. */
  readonly scopes: readonly string[]
  /** Whether the token carries application permissions. */
  readonly hasRoles: boolean
  readonly idToken: string
  readonly account: {
    readonly objectId: string
    readonly tenantId: string
    readonly userPrincipalName: string
    readonly name: string
    readonly roles: readonly string[]
  }
}
export interface NeedsSignIn {
  readonly kind: 'needsSignIn'
  /** Sentence for a person: what happened and what to do. */
  readonly reason: string
  /** AADSTS number, for example 65001; '' where the service gave none. */
  readonly code: string
}
export type Exchange = Exchanged | NeedsSignIn

export function makeClient(authority: string, registration: Registration, tenant: string): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId: registration.appId,
      clientSecret: registration.secret,
      authority: `${authority}/${tenant}`,
      knownAuthorities: [new URL(authority).host],
    },
    system: { loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false, logLevel: LogLevel.Error } },
  })
}

/** Runs one exchange and turns what a person can mend into a value; everything else is a fault of the deployment and throws. */
export async function exchange(run: () => Promise<AuthenticationResult | null>): Promise<Exchange> {
  try {
    const result = await run()
    if (!result) throw new Error('The sign-in service answered without a token.')
    return exchanged(result)
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    const code = aadstsOf(error)
    const isPersons =
      error instanceof InteractionRequiredAuthError || error.errorCode === 'invalid_grant' || error.errorCode === 'interaction_required'
    if (isPersons) return { kind: 'needsSignIn', reason: reasons[code] ?? 'The sign-in has ended. Sign in again.', code }
    throw new Error(
      `The sign-in service refused this deployment (${code || error.errorCode}). Check the application id and the secret of the registration.`,
      { cause: error },
    )
  }
}

/** learn.microsoft.com/entra/identity-platform/reference-error-codes */
const reasons: Readonly<Record<string, string>> = {
  '50057': 'The account is disabled. An administrator must enable it in Entra.',
  '50076': 'Conditional Access asks for multifactor authentication. Sign in again.',
  '50079': 'The account must register for multifactor authentication. Sign in again.',
  '50097': 'Conditional Access asks for a registered device. Sign in from one, or change the policy for this account.',
  '50132': 'The session was revoked, for example after a password change. Sign in again.',
  '50133': 'The session expired after a password change. Sign in again.',
  '50173': 'All sessions of this account were revoked. Sign in again.',
  '53000': 'Conditional Access asks for a compliant device. Sign in from one, or change the policy for this account.',
  '53003': 'A Conditional Access policy blocks this account. The sign-in log of the account in Entra names the policy.',
  '65001': 'An administrator must grant the permissions of this application in Entra.',
  '65004': 'Consent was declined. An administrator must grant the permissions of this application in Entra.',
  '70008': 'The sign-in was not used for too long. Sign in again.',
  '700082': 'The sign-in was not used for too long. Sign in again.',
  '70043': 'Conditional Access limits how long a sign-in lasts, and that time is over. Sign in again.',
}

/** Refresh tokens that will never work again. */
const revoked: readonly string[] = ['50132', '50133', '50173', '70008', '700082']

function aadstsOf(error: AuthError): string {
  const number: unknown = Reflect.get(error, 'errorNo')
  if (typeof number === 'string' || typeof number === 'number') return String(number)
  return /AADSTS(\d+)/.exec(error.message)?.[1] ?? ''
}

function exchanged(result: AuthenticationResult): Exchanged {
  const claims = decodeJwt(result.accessToken)
  const scp = claims['scp']
  const roles: unknown = Reflect.get(result.idTokenClaims, 'roles')
  return {
    kind: 'token',
    token: result.accessToken,
    scopes: typeof scp === 'string' ? scp.split(' ').filter((scope) => scope !== '') : [],
    hasRoles: Array.isArray(claims['roles']) && claims['roles'].length > 0,
    idToken: result.idToken,
    account: {
      objectId: result.uniqueId.toLowerCase(),
      tenantId: result.tenantId.toLowerCase(),
      userPrincipalName: result.account?.username ?? '',
      name: result.account?.name ?? '',
      roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    },
  }
}

/** Purpose in the vault of one person's refresh tokens for one registration. */
export function partition(plane: 'read' | 'act', objectId: string): string {
  return `msal:${plane}:${objectId}`
}

/**
 * Runs an exchange on the stored tokens of one person, alone among all processes: MSAL writes its whole cache back, and of two writers one
 * would be lost. Revoked tokens are deleted; those that a policy only holds back stay, because the policy may be changed.
 */
export async function exchangeInPartition(
  store: Store,
  who: StoredJob,
  purpose: string,
  client: ConfidentialClientApplication,
  run: (client: ConfidentialClientApplication) => Promise<AuthenticationResult | null>,
  after: (tx: WriteTx, outcome: Exchange) => Promise<void>,
): Promise<Exchange> {
  return writeTx(store, who, async (tx) => {
    await lockPartition(tx, purpose)
    const stored = await getSecret(tx, purpose)
    if (stored !== undefined) client.getTokenCache().deserialize(stored)
    const outcome = await exchange(() => run(client))
    if (outcome.kind === 'token') await putSecret(tx, purpose, refreshTokensOf(client))
    else if (revoked.includes(outcome.code)) await deleteSecrets(tx, purpose)
    await after(tx, outcome)
    return outcome
  })
}

/** The client's cache without access tokens: they live in memory alone. */
export function refreshTokensOf(client: ConfidentialClientApplication): string {
  const cache: unknown = JSON.parse(client.getTokenCache().serialize())
  return JSON.stringify({ ...Object(cache), AccessToken: {} })
}

/** Renews with the stored refresh token of this person; null where there is none. */
export async function renew(client: ConfidentialClientApplication, objectId: string): Promise<AuthenticationResult | null> {
  const accounts = await client.getTokenCache().getAllAccounts()
  const account = accounts.find((known) => known.localAccountId.toLowerCase() === objectId)
  if (!account) throw new InteractionRequiredAuthError('no_tokens_found', 'There is no stored sign-in of this person.')
  return client.acquireTokenSilent({ account, scopes: [graphDefaultScope], forceRefresh: true })
}
