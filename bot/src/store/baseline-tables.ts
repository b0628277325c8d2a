import type { Generated } from 'kysely'
import type { BaselineParameters } from '@countersign/core/posture/baseline.ts'
import type { ParameterValue } from '@countersign/core/posture/parameters/parameter.ts'
import type { Settings } from '@countersign/core/posture/settings.ts'
import type { Instant, JsonColumn, OfTenant } from './columns.ts'

export interface BaselineChangeTable extends OfTenant {
  id: Generated<number>
  at: Instant
  by_id: string
  by_name: string
  what: 'chosen' | 'set' | 'withdrawn'
  /** The baseline chosen from then on. */
  baseline_id: string
  /** Null where a baseline was chosen. */
  parameter: string | null
  value: JsonColumn<ParameterValue> | null
  /** The tenant's own value before; null where there was none. */
  before: JsonColumn<ParameterValue> | null
  reason: string | null
}

export interface JudgedWithTable extends OfTenant {
  scan_id: string
  baseline_id: string
  /** The baseline's own, as they were in the version that judged. */
  parameters: JsonColumn<BaselineParameters>
  settings: JsonColumn<Settings>
  /** Digest of the ids of the suppressions that the score counted; null where that was not kept yet. */
  suppressions: string | null
}
