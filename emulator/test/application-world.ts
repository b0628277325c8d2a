import assert from 'node:assert/strict'
import { assignDirectoryRole } from '../tenants/roles.ts'
import { collection, text } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import { contradictions } from './graph-oracle.ts'
import { callerOf, readScopes, send, userId, worldAt } from './graph-world.ts'

export const upn = (name: string): string => `${name}@contoso-demo.example`
const scopes = [
  ...readScopes,
  'Application.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'Policy.ReadWrite.ConditionalAccess',
  'Policy.ReadWrite.Authorization',
  'Policy.ReadWrite.ConsentRequest',
]

export type Made = ReturnType<typeof worldAt> & { aid: ReturnType<typeof callerOf> }

/** A world in which one person holds some roles, and every scope that a write on applications and policies takes. */
export function withAid(...roles: readonly string[]): Made {
  const made = worldAt()
  made.world.settings.auditDelayMs = 0
  const id = userId(made.world, upn('aid'))
  for (const role of [...roles, 'Reports Reader']) assert.ok(assignDirectoryRole(made.tenant, id, role, `given-${role}`), role)
  return { ...made, aid: callerOf(made.world, upn('aid'), scopes) }
}

export function named(tenant: Tenant, path: string, displayName: string): Row {
  const row = [...collection(tenant, path).values()].find((candidate) => candidate['displayName'] === displayName)
  return row ?? assert.fail(`${path} has no "${displayName}"`)
}

export function principalOf(tenant: Tenant, application: Row): Row {
  return collection(tenant, 'servicePrincipals').with('appId', text(application, 'appId') ?? '')[0] ?? assert.fail('no service principal')
}

export function list(row: Row | undefined, property: string): Record<string, unknown>[] {
  const value = row?.[property]
  return Array.isArray(value) ? value : []
}

export async function audits(
  made: Made,
): Promise<{ activity: unknown; targets: Record<string, unknown>[]; row: Record<string, unknown> }[]> {
  const rows = (await send(made.world, made.aid, 'GET', '/auditLogs/directoryAudits')).value
  for (const row of rows) assert.deepEqual(contradictions('directoryAudit', row), [])
  return rows.map((row) => ({
    activity: row['activityDisplayName'],
    targets: Array.isArray(row['targetResources']) ? row['targetResources'] : [],
    row,
  }))
}

export function modified(target: Record<string, unknown> | undefined, name: string): unknown {
  const properties: unknown = target?.['modifiedProperties']
  return Array.isArray(properties) ? properties.find((property) => property.displayName === name) : undefined
}
