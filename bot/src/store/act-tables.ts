import type { Generated } from 'kysely'
import type { AuditRow, EchoReason, EchoState } from '@countersign/core/actions/echo.ts'
import type { Met } from '@countersign/core/actions/expectation.ts'
import type { ProposalState } from '@countersign/core/actions/gate.ts'
import type { RecordKind } from '@countersign/core/actions/journal.ts'
import type { Offer } from '@countersign/core/actions/offer.ts'
import type { ProposalTerms } from '@countersign/core/actions/proposal.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { HeldRole, StoredAid } from './aid.ts'
import type { Instant, JsonColumn, OfTenant } from './columns.ts'

export interface ProposalTable extends OfTenant {
  id: string
  hash: string
  state: ProposalState
  terms: JsonColumn<ProposalTerms>
  requested_by: string
  created_at: Instant
  expires_at: Instant
  end_reason: string | null
  receipt_number: number | null
}

export interface OfferTable extends OfTenant {
  id: string
  proposal_id: string
  proposal_hash: string
  person_id: string
  conversation_id: string
  card_activity_id: string
  nonce: string
  code: string
  bytes_digest: string
  created_at: Instant
  expires_at: Instant
  state: Offer['state']
}

export interface ProposalStepTable extends OfTenant {
  proposal_id: string
  step_index: number
  state: Generated<'planned' | 'sending' | 'done' | 'notSent'>
  client_request_id: string | null
  sent_at: Instant | null
  outcome: JsonColumn<Json> | null
  done_at: Instant | null
  met: Generated<Met | null>
}

export interface JournalTable extends OfTenant {
  seq: number
  at: string
  kind: RecordKind
  subject_id: string
  body: JsonColumn<Json>
  prev_hash: string
  hash: string
}

export interface EchoTable extends OfTenant {
  proposal_id: string
  step_index: number
  state: EchoState
  reason: EchoReason | null
  actor_id: string
  sent_at: Instant
  expected_by: Instant
  next_look_at: Instant | null
  row: JsonColumn<AuditRow | null>
  also: JsonColumn<readonly string[]>
  looked_at: Instant | null
}

export interface SignedHeadTable extends OfTenant {
  /** Day in UTC, YYYY-MM-DD. */
  day: string
  seq: number
  hash: string
  signed_at: string
  signature: string
  public_key: string
}

export interface ConversationTable extends OfTenant {
  person_id: string
  conversation_id: string
  reference: JsonColumn<Json>
  updated_at: Instant
}

export interface AidTable extends OfTenant {
  object_id: string
  user_principal_name: string
  state: 'connected' | 'needsSignIn' | 'disabled' | 'roleMissing'
  detail: string | null
  roles: JsonColumn<readonly string[]>
  reason: string | null
  policy: string | null
  held_roles: JsonColumn<readonly HeldRole[]>
  registrations: JsonColumn<StoredAid['registrations']>
  scopes: JsonColumn<readonly string[]>
  connected_by: string
  connected_at: Instant
  checked_at: Instant
}

export interface ActionSwitchTable extends OfTenant {
  action_id: string
  enabled: boolean
  by: string
  by_name: string
  at: Instant
}

export interface WrongCodeTable extends OfTenant {
  id: Generated<number>
  person_id: string
  at: Instant
}
