import { z } from 'zod'
import type { Action } from '@countersign/core/actions/action.ts'
import { auditReader, needsOf } from '@countersign/core/actions/needs.ts'
import type { GraphReader } from '../graph/reader.ts'
import type { HeldRole } from '../store/aid.ts'

export type RolesAnswer =
  { readonly kind: 'roles'; readonly roles: readonly HeldRole[] } | { readonly kind: 'notRead'; readonly because: string }

/** Gives nothing that a member does not have (learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference). */
const harmless: readonly string[] = ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b']

export interface RoleVerdict {
  /** Names of roles beyond what the enabled actions need. */
  readonly surplus: readonly string[]
  /** Names of roles that enabled actions need and the account lacks. */
  readonly missing: readonly string[]
}

/** Compares what the Aid holds with what the enabled actions need. A custom role may have any name. Pure. */
export function judgeRoles(held: readonly HeldRole[], actions: readonly Action[]): RoleVerdict {
  const needed = needsOf(actions).roles
  const neededActions = new Set(needed.flatMap((role) => role.actions))
  const neededTemplates = new Set([...needed.map(({ templateId }) => templateId), auditReader.templateId, ...harmless])
  const surplus = held.filter(
    (role) => !(role.isBuiltIn ? neededTemplates.has(role.roleDefinitionId) : role.actions.every((action) => neededActions.has(action))),
  )
  const allowed = new Set(held.flatMap((role) => role.actions))
  const missing = needed.filter(({ templateId, actions: wanted }) =>
    templateId === 'custom' ? !wanted.every((action) => allowed.has(action)) : !held.some((role) => role.roleDefinitionId === templateId),
  )
  return { surplus: names(surplus), missing: names(missing) }
}

const assignmentSchema = z.object({
  roleDefinitionId: z.string(),
  principalId: z.string(),
  directoryScopeId: z.string().nullish(),
  principal: z.object({ '@odata.type': z.string().optional() }).nullish(),
})
const definitionSchema = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  isBuiltIn: z.boolean().nullish(),
  rolePermissions: z.array(z.object({ allowedResourceActions: z.array(z.string()).default([]) })).default([]),
})

/**
 * Every role the account holds: its own assignments, those of the groups it is in, and those it could activate. Reading
 * the last needs a directory role that the Aid must not hold, so they are read by the admin who connects it, and left
 * out (null) where nobody is there.
 */
export async function readRoles(reader: GraphReader, objectId: string, eligibilityReader: GraphReader | null): Promise<RolesAnswer> {
  const held = new Map<string, Set<string>>()
  const lists = [
    { path: '/roleManagement/directory/roleAssignments?$expand=principal', by: reader },
    ...(eligibilityReader
      ? [{ path: '/roleManagement/directory/roleEligibilityScheduleInstances?$expand=principal', by: eligibilityReader }]
      : []),
  ]
  for (const { path, by } of lists) {
    const assignments = await readAll(by, path)
    // Without a P2 licence nobody can be eligible: Graph then refuses the second list.
    if (assignments.kind === 'refused' && path.includes('Eligibility') && assignments.status >= 400 && assignments.isLicence) continue
    if (assignments.kind === 'refused') return { kind: 'notRead', because: assignments.because }
    for (const row of assignments.rows) {
      const assignment = assignmentSchema.safeParse(row)
      if (!assignment.success)
        return { kind: 'notRead', because: 'Microsoft Graph answered role assignments in a shape that is not documented.' }
      const holds = await isHolder(reader, assignment.data, objectId)
      if (holds === 'notRead') return { kind: 'notRead', because: 'The members of a group that holds a role could not be read.' }
      if (!holds) continue
      const { roleDefinitionId, directoryScopeId } = assignment.data
      held.set(roleDefinitionId, (held.get(roleDefinitionId) ?? new Set()).add(directoryScopeId ?? '/'))
    }
  }
  const roles: HeldRole[] = []
  for (const [id, scopes] of held) {
    const answer = await reader.get(`/roleManagement/directory/roleDefinitions/${encodeURIComponent(id)}`)
    const definition = answer.kind === 'answer' ? definitionSchema.safeParse(answer.body) : undefined
    if (!definition?.success) return { kind: 'notRead', because: 'A role definition could not be read.' }
    const { displayName, isBuiltIn, rolePermissions } = definition.data
    roles.push({
      roleDefinitionId: id,
      name: displayName ?? id,
      isBuiltIn: isBuiltIn === true,
      actions: rolePermissions.flatMap((permission) => permission.allowedResourceActions),
      scopes: [...scopes].sort(),
    })
  }
  return { kind: 'roles', roles }
}

async function isHolder(reader: GraphReader, assignment: z.infer<typeof assignmentSchema>, objectId: string): Promise<boolean | 'notRead'> {
  if (assignment.principalId.toLowerCase() === objectId) return true
  if (!/group$/i.test(assignment.principal?.['@odata.type'] ?? '')) return false
  const members = await readAll(reader, `/groups/${encodeURIComponent(assignment.principalId)}/transitiveMembers?$select=id&$top=999`)
  if (members.kind === 'refused') return 'notRead'
  return members.rows.some((row) => z.object({ id: z.string() }).safeParse(row).data?.id.toLowerCase() === objectId)
}

type ListAnswer =
  | { readonly kind: 'list'; readonly rows: readonly unknown[] }
  | { readonly kind: 'refused'; readonly status: number; readonly isLicence: boolean; readonly because: string }

/** A whole list, for lists that are small by nature. */
export async function readAll(reader: GraphReader, path: string): Promise<ListAnswer> {
  let rows: unknown[] = []
  for await (const page of reader.pages(path)) {
    if (page.kind === 'signInLost') return { kind: 'refused', status: 401, isLicence: false, because: page.reason }
    if (page.kind === 'refused')
      return {
        kind: 'refused',
        status: page.status,
        isLicence: /NonPremium|licen[cs]e/i.test(`${page.code} ${page.message}`),
        because: `Microsoft Graph refused ${path.split('?')[0] ?? path} (${page.code}).`,
      }
    if (page.kind === 'restart') rows = []
    else rows = [...rows, ...page.rows]
  }
  return { kind: 'list', rows }
}

function names(roles: readonly { readonly name: string }[]): string[] {
  return [...new Set(roles.map(({ name }) => name))].sort()
}
