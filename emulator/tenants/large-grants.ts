import type { RowSource } from './generated-rows.ts'
import { chosen, generated, mix, opaqueIds } from './large-source.ts'
import type { LargeScale } from './large.ts'
import type { Planter } from './planter.ts'
import type { Row } from './tenant.ts'

/** What each number of `mix` decides; two uses never share one. */
const use = { client: 113, principal: 114, scope: 115 } as const
/** Single people consent to so many applications only. */
const POPULAR = 800

/** What people and administrators usually consent to, and now and then something that reaches far. */
const scopeSets = [
  'openid profile User.Read',
  'openid profile email offline_access User.Read',
  'User.Read Calendars.Read offline_access',
  'User.Read Files.Read.All offline_access',
  'User.ReadBasic.All',
  'Mail.Read offline_access',
  'Mail.ReadWrite Mail.Send offline_access',
  'Group.Read.All User.Read.All',
  'Sites.Read.All',
  'Directory.Read.All',
] as const

/** Grants for everybody come first: each client has at most one for a resource. Then those that single people gave. */
export function largeGrants(
  planter: Planter,
  scale: LargeScale,
  clients: Pick<RowSource, 'id' | 'size'>,
  users: RowSource,
  /** Microsoft Graph, then others; they are planted after the grants are laid out. */
  resources: () => readonly Row[],
): RowSource {
  const isForAll = (index: number): boolean => index < scale.grantsForAll
  const resource = (index: number): Row | undefined => {
    const all = resources()
    return isForAll(index) ? all[Math.floor(index / clients.size) % all.length] : all[0]
  }
  return generated({
    size: scale.grants,
    ids: opaqueIds(planter.id('generated/grants'), scale.grants),
    blank: {},
    properties: {
      clientId: (index) => clients.id(isForAll(index) ? index % clients.size : mix(index, use.client) % Math.min(POPULAR, clients.size)),
      consentType: (index) => (isForAll(index) ? 'AllPrincipals' : 'Principal'),
      principalId: (index) => (isForAll(index) ? null : users.id(mix(index, use.principal) % scale.users)),
      resourceId: (index) => resource(index)?.id,
      // Graph answers the scopes with a leading space when the portal made the grant.
      scope: (index) => `${index % 3 === 0 ? ' ' : ''}${chosen(index, use.scope, scopeSets)}`,
    },
  })
}
