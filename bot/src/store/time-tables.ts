import type { Instant, JsonColumn, OfTenant } from './columns.ts'

/** What a scan row knows of its place in time. */
export interface ScanTimeColumns {
  kind: 'scan' | 'judge'
  facts_of: string | null
  facts_as_of: Instant | null
  scheduled: boolean
  pruned_at: Instant | null
}

/** A row of the tenant's audit log, as far as it is kept. */
export interface AuditNote {
  readonly id: string
  readonly at: string
  readonly activity: string
  readonly actor: { readonly type: 'user' | 'application' | 'unknown'; readonly id: string; readonly name: string }
}
export type AttributionState = 'found' | 'none' | 'notReadable' | 'notLooked'
export type NotReadableReason = 'scope' | 'role' | 'licence' | 'graph' | 'signIn'

export interface AttributionTable extends OfTenant {
  scan_id: string
  object_id: string
  state: AttributionState
  reason: NotReadableReason | null
  detail: string
  rows: JsonColumn<readonly AuditNote[]>
  looked_at: Instant
}

export interface ScanSponsorTable extends OfTenant {
  id: string
  person_id: string
  display_name: string
  hour: number
  state: 'active' | 'ended'
  since: Instant
  proved_at: Instant
  last_run_at: Instant | null
  ended_at: Instant | null
  end_reason: string | null
}

export interface SuppressionTable extends OfTenant {
  id: string
  check_id: string
  finding_key: string | null
  object_name: string | null
  reason: string
  owner: string
  by_id: string
  by_name: string
  at: Instant
  until: Instant
  state: 'active' | 'lifted' | 'expired'
  ended_at: Instant | null
  ended_by_name: string | null
  ended_because: string | null
}
