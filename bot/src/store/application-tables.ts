import type { UnreadReason } from '@countersign/core/posture/fact.ts'
import type { ApplicationEvidence } from '@countersign/core/posture/derived/application-risk.ts'
import type { ApplicationRisk, RiskLine } from '@countersign/core/posture/rules/application-risk.ts'
import type { Instant, JsonColumn, OfTenant } from './columns.ts'

/** What a list shows of an application; words are made when it is shown. */
export interface StoredApplicationLine extends Pick<ApplicationEvidence, 'id' | 'appId' | 'name' | 'publisher' | 'isEnabled'> {
  readonly score: number
  readonly level: ApplicationRisk['level']
  readonly because: Pick<RiskLine, 'reason' | 'values'> | null
  readonly permissions: { readonly application: number; readonly delegated: number; readonly control: number }
  readonly credentials: number
  readonly nextEnd: string | null
  readonly owners: number
}
export interface StoredApplication {
  readonly line: StoredApplicationLine
  readonly detail: { readonly evidence: ApplicationEvidence; readonly risk: ApplicationRisk }
}

export interface ApplicationRiskTable extends OfTenant {
  application_id: string
  app_id: string
  name: string
  sort_name: string
  score: number
  registration_id: string | null
  level: ApplicationRisk['level']
  publisher: ApplicationEvidence['publisher']
  is_enabled: boolean
  /** Permissions of the control plane, and all of them. */
  control: number
  permissions: number
  owners: number
  /** The first end of a credential that still works; 'infinity' where there is none. */
  ends_at: Instant
  line: JsonColumn<StoredApplicationLine>
  detail: JsonColumn<StoredApplication['detail']>
}
export interface ApplicationJudgementTable extends OfTenant {
  facts_of: string
  at: Instant
  reason: UnreadReason | null
  detail: string
}
