import {
  AuthError,
  ConfidentialClientApplication,
  InteractionRequiredAuthError,
  LogLevel,
  type AuthenticationResult,
} from '@azure/msal-node'
import { decodeJwt } from 'jose'
import { z } from 'zod'
import { parseJson } from '@countersign/core/parse-json.ts'
import { deleteSecrets, getSecret, lockPartition, putSecret } from '../store/vault.ts'
import { writeTx, type StoredJob, type WriteTx } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import { refusalOf } from './sign-in-refusals.ts'

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
  /** Ids of the Conditional Access policies that the refusal names; mostly it names none. */
  readonly policyIds: readonly string[]
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

/**
 * Runs one exchange and turns what a person can mend into a value; everything else is a fault of the deployment and throws. A fault of the
 * registration, for example an expired secret, is a value where `registrationFaults` says so.
 */
export async function exchange(
  run: () => Promise<AuthenticationResult | null>,
  { registrationFaults = 'throw' }: ExchangeOptions = {},
): Promise<Exchange> {
  try {
    const result = await run()
    if (!result) throw new Error('The sign-in service answered without a token.')
    return exchanged(result)
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    const code = aadstsOf(error)
    const isPersons =
      error instanceof InteractionRequiredAuthError || error.errorCode === 'invalid_grant' || error.errorCode === 'interaction_required'
    const { kind, sentence } = refusalOf(code)
    if (isPersons || (kind === 'registration' && registrationFaults === 'value'))
      return { kind: 'needsSignIn', reason: sentence, code, policyIds: policiesIn(error) }
    throw new Error(
      `The sign-in service refused this deployment (${code || error.errorCode}). Check the application id and the secret of the registration.`,
      { cause: error },
    )
  }
}

interface ExchangeOptions {
  readonly registrationFaults?: 'throw' | 'value'
}

const claimsSchema = z.object({ access_token: z.object({ capolids: z.object({ values: z.array(z.guid()) }) }) })

/** A refusal by Conditional Access names its policies in a claims challenge: learn.microsoft.com/entra/identity-platform/v2-conditional-access-dev-guide */
function policiesIn(error: AuthError): readonly string[] {
  const claims: unknown = Reflect.get(error, 'claims')
  return claimsSchema.safeParse(typeof claims === 'string' ? parseJson(claims) : undefined).data?.access_token.capolids.values ?? []
}

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
  options: ExchangeOptions = {},
): Promise<Exchange> {
  return writeTx(store, who, async (tx) => {
    await lockPartition(tx, purpose)
    const stored = await getSecret(tx, purpose)
    if (stored !== undefined) client.getTokenCache().deserialize(stored)
    const outcome = await exchange(() => run(client), options)
    if (outcome.kind === 'token') await putSecret(tx, purpose, refreshTokensOf(client))
    else if (refusalOf(outcome.code).revokes) await deleteSecrets(tx, purpose)
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
