import type { ColumnType, Generated } from 'kysely'

/**
 * A column of type json: read parsed, written as text. It is json and not jsonb, because jsonb refuses `\u0000` and
 * lone surrogates, which a tenant's names may hold, and because json gives back the bytes that were hashed.
 */
export type JsonColumn<T> = ColumnType<T, string, string>
/** timestamptz: read and written as ISO text in UTC (database.ts sets the parser). */
export type Instant = string
/** Present in every tenant table; filled from `app.tenant_id`, so that no caller ever names a tenant. */
export interface OfTenant {
  readonly tenant_id: Generated<string>
}
