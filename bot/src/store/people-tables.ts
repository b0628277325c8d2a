import type { HoldView, PersonLine, PeopleView } from '@countersign/core/api/people.ts'
import type { UnreadReason } from '@countersign/core/posture/fact.ts'
import type { Instant, JsonColumn, OfTenant } from './columns.ts'

export type StoredHold = Omit<HoldView, 'place'>
/** Somebody or something with a directory role, as last judged. */
export interface StoredPerson extends Omit<PersonLine, 'roles' | 'holds' | 'findings'> {
  readonly holds: readonly StoredHold[]
}
export type PeopleSources = PeopleView['sources']

export interface PeopleJudgementTable extends OfTenant {
  facts_of: string
  at: Instant
  reason: UnreadReason | null
  detail: string
  sources: JsonColumn<PeopleSources>
}
export interface RoleHolderTable extends OfTenant {
  principal_id: string
  /** Lower case: name, user principal name and id. */
  search_text: string
  sort_name: string
  kind: string
  is_enabled: boolean | null
  strength: string
  signed_in: Instant
  tier: number
  ends_at: Instant
  person: JsonColumn<StoredPerson>
}
export interface RoleHoldTable extends OfTenant {
  principal_id: string
  place: number
  role_id: string
  role_name: string
  /** The role's name and id in lower case. */
  search_text: string
  tier: number
  tier_name: string
  is_active: boolean
  is_direct: boolean
  ends_at: Instant
}
