import type { Tier } from '../../data/directory-roles.ts'
import { permissionById, permissionByValue } from '../../data/permission-risks.ts'
import type { PermissionKind, Risk } from '../../data/permission-risks.ts'
import { defineFolded, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { appRoleAssignments } from '../facts/app-role-assignments.ts'
import { nameOr, sameId } from '../rows/graph-values.ts'
import { isMicrosofts } from '../rules/first-party.ts'
import { enterpriseApplications } from './enterprise-applications.ts'
import { grantsPerApplication } from './grants-per-application.ts'

/** One permission that an enterprise application really has. */
export interface EffectivePermission {
  /** Object id, client id and name of the enterprise application that has it. */
  readonly id: string
  readonly appId: string
  readonly name: string
  readonly microsofts: boolean
  readonly resourceAppId: string
  readonly resourceName: string
  readonly kind: PermissionKind
  /** For example 'Mail.Read'; the id where nobody names it. */
  readonly value: string
  /** Id of the app role; '' for a delegated permission. */
  readonly appRoleId: string
  readonly tier: Tier
  readonly risk: Risk
  readonly consent: 'administrator' | 'everybody' | 'people'
  /** How many people consented for themselves. */
  readonly people: number
  /** ISO time of the consent, where Graph says it. */
  readonly since: string | null
  readonly basis: FactKey
}

/** The role that stands for being assigned at all, which permits nothing. */
const defaultAccess = '00000000-0000-0000-0000-000000000000'

/** A grant whose client or resource no longer exists permits nothing. */
export const effectivePermissions = defineFolded({
  id: 'effectivePermissions',
  title: 'What applications may do',
  from: { enterpriseApplications, grantsPerApplication },
  over: { appRoleAssignments },
  start(from) {
    const byId = new Map(from.enterpriseApplications.map((row) => [row.id.toLowerCase(), row]))
    const delegated = from.grantsPerApplication.flatMap((grant): EffectivePermission[] => {
      const parties = partiesOf(byId, grant.clientId, grant.resourceId)
      if (!parties) return []
      const { scope, consent, people, basis } = grant
      const rated = permissionByValue(parties.resourceAppId, 'delegated', scope)
      const rating = { tier: rated?.tier ?? 'none', risk: rated?.risk ?? 'none' } as const
      return [{ ...parties, kind: 'delegated', value: scope, appRoleId: '', ...rating, consent, people, since: null, basis }]
    })
    return { byId, delegated, given: new Map<string, EffectivePermission>() }
  },
  add({ byId, given }, { row }) {
    // A kind that we do not know may be an application; whether it is one, the list of enterprise applications says.
    if (['user', 'group'].includes(row.principalType.toLowerCase()) || sameId(row.appRoleId, defaultAccess)) return
    const parties = partiesOf(byId, row.principalId, row.resourceId)
    if (!parties) return
    const { appRoleId, createdDateTime: since } = row
    const rated = permissionById(parties.resourceAppId, 'application', appRoleId)
    const role = byId.get(row.resourceId.toLowerCase())?.appRoles.find(({ id }) => sameId(id, appRoleId))
    const value = rated?.value ?? role?.value ?? appRoleId
    const rating = { tier: rated?.tier ?? 'none', risk: rated?.risk ?? 'none' } as const
    const basis = factKey('appRoleAssignments', row.id)
    given.set(row.id, { ...parties, kind: 'application', value, appRoleId, ...rating, consent: 'administrator', people: 0, since, basis })
  },
  finish({ delegated, given }): Derived<EffectivePermission> {
    const application = [...given].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, permission]) => permission)
    return { rows: [...application, ...delegated] }
  },
})

type Parties = Pick<EffectivePermission, 'id' | 'appId' | 'name' | 'microsofts' | 'resourceAppId' | 'resourceName'>
interface Known {
  readonly id: string
  readonly appId: string
  readonly displayName: string | null
  readonly appOwnerOrganizationId: string | null
}

function partiesOf(byId: ReadonlyMap<string, Known>, clientId: string, resourceId: string): Parties | undefined {
  const client = byId.get(clientId.toLowerCase())
  const resource = byId.get(resourceId.toLowerCase())
  if (!client || !resource) return undefined
  return {
    id: client.id,
    appId: client.appId,
    name: nameOr(client.displayName, client.appId),
    microsofts: isMicrosofts(client.appOwnerOrganizationId),
    resourceAppId: resource.appId,
    resourceName: nameOr(resource.displayName, resource.appId),
  }
}
