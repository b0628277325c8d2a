import { GeneratedRows } from './generated-rows.ts'
import type { RowSource } from './generated-rows.ts'
import type { Journal } from './journal.ts'
import { Rows } from './rows.ts'

/** One Graph object as Graph would answer it in full. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string }

export interface Tenant {
  readonly id: string
  /** The short name used on the control port, for example `contoso-demo`. */
  readonly name: string
  /** The tenant's default verified domain. */
  readonly domain: string
  readonly displayName: string
  /**
   * Keyed by Graph collection path without the leading slash: `users`, `applications`, `servicePrincipals`,
   * `oauth2PermissionGrants`, `appRoleAssignments` (all of them, whichever end they are read from), `groups`,
   * `groupMembers` ({ id, groupId, memberId, memberType }), `roleManagement/directory/roleAssignments`,
   * `identity/conditionalAccess/policies`, `auditLogs/directoryAudits` and so on. A singleton such as
   * `policies/authorizationPolicy` is a collection of one row.
   */
  readonly collections: Map<string, Rows>
  /** appId → the plaintext client secrets that work now. Test data, never answered by Graph. */
  readonly secrets: Map<string, string[]>
  /** What changed since the tenant was planted. */
  readonly journal: Journal
  readonly flags: { licence: 'free' | 'p1' | 'p2' }
}

/** The rows of one collection, created empty on first use. */
export function collection(tenant: Tenant, path: string): Rows {
  const existing = tenant.collections.get(path)
  if (existing) return existing
  const created = new Rows((before, after) => tenant.journal.note(path, before, after))
  tenant.collections.set(path, created)
  return created
}

/** Stores a row under its own id, replacing what was there, and returns it. */
export function put(tenant: Tenant, path: string, row: Row): Row {
  collection(tenant, path).set(row.id, row)
  return row
}

/** A text property of a row, or undefined where it is absent, null or not text. */
export function text(row: Row | undefined, property: string): string | undefined {
  const value = row?.[property]
  return typeof value === 'string' ? value : undefined
}

/** Lets a collection be generated while it is read; whatever was in it goes. */
export function generate(tenant: Tenant, path: string, source: RowSource): GeneratedRows {
  const rows = new GeneratedRows(source, (before, after) => tenant.journal.note(path, before, after))
  tenant.collections.set(path, rows)
  return rows
}

/** The rows of a collection that may be passed one by one: of a generated one only those that were planted by name or added. */
export function plantedRows(rows: Rows): Row[] {
  return rows instanceof GeneratedRows ? rows.planted() : [...rows.values()]
}
