import type { AffectedObject } from '../check.ts'
import type { ApplicationCredential } from '../derived/application-credentials.ts'
import type { ApplicationOwnership } from '../derived/application-ownership.ts'
import type { Own } from '../settings.ts'
import { sameId } from '../rows/graph-values.ts'
import { dayMs } from '../../day.ts'

/** Sentences that every check of the product's own identity shares. */
export const ownReasons = {
  notConnected: 'No Aid is connected, so there is no identity of Countersign’s own that could act.',
} as const

export const rolesPage = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles'

export const peoplePage = 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers'

/** Which of the three registrations a client id is; undefined for any other. */
export function ownRegistration(own: Own, appId: string): 'read' | 'chat' | 'act' | undefined {
  if (sameId(appId, own.readAppId)) return 'read'
  if (sameId(appId, own.actAppId)) return 'act'
  return sameId(appId, own.chatAppId) ? 'chat' : undefined
}

const nothing = { owner: '', working: 0, days: 0 } as const

/** Owners that nobody declared, as affected objects. */
export function undeclaredOwners(of: readonly ApplicationOwnership[], declared: readonly string[]): readonly AffectedObject[] {
  return of.flatMap(({ type, id, name, owners, basis }) =>
    owners
      .filter((owner) => !declared.some((other) => sameId(other, owner.id)))
      .map((owner) => ({ type, id, name, part: owner.id, values: { ...nothing, what: 'owner', owner: owner.name, type }, basis: [basis] })),
  )
}

/** Credentials that work and are valid for longer, or for nobody knows how long. */
export function longCredentials(working: readonly ApplicationCredential[], longestDays: number): readonly AffectedObject[] {
  return working.flatMap(({ holder: type, id, name, keyId, startsAt, endsAt, basis }) => {
    const days = startsAt === null ? 'unknown' : Math.floor((endsAt - startsAt) / dayMs)
    if (days !== 'unknown' && days <= longestDays) return []
    return [{ type, id, name, part: keyId, values: { ...nothing, what: 'long', type, days }, basis: [basis] }]
  })
}

/** Applications with more than one credential that works; a registration and its enterprise application are one. */
export function severalCredentials(working: readonly ApplicationCredential[]): readonly AffectedObject[] {
  const apps = [...new Set(working.map(({ appId }) => appId.toLowerCase()))]
  return apps.flatMap((appId) => {
    const own = working.filter((credential) => sameId(credential.appId, appId))
    const [first] = own
    if (!first || own.length < 2) return []
    const { holder: type, id, name, basis } = first
    return [{ type, id, name, part: 'credentials', values: { ...nothing, what: 'many', type, working: own.length }, basis: [basis] }]
  })
}
