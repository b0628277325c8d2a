import { factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import type { PrivilegedPrincipal } from '../derived/privileged-principals.ts'
import { nameOr } from '../rows/graph-values.ts'
import type { RoleHold } from '../rows/role-hold.ts'
import { globalAdministrator, principalType } from '../rows/role-holding.ts'

/** Somebody who need not own an application to sign in as it: a role lets them add a credential to it, or make themselves its owner. */
export interface Taker {
  readonly id: string
  readonly name: string
  readonly type: 'user' | 'servicePrincipal'
  /** `role`: holds it, itself or through groups. `groupOwner`: owns a group that holds it, and decides who is in it. */
  readonly through: 'role' | 'groupOwner'
  readonly roleName: string
  /** How they come to the role, without a full stop. */
  readonly holds: string
  /** What they can do to an application then. */
  readonly can: string
  /** In lower case: object id of the one application, or of its registration; null for every application of the tenant. */
  readonly only: string | null
  /** Works on the enterprise application, too, and not only on a registration in this tenant. */
  readonly onEnterprise: boolean
  readonly basis: readonly FactKey[]
}

interface Manages {
  readonly can: string
  readonly onEnterprise: boolean
}
const addsCredentials: Manages = { can: 'can add a credential', onEnterprise: true }
const addsToRegistrations: Manages = { can: 'can add a credential', onEnterprise: false }
const makesOwners: Manages = { can: 'can make itself the owner and then add a credential', onEnterprise: true }

/** By template id, after the actions that Microsoft lists for each role: …/entra/identity/role-based-access-control/permissions-reference */
const builtIn: Readonly<Record<string, Manages>> = {
  // Application Administrator
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3': addsCredentials,
  // Cloud Application Administrator
  '158c047a-c907-4556-b7ef-446551a6b5f7': addsCredentials,
  // Hybrid Identity Administrator: owners of applications, not their credentials
  '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2': makesOwners,
  // Partner Tier1 Support, Partner Tier2 Support
  '4ba39ca4-527c-499a-b93d-d9b492c50246': addsToRegistrations,
  'e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8': addsToRegistrations,
}
const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814'

interface RoleDefinition {
  readonly id: string
  readonly isBuiltIn: boolean
  readonly rolePermissions: readonly { readonly allowedResourceActions: readonly string[] }[]
}
interface GroupOwner {
  readonly '@odata.type': string
  readonly id: string
  readonly parentId: string
  readonly displayName: string | null
}

/** Everybody with such a role who does not control the tenant already, and owners of groups with such a role. */
export function takersOf(
  principals: readonly PrivilegedPrincipal[],
  definitions: readonly RoleDefinition[],
  owners: readonly GroupOwner[],
): Derived<Taker> {
  const managing = new Map(Object.entries(builtIn))
  for (const definition of definitions) {
    const manages = definition.isBuiltIn ? undefined : customOf(definition)
    if (manages) managing.set(definition.id.toLowerCase(), manages)
  }
  const controls = new Set(principals.filter(isInControl).map(({ id }) => id.toLowerCase()))
  const rows: Taker[] = []
  for (const principal of principals) {
    for (const hold of principal.holds) {
      const manages = managing.get(hold.roleId)
      const only = onlyOf(hold.scope)
      if (!manages || only === undefined) continue
      const common = { roleName: hold.roleName, ...manages, only }
      const { type, id, name } = principal
      if (type !== 'group') {
        if (!controls.has(id.toLowerCase()))
          rows.push({ ...common, id, name, type, through: 'role', holds: holdText(name, hold), basis: hold.basis })
        continue
      }
      for (const owner of owners) {
        if (owner.parentId.toLowerCase() !== id.toLowerCase() || controls.has(owner.id.toLowerCase())) continue
        const ownerType = principalType(owner['@odata.type'])
        if (ownerType !== 'user' && ownerType !== 'servicePrincipal')
          return { undecided: `The owner ${owner.id} of the group ${id} has the type '${owner['@odata.type']}', which nobody knows.` }
        const ownerName = nameOr(owner.displayName, owner.id)
        const basis = [factKey('roleGroupOwners', `${owner.parentId}/${owner.id}`), ...hold.basis]
        const holds = `${ownerName} owns the group ${name}, decides who is in it, and ${holdText('it', hold)}`
        rows.push({ ...common, id: owner.id, name: ownerName, type: ownerType, through: 'groupOwner', holds, basis })
      }
    }
  }
  return { rows }
}

export function takes(
  { only, onEnterprise }: Taker,
  { id, registration }: { readonly id: string; readonly registration: string | undefined },
): boolean {
  const own = [...(onEnterprise ? [id] : []), ...(registration === undefined ? [] : [registration])].map((one) => one.toLowerCase())
  return only === null ? own.length > 0 : own.includes(only)
}

function holdText(name: string, { roleName, isActive, via, scope }: RoleHold): string {
  const through = via.length === 0 ? '' : via.length === 1 ? ' through a group' : ` through ${via.length} groups`
  return `${name} ${isActive ? 'holds' : 'can activate'} the role ${roleName}${through}${onlyOf(scope) === null ? '' : ' over one application'}`
}

/** Whoever holds one of these has no need of an application. */
function isInControl({ holds }: PrivilegedPrincipal): boolean {
  return holds.some(
    ({ roleId, scope }) => (roleId === globalAdministrator || roleId === privilegedRoleAdministrator) && onlyOf(scope) === null,
  )
}

/** Null for the whole tenant, also where the answer does not say; undefined for a part of the tenant in which no application is. */
function onlyOf(scope: string | null): string | null | undefined {
  if (scope === null || scope === '/') return null
  const [, only] = /^\/([\da-f-]{36}|[^/]+)$/i.exec(scope) ?? []
  return only?.toLowerCase()
}

function customOf({ rolePermissions }: RoleDefinition): Manages | undefined {
  const actions = rolePermissions.flatMap(({ allowedResourceActions }) => allowedResourceActions.map((action) => action.toLowerCase()))
  const has = (subject: string, ...tasks: readonly string[]): boolean =>
    actions.some((action) => new RegExp(`^microsoft\\.directory/${subject}(\\.\\w+)?/(${tasks.join('|')})$`).test(action))
  const credentials = ['credentials/update', 'allproperties/update', 'allproperties/alltasks'] as const
  if (has('serviceprincipals', ...credentials)) return addsCredentials
  if (has('serviceprincipals', 'owners/update')) return makesOwners
  if (has('applications', ...credentials)) return addsToRegistrations
  return has('applications', 'owners/update') ? { ...makesOwners, onEnterprise: false } : undefined
}
