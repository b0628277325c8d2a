import { alertRules } from '@countersign/core/alerts/catalogue.ts'
import { startingValues, type AlertRule, type Condition } from '@countersign/core/alerts/rule.ts'
import { stepRule, type Remembered } from '@countersign/core/alerts/step.ts'
import { planFor } from '@countersign/core/alerts/subscription.ts'
import { speaksAt } from '@countersign/core/alerts/clock.ts'
import type { EventKind } from '@countersign/core/events.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { Store } from '../../store/database.ts'
import { followers, putFollower } from '../../store/alert-followers.ts'
import { planMessage } from '../../store/alert-messages.ts'
import {
  addActivityNote,
  addAlerts,
  alertsAfter,
  keepStep,
  lockAlerts,
  newestAlert,
  newestEventOf,
  rememberedAlerts,
  storedRules,
  type StoredRule,
} from '../../store/alerts.ts'
import { appendEvent, cursorOf, moveCursor } from '../../store/outbox.ts'
import { tenantOf } from '../../store/tenants.ts'
import { readTx, writeTx, type StoredJob, type WriteTx } from '../../store/transaction.ts'
import { alertView } from './view.ts'

export interface AlertDependencies {
  readonly store: Store
  readonly now: () => number
}

const reader = 'engine/alerts'
/** What can make a condition true or false; what only time can is looked at every quarter of an hour. */
export const reasonsToLook = [
  'scan.finished',
  'scan.failed',
  'finding.opened',
  'finding.closed',
  'finding.returned',
  'finding.changed',
  'suppression.changed',
  'settings.changed',
  'aid.changed',
] as const satisfies readonly EventKind[]
const lookAtLeastEveryMs = 15 * 60_000
const nobody: Remembered = { standing: new Set(), parts: new Set() }

/** Raises what began, and plans who is told when. Cheap where nothing has happened; to be called every few seconds. */
export async function tickAlerts(deps: AlertDependencies, tenantId: string): Promise<void> {
  await lookAtAlerts(deps, tenantId)
  await planMessages(deps, tenantId)
}

/** How many alerts were raised. Two processes that look at the same time raise each of them once. */
export async function lookAtAlerts({ store, now }: AlertDependencies, tenantId: string): Promise<number> {
  const job: StoredJob = { tenantId, objectId: '' }
  const seen = await readTx(store, job, async (tx) => {
    if (!(await tenantOf(tx))) return undefined
    const cursor = await cursorOf(tx, reader)
    const newest = await newestEventOf(tx, reasonsToLook, cursor)
    const { lookedAt } = await rememberedAlerts(tx)
    const isFresh = lookedAt !== null && now() - Date.parse(lookedAt) < lookAtLeastEveryMs
    return newest === undefined && isFresh
      ? undefined
      : { seq: newest ?? cursor, view: await alertView(tx, now()), rules: await storedRules(tx) }
  })
  if (!seen) return 0
  const { seq, view, rules } = seen
  return writeTx(store, job, async (tx) => {
    await lockAlerts(tx)
    const { byRule, lookedAt } = await rememberedAlerts(tx)
    // Somebody else has looked since, and saw what came later.
    if ((await cursorOf(tx, reader)) > seq || (lookedAt !== null && Date.parse(lookedAt) > view.now)) return 0
    const at = new Date(view.now).toISOString()
    let raised = 0
    for (const rule of alertRules) {
      const chosen = ruleAsChosen(rule, rules)
      const looked = rule.look(view, chosen.parameters)
      const step = stepRule(rule, chosen.isOn, looked, byRule.get(rule.id) ?? nobody)
      await keepStep(
        tx,
        rule.id,
        step,
        Object.keys(looked).filter((part) => looked[part] !== 'notKnown'),
        at,
      )
      await addAlerts(
        tx,
        step.alerts.map((condition) => ({
          ruleId: rule.id,
          severity: severityOf(condition, chosen),
          name: nameOf(condition),
          ...kept(condition),
          at,
        })),
      )
      if (rule.id === 'consent-lost') await noteConsent(tx, step, at)
      raised += step.alerts.length
    }
    await moveCursor(tx, reader, seq)
    if (raised > 0) appendEvent(tx, 'alert.raised', String(await newestAlert(tx)), at)
    return raised
  })
}

/** The rule as the tenant wants it. */
export function ruleAsChosen(rule: AlertRule, stored: readonly StoredRule[]): Pick<StoredRule, 'isOn' | 'severity' | 'parameters'> {
  return stored.find(({ ruleId }) => ruleId === rule.id) ?? { isOn: true, severity: rule.severity, parameters: startingValues(rule) }
}

/** A finding brings its own severity; the rule's counts for everything else. */
function severityOf({ values }: Condition, { severity }: Pick<StoredRule, 'severity'>): StoredRule['severity'] {
  return values['severity'] === 'high' && severity === 'critical' ? 'high' : severity
}

function nameOf({ name }: Condition): string {
  return name === '' ? '' : cleanName(name)
}

function kept({ values, path }: Condition): Pick<Condition, 'values' | 'path'> {
  return { values, path }
}

/** That sign-ins and permissions were lost and came back is kept whoever is told. */
async function noteConsent(
  tx: WriteTx,
  { begun, ended }: { readonly begun: readonly string[]; readonly ended: readonly string[] },
  at: string,
): Promise<void> {
  const words = { 'read:read': 'Permissions to read', 'aid:aid': 'The Aid’s sign-in' } as const
  for (const [mark, what] of Object.entries(words)) {
    const change = begun.includes(mark) ? 'lost' : ended.includes(mark) ? 'back again' : undefined
    if (change !== undefined) await addActivityNote(tx, { kind: 'aid', byId: null, byName: '', what: `${what}: ${change}`, at })
  }
}

/** Puts what each person is to be told into messages; their places move in the same transaction. */
export async function planMessages({ store, now }: AlertDependencies, tenantId: string): Promise<void> {
  const job: StoredJob = { tenantId, objectId: '' }
  const isAnythingDue = await readTx(store, job, async (tx) => {
    const newest = await newestAlert(tx)
    return (await followers(tx)).some(({ toldTo, digestAt, wants }) => toldTo < newest || (wants.digest && (digestAt ?? 0) <= now()))
  })
  if (!isAnythingDue) return
  await writeTx(store, job, async (tx) => {
    await lockAlerts(tx)
    const at = now()
    const createdAt = new Date(at).toISOString()
    for (const follower of await followers(tx)) {
      const alerts = await alertsAfter(tx, Math.min(follower.toldTo, follower.digestTo))
      const plan = planFor(follower, alerts, at)
      const { personId, displayName, wants } = follower
      const notBefore = new Date(speaksAt(at, wants.quiet, wants.timeZone)).toISOString()
      if (plan.immediate.length > 0)
        await planMessage(tx, { personId, displayName, kind: 'immediate', alerts: plan.immediate, notBefore, createdAt })
      if (plan.digest && plan.digest.length > 0)
        await planMessage(tx, { personId, displayName, kind: 'digest', alerts: plan.digest, notBefore, createdAt })
      await putFollower(tx, { ...follower, ...plan.next })
    }
  })
}
