import { readFileSync } from 'node:fs'
import { z } from 'zod'

function read<Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> {
  return schema.parse(JSON.parse(readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8')))
}

/** Microsoft's built-in directory roles with their resource actions. */
export const directoryRoles = read(
  'directory-roles.json',
  z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      privileged: z.boolean(),
      description: z.string(),
      actions: z.array(z.string()),
    }),
  ),
)

/** The delegated scopes that Microsoft Graph publishes. */
export const graphScopes = read(
  'graph-delegated-scopes.json',
  z.array(
    z.object({
      id: z.string(),
      value: z.string(),
      type: z.string(),
      adminConsentDisplayName: z.string().nullable(),
    }),
  ),
)

/** The application permissions that Microsoft Graph publishes. */
export const graphAppRoles = read('graph-app-roles.json', z.array(z.object({ id: z.string(), value: z.string(), displayName: z.string() })))

/** Microsoft's own applications that every tenant holds. */
export const firstPartyApps = read(
  'first-party-apps.json',
  z.array(z.object({ appId: z.string(), displayName: z.string(), ownerTenantId: z.string() })),
)

/** The id of one of Microsoft Graph's application permissions; a name that it does not publish is a mistake in the generator. */
export function appRoleId(value: string): string {
  const role = graphAppRoles.find((candidate) => candidate.value === value)
  if (!role) throw new Error(`Microsoft Graph has no application permission named "${value}".`)
  return role.id
}

/** One of Microsoft Graph's delegated scopes. */
export function delegatedScope(value: string): { readonly id: string; readonly value: string } {
  const scope = graphScopes.find((candidate) => candidate.value === value)
  if (!scope) throw new Error(`Microsoft Graph has no delegated scope named "${value}".`)
  return scope
}

export const microsoftGraphAppId = '00000003-0000-0000-c000-000000000000'

/** The object id of a built-in role definition by its name; a name that Microsoft does not have is a mistake in the generator. */
export function roleIdByName(name: string): string {
  const role = directoryRoles.find((candidate) => candidate.name === name)
  if (!role) throw new Error(`There is no built-in directory role named "${name}" in data/directory-roles.json.`)
  return role.id
}

const privilegedRoleIds = new Set(directoryRoles.filter((role) => role.privileged).map((role) => role.id))

/** Whether Microsoft marks this built-in role as privileged. */
export function isPrivilegedRole(roleId: string): boolean {
  return privilegedRoleIds.has(roleId)
}
