import type { Generated } from 'kysely'
import type { AlertRule, AlertValues } from '@countersign/core/alerts/rule.ts'
import type { Subscription } from '@countersign/core/alerts/subscription.ts'
import type { Instant, JsonColumn, OfTenant } from './columns.ts'

export type AlertSeverity = AlertRule['severity']
export const messageKinds = ['immediate', 'digest', 'test'] as const
export type MessageKind = (typeof messageKinds)[number]
/** `unclear`: twice the sender was lost between sending and noting it, so that nobody knows whether it arrived. */
export type MessageState = 'waiting' | 'sending' | 'delivered' | 'failed' | 'dropped' | 'unclear'

export interface AlertRuleTable extends OfTenant {
  rule_id: string
  is_on: boolean
  severity: AlertSeverity
  parameters: JsonColumn<AlertValues>
  by_id: string
  by_name: string
  at: Instant
}

export interface AlertPartTable extends OfTenant {
  rule_id: string
  part: string
  looked_at: Instant
}

export interface AlertStandingTable extends OfTenant {
  rule_id: string
  mark: string
  since: Instant
}

export interface AlertTable extends OfTenant {
  seq: Generated<number>
  rule_id: string
  severity: AlertSeverity
  name: string
  values: JsonColumn<AlertValues>
  path: string
  at: Instant
}

export interface AlertFollowerTable extends OfTenant {
  person_id: string
  display_name: string
  wants: JsonColumn<Subscription>
  muted: JsonColumn<Readonly<Record<string, string>>>
  told_to: number
  digest_to: number
  digest_at: Instant | null
  since: Instant
  updated_at: Instant
}

export interface AlertMessageTable extends OfTenant {
  id: string
  person_id: string
  display_name: string
  kind: MessageKind
  alerts: JsonColumn<readonly number[]>
  state: MessageState
  not_before: Instant
  created_at: Instant
  tries: Generated<number>
  lost: Generated<number>
  detail: Generated<string>
  sending_since: Generated<Instant | null>
  settled_at: Generated<Instant | null>
}

export interface ActivityNoteTable extends OfTenant {
  id: Generated<number>
  at: Instant
  kind: 'alertRule' | 'aid' | 'subscription'
  by_id: string | null
  by_name: string
  what: string
}

export interface AlertTables {
  alert_rule: AlertRuleTable
  alert_part: AlertPartTable
  alert_standing: AlertStandingTable
  alert: AlertTable
  alert_follower: AlertFollowerTable
  alert_message: AlertMessageTable
  activity_note: ActivityNoteTable
}
