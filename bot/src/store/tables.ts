import type { Generated } from 'kysely'
import type { Json } from '@countersign/core/digest.ts'
import type { EventKind } from '@countersign/core/events.ts'
import type { CheckResult, ObjectType, Severity } from '@countersign/core/posture/check.ts'
import type { Bucket, UnreadReason } from '@countersign/core/posture/fact.ts'
import type { FindingState } from '@countersign/core/posture/finding.ts'
import type { Settings } from '@countersign/core/posture/settings.ts'
import type { Role } from '@countersign/core/principal.ts'
import type { AlertTables } from './alert-tables.ts'
import type { ApplicationJudgementTable, ApplicationRiskTable } from './application-tables.ts'
import type {
  ActionSwitchTable,
  AidTable,
  ConversationTable,
  EchoTable,
  JournalTable,
  OfferTable,
  ProposalStepTable,
  ProposalTable,
  WrongCodeTable,
  SignedHeadTable,
} from './act-tables.ts'
import type { BaselineChangeTable, JudgedWithTable } from './baseline-tables.ts'
import type { Instant, JsonColumn, OfTenant } from './columns.ts'
import type { PeopleJudgementTable, RoleHolderTable, RoleHoldTable } from './people-tables.ts'
import type { AttributionTable, ScanSponsorTable, ScanTimeColumns, SuppressionTable } from './time-tables.ts'
import type { DefaultViewTable, SavedViewTable, ScoreTargetTable } from './view-tables.ts'

interface TenantTable extends OfTenant {
  display_name: string
  domain: string
  created_at: Instant
}
interface TenantKeyTable extends OfTenant {
  key_id: string
  wrapped_by: string
  wrapped_key: Buffer
}
interface DeploymentSecretTable {
  name: string
  sealed_by: string
  sealed: Buffer
  public_key: string
}
interface VaultSecretTable extends OfTenant {
  purpose: string
  algorithm: string
  key_id: string
  sealed: Buffer
  updated_at: Generated<Instant>
}
interface SessionTable extends OfTenant {
  id_hash: string
  previous_id_hash: string | null
  kind: 'cookie' | 'bearer'
  person_id: string
  display_name: string
  roles: JsonColumn<readonly Role[]>
  csrf_token: string
  created_at: Instant
  rotated_at: Instant
  expires_at: Instant
}
interface SettingTable extends OfTenant {
  settings: JsonColumn<Settings>
  baseline_id: string
  updated_by: string
  updated_at: Instant
}
interface ScanTable extends OfTenant {
  id: string
  ordinal: number
  state: 'queued' | 'collecting' | 'judging' | 'finished' | 'failed' | 'stopped'
  started_by: string
  started_by_name: string
  started_at: Instant
  finished_at: Instant | null
  progress_done: Generated<number>
  progress_of: Generated<number>
  progress_now: Generated<string>
  problem: string | null
  kind: Generated<ScanTimeColumns['kind']>
  facts_of: Generated<ScanTimeColumns['facts_of']>
  facts_as_of: Generated<ScanTimeColumns['facts_as_of']>
  scheduled: Generated<ScanTimeColumns['scheduled']>
  pruned_at: Generated<ScanTimeColumns['pruned_at']>
  ranges: Generated<boolean>
  judged_at: Generated<Instant | null>
  core_read_at: Generated<Instant | null>
}
interface FactReadTable extends OfTenant {
  scan_id: string
  fact: string
  state: 'reading' | 'read' | 'unread'
  reason: UnreadReason | null
  detail: string
  as_of: Instant | null
  row_count: number
  begun_at: Instant | null
  planned: Generated<boolean>
  plan_link: Generated<string | null>
  marks_all: Generated<boolean>
}
interface FactPartTable extends OfTenant {
  scan_id: string
  fact: string
  part: string
  next: string | null
  done: boolean
}
interface FactDeltaTable extends OfTenant {
  fact: string
  link: string
  source: string
}
interface GraphBudgetTable extends OfTenant {
  bucket: Bucket
  state: JsonColumn<Json>
}
interface FactRowTable extends OfTenant {
  fact: string
  key: string
  from_scan: number
  to_scan: number | null
  digest: string
  row: JsonColumn<Json>
}
interface FactSeenTable extends OfTenant {
  fact: string
  scan: number
  page: Generated<number>
  keys: readonly string[]
}
interface CheckResultTable extends OfTenant {
  scan_id: string
  check_id: string
  verdict: CheckResult['outcome']['verdict']
  outcome: JsonColumn<CheckResult['outcome']>
}
interface ScoreTable extends OfTenant {
  scan_id: string
  value: number | null
  detail: JsonColumn<Json>
}
interface FindingTable extends OfTenant {
  key: string
  check_id: string
  object_type: ObjectType
  object_id: string
  part: string
  name: string
  severity: Severity
  state: FindingState
  values: JsonColumn<Readonly<Record<string, string | number | boolean>>>
  basis: JsonColumn<readonly string[]>
  first_seen: Instant
  changed_at: Instant
  not_read_since: Instant | null
  scan_id: string | null
  /** Whether the Aid can fix it; null where no judgement has said so yet. */
  fixable: Generated<boolean | null>
}
interface FindingHistoryTable extends OfTenant {
  id: Generated<number>
  finding_key: string
  check_id: string
  at: Instant
  what: string
  receipt_number: number | null
  suppression_id: string | null
}
interface EvidenceTable extends OfTenant {
  id: string
  probe_id: string
  observed_at: Instant
  environment: 'emulator' | 'tenant'
  observation: JsonColumn<Json>
  digest: string
}
interface TokenScopesTable extends OfTenant {
  id: Generated<number>
  plane: 'read' | 'act'
  person_id: string
  scopes: JsonColumn<readonly string[]>
  has_roles: boolean
  issued_at: Instant
}
interface EventTable extends OfTenant {
  seq: Generated<number>
  kind: EventKind
  subject_id: string
  at: Instant
}
interface EventCursorTable extends OfTenant {
  reader: string
  seq: number
}

/** Every table of the schema `countersign`, as Kysely sees it. */
export interface Tables extends AlertTables {
  tenant: TenantTable
  tenant_key: TenantKeyTable
  deployment_secret: DeploymentSecretTable
  vault_secret: VaultSecretTable
  session: SessionTable
  setting: SettingTable
  scan: ScanTable
  fact_read: FactReadTable
  fact_row: FactRowTable
  fact_seen: FactSeenTable
  fact_part: FactPartTable
  fact_delta: FactDeltaTable
  graph_budget: GraphBudgetTable
  check_result: CheckResultTable
  score: ScoreTable
  application_risk: ApplicationRiskTable
  application_judgement: ApplicationJudgementTable
  people_judgement: PeopleJudgementTable
  role_holder: RoleHolderTable
  role_hold: RoleHoldTable
  finding: FindingTable
  finding_history: FindingHistoryTable
  proposal: ProposalTable
  offer: OfferTable
  proposal_step: ProposalStepTable
  journal: JournalTable
  echo: EchoTable
  conversation: ConversationTable
  aid: AidTable
  action_switch: ActionSwitchTable
  signed_head: SignedHeadTable
  wrong_code: WrongCodeTable
  evidence: EvidenceTable
  token_scopes: TokenScopesTable
  event: EventTable
  event_cursor: EventCursorTable
  attribution: AttributionTable
  scan_sponsor: ScanSponsorTable
  suppression: SuppressionTable
  baseline_change: BaselineChangeTable
  judged_with: JudgedWithTable
  saved_view: SavedViewTable
  default_view: DefaultViewTable
  score_target: ScoreTargetTable
}
