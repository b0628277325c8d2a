import type { Tier } from '../../data/directory-roles.ts'
import type { Risk } from '../../data/permission-risks.ts'
import { defineDerived, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { federatedIdentityCredentials } from '../facts/federated-identity-credentials.ts'
import { organization } from '../facts/organization.ts'
import { roleDefinitions } from '../facts/role-definitions.ts'
import { roleGroupOwners } from '../facts/role-group-owners.ts'
import { nameOr } from '../rows/graph-values.ts'
import { exposureOf, publisherOf } from '../rules/application-exposure.ts'
import type { Exposure, Publisher } from '../rules/application-exposure.ts'
import { takersOf, takes } from '../rules/application-takers.ts'
import type { Taker } from '../rules/application-takers.ts'
import { applicationCredentials } from './application-credentials.ts'
import type { ApplicationCredential } from './application-credentials.ts'
import { applicationOwnership } from './application-ownership.ts'
import type { OwnerState } from './application-ownership.ts'
import { applicationSettings } from './application-settings.ts'
import { effectivePermissions } from './effective-permissions.ts'
import type { EffectivePermission } from './effective-permissions.ts'
import { enterpriseApplications } from './enterprise-applications.ts'
import { privilegedPrincipals } from './privileged-principals.ts'

export interface HeldRole {
  readonly name: string
  readonly tier: Tier
  readonly isPrivileged: boolean
  /** Held now; false means that it must be activated first. */
  readonly isActive: boolean
  /** How many groups stand between the role and the application. */
  readonly groups: number
  readonly basis: readonly FactKey[]
}
export interface HeldCredential extends Pick<ApplicationCredential, 'holder' | 'keyId' | 'credentialName' | 'startsAt' | 'basis'> {
  readonly kind: ApplicationCredential['kind'] | 'federated'
  /** Milliseconds since 1970, UTC; null never ends. */
  readonly endsAt: number | null
}
export interface HeldOwner {
  readonly id: string
  readonly name: string
  readonly through: 'application' | 'servicePrincipal'
  readonly state: OwnerState
  readonly isGuest: boolean
  /** Whether the owner holds, or can activate, a privileged directory role. */
  readonly isPrivileged: boolean
  readonly basis: FactKey
}
export type HeldTaker = Pick<Taker, 'id' | 'name' | 'type' | 'roleName' | 'holds' | 'can' | 'basis'>
export interface HeldPermission extends Pick<
  EffectivePermission,
  'kind' | 'value' | 'resourceName' | 'resourceAppId' | 'consent' | 'people' | 'since' | 'basis'
> {
  readonly tier: Tier
  readonly risk: Risk
}

/** An enterprise application with its registration, and all that its risk rests on; rules/application-risk.ts makes the points of it. */
export interface ApplicationEvidence {
  readonly id: string
  readonly appId: string
  readonly name: string
  /** Object id of the registration in this tenant; null where it is elsewhere. */
  readonly registrationId: string | null
  readonly type: string
  readonly isEnabled: boolean
  readonly publisher: Publisher
  /** Signs people in with SAML, for which a certificate on the enterprise application is the usual way. */
  readonly usesSaml: boolean
  readonly permissions: readonly HeldPermission[]
  readonly roles: readonly HeldRole[]
  readonly credentials: readonly HeldCredential[]
  readonly owners: readonly HeldOwner[]
  /** Where it reaches the control plane: who may sign in as it by a role over it; the first twenty. Absent from evidence of before. */
  readonly takers?: readonly HeldTaker[]
  readonly exposure: Exposure
  readonly basis: readonly FactKey[]
}

/** A graph with more of them than this is looked at by nobody. */
const takersShown = 20

/** Grows with applications and their permissions: of people only owners and holders of roles are remembered. */
export const applicationRisk = defineDerived({
  id: 'applicationRisk',
  title: 'What the risk of each application rests on',
  from: {
    organization,
    enterpriseApplications,
    applicationSettings,
    applicationCredentials,
    federatedIdentityCredentials,
    applicationOwnership,
    effectivePermissions,
    privilegedPrincipals,
    roleDefinitions,
  },
  helps: { roleGroupOwners },
  derive(from): Derived<ApplicationEvidence> {
    const registrations = new Map(from.applicationSettings.map((row) => [row.appId.toLowerCase(), row]))
    const permissions = grouped(from.effectivePermissions, ({ id }) => id)
    const credentials = grouped(from.applicationCredentials, ({ holder, id }) => `${holder}/${id}`)
    const federated = new Map(from.federatedIdentityCredentials.map((row) => [row.id.toLowerCase(), row.federatedIdentityCredentials]))
    const ownership = new Map(from.applicationOwnership.map((row) => [`${row.type}/${row.id}`.toLowerCase(), row]))
    const principals = new Map(from.privilegedPrincipals.map((row) => [row.id.toLowerCase(), row]))

    const ownersOf = (through: HeldOwner['through'], id: string): readonly HeldOwner[] => {
      const found = ownership.get(`${through}/${id}`.toLowerCase())
      return (found?.owners ?? []).map(({ id: ownerId, name, state, guest }) => {
        const isPrivileged = principals.get(ownerId.toLowerCase())?.holds.some((hold) => hold.isPrivileged) ?? false
        return { id: ownerId, name, through, state, isGuest: guest, isPrivileged, basis: factKey(`${through}Owners`, id) }
      })
    }
    const credentialsOf = (holder: ApplicationCredential['holder'], id: string): readonly HeldCredential[] =>
      (credentials.get(`${holder}/${id}`.toLowerCase()) ?? []).map(({ kind, keyId, credentialName, startsAt, endsAt, basis }) => {
        return { holder, kind, keyId, credentialName, startsAt, endsAt, basis }
      })
    const federatedOf = (id: string): readonly HeldCredential[] =>
      (federated.get(id.toLowerCase()) ?? []).map(({ id: keyId, name }) => {
        const basis = factKey('federatedIdentityCredentials', id)
        return { holder: 'application', kind: 'federated', keyId, credentialName: name, startsAt: null, endsAt: null, basis }
      })

    const takers = takersOf(from.privilegedPrincipals, from.roleDefinitions, from.roleGroupOwners ?? [])
    if ('undecided' in takers) return takers
    const takersFor = (id: string, registration: string | undefined): readonly HeldTaker[] =>
      takers.rows
        .filter((taker) => takes(taker, { id, registration }) && taker.id.toLowerCase() !== id.toLowerCase())
        .slice(0, takersShown)
        .map(({ id: takerId, name, type, roleName, holds, can, basis }) => ({ id: takerId, name, type, roleName, holds, can, basis }))

    const rows = from.enterpriseApplications.map((row): ApplicationEvidence => {
      const registration = registrations.get(row.appId.toLowerCase())
      const holds = principals.get(row.id.toLowerCase())?.holds ?? []
      const own = (permissions.get(row.id.toLowerCase()) ?? []).map(permissionOf)
      const isControl =
        holds.some(({ tier }) => tier === 'control') || own.some(({ kind, tier }) => kind === 'application' && tier === 'control')
      return {
        id: row.id,
        appId: row.appId,
        name: nameOr(row.displayName, row.appId),
        registrationId: registration?.id ?? null,
        type: row.servicePrincipalType ?? '',
        isEnabled: row.accountEnabled !== false,
        publisher: publisherOf(row, from.organization, registration !== undefined),
        usesSaml: row.preferredSingleSignOnMode?.toLowerCase() === 'saml',
        permissions: own,
        roles: holds.map(({ roleName: name, tier, isPrivileged, isActive, via, basis }) => {
          return { name, tier, isPrivileged, isActive, groups: via.length, basis }
        }),
        credentials: [
          ...(registration ? [...credentialsOf('application', registration.id), ...federatedOf(registration.id)] : []),
          ...credentialsOf('servicePrincipal', row.id),
        ],
        owners: [...(registration ? ownersOf('application', registration.id) : []), ...ownersOf('servicePrincipal', row.id)],
        takers: isControl ? takersFor(row.id, registration?.id) : [],
        exposure: exposureOf(row, registration),
        basis: [factKey('servicePrincipals', row.id), ...(registration ? [factKey('applications', registration.id)] : [])],
      }
    })
    return { rows }
  },
})

function permissionOf(permission: EffectivePermission): HeldPermission {
  const { kind, value, resourceName, resourceAppId, tier, risk, consent, people, since, basis } = permission
  return { kind, value, resourceName, resourceAppId, tier, risk, consent, people, since, basis }
}

/** By a key in lower case. */
function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row).toLowerCase()
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
