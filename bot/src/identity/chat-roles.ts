import { z } from 'zod'
import type { Principal, Role } from '@countersign/core/principal.ts'
import type { GraphReader } from '../graph/reader.ts'
import { readAll } from './aid-roles.ts'
import { knownRoles } from './api-token.ts'

export type ChatPrincipal =
  { readonly kind: 'principal'; readonly principal: Principal } | { readonly kind: 'notKnown'; readonly reason: string }
/** Who a person in chat is, by tenant and object id of the channel's verified activity. */
export type ChatPrincipalFunction = (tenantId: string, aadObjectId: string, displayName?: string) => Promise<ChatPrincipal>

/** A person's authority in chat is never older than this. */
const maxAgeMs = 60_000
const definitionMaxAgeMs = 3_600_000

const servicePrincipalSchema = z.object({ id: z.string(), appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })) })
const assignmentSchema = z.object({ principalId: z.string(), principalType: z.string().nullish(), appRoleId: z.string() })

interface Definition {
  readonly servicePrincipalId: string
  readonly roleValues: ReadonlyMap<string, string>
  readonly at: number
}

/** Reads a person's app roles of Countersign Read with the Aid's token: a chat activity carries no roles and no token. */
export function makeChatRoles(deps: {
  readonly tenants: readonly string[]
  readonly readAppId: string
  readonly aidReader: (tenantId: string) => GraphReader
  readonly now: () => number
}): ChatPrincipalFunction {
  const definitions = new Map<string, Definition>()
  const known = new Map<string, { readonly roles: readonly Role[]; readonly at: number }>()

  async function definitionOf(tenantId: string, reader: GraphReader): Promise<Definition | string> {
    const before = definitions.get(tenantId)
    const at = deps.now()
    if (before && at - before.at < definitionMaxAgeMs) return before
    const found = await readAll(
      reader,
      `/servicePrincipals?$filter=${encodeURIComponent(`appId eq '${deps.readAppId}'`)}&$select=id,appRoles`,
    )
    if (found.kind === 'refused') return found.because
    const parsed = z.array(servicePrincipalSchema).safeParse(found.rows)
    const own = parsed.success ? parsed.data[0] : undefined
    if (!own) return 'The enterprise application Countersign Read was not found in this tenant.'
    const made = {
      servicePrincipalId: own.id,
      roleValues: new Map(own.appRoles.map((role) => [role.id.toLowerCase(), role.value ?? ''])),
      at,
    }
    definitions.set(tenantId, made)
    return made
  }

  async function rolesOf(tenantId: string, objectId: string): Promise<readonly Role[] | string> {
    const reader = deps.aidReader(tenantId)
    const definition = await definitionOf(tenantId, reader)
    if (typeof definition === 'string') return definition
    const assigned = await readAll(
      reader,
      `/servicePrincipals/${encodeURIComponent(definition.servicePrincipalId)}/appRoleAssignedTo?$top=999`,
    )
    if (assigned.kind === 'refused') return assigned.because
    const values: string[] = []
    for (const row of assigned.rows) {
      const parsed = assignmentSchema.safeParse(row)
      if (!parsed.success) return 'Microsoft Graph answered role assignments in a shape that is not documented.'
      const { principalId, principalType, appRoleId } = parsed.data
      const value = definition.roleValues.get(appRoleId.toLowerCase())
      if (value === undefined || values.includes(value)) continue
      const holds = principalId.toLowerCase() === objectId || (principalType === 'Group' && (await isMember(reader, principalId, objectId)))
      if (holds) values.push(value)
    }
    return knownRoles(values)
  }

  return async (tenantId, aadObjectId, displayName = '') => {
    const tenant = tenantId.toLowerCase()
    const objectId = aadObjectId.toLowerCase()
    if (!deps.tenants.includes(tenant)) return { kind: 'notKnown', reason: 'This deployment does not serve your tenant.' }
    const key = `${tenant}/${objectId}`
    const before = known.get(key)
    // As old as the question and not as the answer: Graph may have taken its time, and another question may have been answered meanwhile.
    const at = deps.now()
    const roles = before && at - before.at < maxAgeMs ? before.roles : await rolesOf(tenant, objectId)
    if (typeof roles === 'string') {
      known.delete(key)
      return { kind: 'notKnown', reason: roles }
    }
    if (roles !== before?.roles && at >= (known.get(key)?.at ?? 0)) {
      if (known.size > 10_000) known.clear()
      known.set(key, { roles, at })
    }
    return { kind: 'principal', principal: { tenantId: tenant, objectId, displayName, roles, door: 'chat' } }
  }
}

/** Entra assigns app roles to groups for their direct members only (learn.microsoft.com/entra/identity/enterprise-apps/assign-user-or-group-access-portal). */
async function isMember(reader: GraphReader, groupId: string, objectId: string): Promise<boolean> {
  const members = await readAll(reader, `/groups/${encodeURIComponent(groupId)}/members?$select=id&$top=999`)
  return (
    members.kind === 'list' && members.rows.some((row) => z.object({ id: z.string() }).safeParse(row).data?.id.toLowerCase() === objectId)
  )
}
