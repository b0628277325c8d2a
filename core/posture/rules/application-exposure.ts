import { sameId } from '../rows/graph-values.ts'
import { isMicrosofts } from './first-party.ts'
import { redirectProblem } from './redirect-uri.ts'
import type { RedirectProblem } from './redirect-uri.ts'

/** 'none' is a managed identity, or what nobody published. */
export type Publisher = 'microsoft' | 'tenant' | 'verified' | 'unverified' | 'none'

/** In how many ways somebody from outside comes near an application. */
export interface Exposure {
  readonly redirects: readonly { readonly uri: string; readonly problem: RedirectProblem }[]
  /** People of other organisations may sign in, by its registration here. */
  readonly severalTenants: boolean
  /** The property lock is on. */
  readonly isLocked: boolean
  readonly implicitTokens: boolean
  /** People sign in to it, and nobody needs to be assigned. */
  readonly openToEverybody: boolean
}

interface Uris {
  readonly redirectUris: readonly string[]
}
interface Enterprise {
  readonly appOwnerOrganizationId: string | null
  readonly verifiedPublisher: { readonly verifiedPublisherId: string | null } | null
  readonly appRoleAssignmentRequired: boolean
  readonly preferredSingleSignOnMode?: string | null | undefined
  readonly replyUrls: readonly string[]
}
interface Registration {
  readonly signInAudience: string | null
  readonly servicePrincipalLockConfiguration: { readonly isEnabled: boolean } | null
  readonly web:
    | (Uris & {
        readonly implicitGrantSettings: {
          readonly enableAccessTokenIssuance: boolean | null
          readonly enableIdTokenIssuance: boolean | null
        } | null
      })
    | null
  readonly spa: Uris | null
  readonly publicClient: Uris | null
}

const severalTenants: readonly string[] = ['azureadmultipleorgs', 'azureadandpersonalmicrosoftaccount']

export function publisherOf(row: Enterprise, organization: readonly { readonly id: string }[], isRegisteredHere: boolean): Publisher {
  const { appOwnerOrganizationId: owner } = row
  if (owner === null) return isRegisteredHere ? 'tenant' : 'none'
  if (isMicrosofts(owner)) return 'microsoft'
  if (isRegisteredHere || organization.some(({ id }) => sameId(id, owner))) return 'tenant'
  return (row.verifiedPublisher?.verifiedPublisherId ?? '') === '' ? 'unverified' : 'verified'
}

export function exposureOf(row: Enterprise, registration: Registration | undefined): Exposure {
  const platforms = [registration?.web, registration?.spa, registration?.publicClient]
  const uris = new Set([...row.replyUrls, ...platforms.flatMap((platform) => platform?.redirectUris ?? [])])
  const implicit = registration?.web?.implicitGrantSettings
  return {
    redirects: [...uris].sort().flatMap((uri) => {
      const problem = redirectProblem(uri)
      return problem ? [{ uri, problem }] : []
    }),
    // Without an audience Graph has not said that it is for one organisation only.
    severalTenants:
      registration !== undefined &&
      (registration.signInAudience === null || severalTenants.includes(registration.signInAudience.toLowerCase())),
    isLocked: registration?.servicePrincipalLockConfiguration?.isEnabled === true,
    implicitTokens: implicit?.enableAccessTokenIssuance === true || implicit?.enableIdTokenIssuance === true,
    openToEverybody: uris.size > 0 && !isMicrosofts(row.appOwnerOrganizationId) && !row.appRoleAssignmentRequired,
  }
}
