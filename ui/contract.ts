import type { ViewPosture } from '@countersign/core/api/posture.ts'
import type { Receipt } from '@countersign/core/api/proposals.ts'
import type { Trust } from '@countersign/core/api/trust.ts'

/** Names for the parts of the HTTP contract that components draw. Types only: nothing of core is in the bundle. */
export type AreaView = ViewPosture['areas'][number]
export type AreaName = AreaView['area']
export type RiskView = ViewPosture['risks'][number]
export type Severity = RiskView['severity']
export type TrendPoint = NonNullable<ViewPosture['score']>['trend'][number]
export type ChainLink = Receipt['links'][number]
export type AuditField = Receipt['echo']['fields'][number]
export type Standing = Trust['claims'][number]['standing']
