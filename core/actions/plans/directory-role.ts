import { z } from 'zod'
import type { Json } from '../../digest.ts'
import { globalAdministrator, principalType } from '../../posture/rows/role-holding.ts'
import type { Change, GraphRead, PlanContext, Subject } from '../action.ts'
import { isRequester } from './account.ts'
import { filtered, refuse, unreadable, type Refused } from './planning.ts'

const list = '/roleManagement/directory'

const principalSchema = z.object({
  '@odata.type': z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  appId: z.string().nullish(),
})
/** Somebody's hold on a role, with whom `$expand=principal` brings. */
export const holding = z.object({
  principalId: z.string(),
  roleDefinitionId: z.string(),
  directoryScopeId: z.string(),
  principal: principalSchema,
})
type Holding = z.infer<typeof holding>

const administratorsSchema = z.object({
  value: z.array(
    z.object({
      principalId: z.string(),
      directoryScopeId: z.string().nullish(),
      principal: z.object({ '@odata.type': z.string(), accountEnabled: z.boolean().nullish() }).nullish(),
    }),
  ),
})
const roleSchema = z.object({ displayName: z.string().nullable() })

export const roleReasons = {
  unreadable,
  isAid: 'This is the Aid’s own role. Take it away in the Entra admin centre.',
  isRequester,
  lastGlobalAdministrator:
    '{name} is the last person who can sign in as Global Administrator now. Somebody else has to hold the role before it is taken away.',
}

/** The least built-in role that may give and take directory roles. */
export const roleAdministrator = {
  name: 'Privileged Role Administrator',
  templateId: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
} as const

export function heldBy(
  kind: string,
  { principalId, roleDefinitionId }: Pick<Holding, 'principalId' | 'roleDefinitionId'>,
  more = '',
): string {
  return filtered(`${list}/${kind}`, `principalId eq '${principalId}' and roleDefinitionId eq '${roleDefinitionId}'`, more)
}

/** The role's name and, where it is Global Administrator, who else holds it now. */
export function readRole(roleDefinitionId: string): GraphRead[] {
  const role = { path: `${list}/roleDefinitions/${roleDefinitionId}?$select=id,displayName` }
  if (roleDefinitionId.toLowerCase() !== globalAdministrator) return [role]
  return [role, { path: filtered(`${list}/roleAssignments`, `roleDefinitionId eq '${globalAdministrator}'`, '&$expand=principal') }]
}

/** What the card shows of the role that is taken away. */
export function roleChanges(answer: Json | undefined, { roleDefinitionId, directoryScopeId }: Holding): Change[] {
  const parsed = roleSchema.safeParse(answer)
  const name = (parsed.success ? parsed.data.displayName : null) ?? roleDefinitionId
  const place = directoryScopeId === '/' ? 'the whole tenant' : directoryScopeId
  return [
    { field: 'role', before: name, after: 'removed' },
    { field: 'roleScope', before: place, after: 'nowhere' },
  ]
}

/** Whoever holds the role; undefined where Graph names nobody of a kind that we know. */
export function holderSubject({ principalId, principal }: Holding): Subject | undefined {
  const type = principalType(principal['@odata.type'])
  if (!type) return undefined
  const qualifier = principal.userPrincipalName ?? principal.appId ?? principalId
  return { type, id: principalId, name: principal.displayName || qualifier, qualifier }
}

/** Nobody takes their own role, and somebody is left who can sign in as Global Administrator: a person, not blocked, not the Aid. */
export function refuseLoss(held: Holding, name: string, administrators: Json | undefined, context: PlanContext): Refused | undefined {
  if (held.principalId === context.aidId) return refuse('isAid')
  if (held.principalId === context.requestedBy) return refuse('isRequester')
  if (held.roleDefinitionId !== globalAdministrator || held.directoryScopeId !== '/') return undefined
  const parsed = administratorsSchema.safeParse(administrators)
  if (!parsed.success) return refuse('unreadable')
  const isAnother = parsed.data.value.some(
    ({ principalId, directoryScopeId, principal }) =>
      principalId !== held.principalId &&
      principalId !== context.aidId &&
      directoryScopeId === '/' &&
      principalType(principal?.['@odata.type'] ?? '') === 'user' &&
      principal?.accountEnabled !== false,
  )
  return isAnother ? undefined : refuse('lastGlobalAdministrator', { name })
}

/** Names of the rows of the audit log, of a role that holds everywhere and of one that holds for a part. */
export const membershipActivities = {
  removed: ['Remove member from role', 'Remove scoped member from role'],
  added: ['Add member to role', 'Add scoped member to role'],
} as const

export function membershipEchoes({ principalId, roleDefinitionId }: Pick<Holding, 'principalId' | 'roleDefinitionId'>) {
  const name = 'Role.TemplateId'
  const { removed, added } = membershipActivities
  return {
    removed: { activities: removed, targetId: principalId, modified: { name, newValueContains: '', oldValueContains: roleDefinitionId } },
    added: { activities: added, targetId: principalId, modified: { name, newValueContains: roleDefinitionId } },
  }
}
