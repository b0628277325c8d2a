import { sql, type Kysely } from 'kysely'

export type Grant = 'select' | 'insert' | 'update' | 'delete'

interface TenantTable {
  readonly name: string
  /** Column definitions in SQL, without tenant_id. */
  readonly columns: string
  /** Columns of the primary key after tenant_id; none where a tenant has one row. */
  readonly key: readonly string[]
  /** What the service's role may do. */
  readonly grants: readonly Grant[]
  /** Further table constraints in SQL. */
  readonly constraints?: readonly string[]
}

/** The tenant of the transaction; NULL, which no row equals, outside of one. */
export const currentTenant = `nullif(current_setting('app.tenant_id', true), '')::uuid`

/**
 * Creates a table whose every row belongs to one tenant: tenant_id filled from the transaction, deleted with its
 * tenant, and walled by row level security that binds the owner of the table too.
 */
export async function createTenantTable(db: Kysely<unknown>, table: TenantTable): Promise<void> {
  const body = [
    `tenant_id uuid not null default (${currentTenant}) references tenant (tenant_id) on delete cascade`,
    table.columns,
    `primary key (${['tenant_id', ...table.key].join(', ')})`,
    ...(table.constraints ?? []),
  ].join(',\n  ')
  await run(db, `create table ${table.name} (\n  ${body}\n)`)
  await wall(db, table.name, table.grants)
}

/** Row level security for both reading and writing, and the grants of the service's role. */
export async function wall(db: Kysely<unknown>, table: string, grants: readonly Grant[]): Promise<void> {
  await run(db, `alter table ${table} enable row level security`)
  await run(db, `alter table ${table} force row level security`)
  await run(db, `create policy own_tenant on ${table} using (tenant_id = ${currentTenant}) with check (tenant_id = ${currentTenant})`)
  await run(db, `grant ${grants.join(', ')} on ${table} to countersign_service`)
}

/** Runs one statement of our own text. */
export async function run(db: Kysely<unknown>, statement: string): Promise<void> {
  await sql.raw(statement).execute(db)
}
