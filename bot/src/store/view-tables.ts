import type { Instant, OfTenant } from './columns.ts'

export interface SavedViewTable extends OfTenant {
  id: string
  person_id: string
  by_name: string
  name: string
  query: string
  shared: boolean
  at: Instant
}
export interface DefaultViewTable extends OfTenant {
  person_id: string
  view_id: string
}
export interface ScoreTargetTable extends OfTenant {
  value: number
  by_id: string
  by_name: string
  at: Instant
}
