import { alertRuleOf } from '@countersign/core/alerts/catalogue.ts'
import { nextDigest } from '@countersign/core/alerts/clock.ts'
import { parameterProblem, type AlertValues } from '@countersign/core/alerts/rule.ts'
import { isWanted, type Subscription } from '@countersign/core/alerts/subscription.ts'
import { dayMs } from '@countersign/core/day.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { deleteFollower, followerOf, putFollower, type StoredFollower } from '../../store/alert-followers.ts'
import { planMessage } from '../../store/alert-messages.ts'
import type { AlertSeverity } from '../../store/alert-tables.ts'
import { addActivityNote, alertsAfter, alertsSince, lockAlerts, newestAlert, putRule } from '../../store/alerts.ts'
import { conversationOf } from '../../store/conversations.ts'
import { appendEvent } from '../../store/outbox.ts'
import { writeTx, type WriteTx } from '../../store/transaction.ts'
import type { AlertDependencies } from './look.ts'

export const longestMuteDays = 90

export interface ChosenRule {
  readonly isOn: boolean
  readonly severity: AlertSeverity
  readonly parameters: AlertValues
}

/** Chooses for the tenant when a rule speaks; what is wrong with the choice, each with its place in the body. */
export async function chooseRule(
  { store, now }: AlertDependencies,
  by: Principal,
  ruleId: string,
  chosen: ChosenRule,
): Promise<
  | { readonly kind: 'chosen' | 'noSuchRule' }
  | { readonly kind: 'bad'; readonly problems: readonly { readonly path: string; readonly message: string }[] }
> {
  const rule = alertRuleOf(ruleId)
  if (!rule) return { kind: 'noSuchRule' }
  const problems = [
    ...rule.parameters.flatMap((parameter) => {
      const message = parameterProblem(parameter, chosen.parameters[parameter.name])
      return message === undefined ? [] : [{ path: `body.parameters.${parameter.name}`, message }]
    }),
    ...Object.keys(chosen.parameters)
      .filter((name) => !rule.parameters.some((parameter) => parameter.name === name))
      .map((name) => ({ path: `body.parameters.${name}`, message: `The rule has no parameter ${name}.` })),
  ]
  if (problems.length > 0) return { kind: 'bad', problems }
  const at = new Date(now()).toISOString()
  const values = rule.parameters.map(({ title, name }) => `${title.toLowerCase()} ${chosen.parameters[name]}`)
  const what = `Alert rule “${rule.title}”: ${[chosen.isOn ? 'on' : 'off', chosen.severity, ...values].join(', ')}`
  await writeTx(store, by, async (tx) => {
    await putRule(tx, { ruleId, ...chosen, byName: by.displayName, at })
    await addActivityNote(tx, { kind: 'alertRule', byId: by.objectId, byName: by.displayName, what, at })
    // Other limits can make a condition true or false: the rules are looked at again.
    appendEvent(tx, 'settings.changed', `alertRule/${ruleId}`, at)
    appendEvent(tx, 'alert.changed', ruleId, at)
  })
  return { kind: 'chosen' }
}

/** Keeps what a person wants. Only what is raised from then on is told. */
export async function follow({ store, now }: AlertDependencies, by: Principal, wants: Subscription): Promise<StoredFollower> {
  const at = new Date(now()).toISOString()
  return writeTx(store, by, async (tx) => {
    await lockAlerts(tx)
    const newest = await newestAlert(tx)
    const before = await followerOf(tx, by.objectId)
    const isSameTime =
      before?.wants.digest === true &&
      JSON.stringify([before.wants.hour, before.wants.timeZone, before.wants.weekdays]) ===
        JSON.stringify([wants.hour, wants.timeZone, wants.weekdays])
    const follower: StoredFollower = {
      personId: by.objectId,
      displayName: by.displayName,
      wants,
      muted: before?.muted ?? {},
      toldTo: before?.wants.immediate === true ? before.toldTo : newest,
      digestTo: before?.wants.digest === true ? before.digestTo : newest,
      digestAt: wants.digest ? (isSameTime ? before.digestAt : nextDigest(now(), wants)) : null,
      since: before?.since ?? at,
      updatedAt: at,
    }
    await putFollower(tx, follower)
    await note(tx, by, before ? 'Alert messages to oneself changed' : 'Alert messages to oneself begun', at)
    return follower
  })
}

/** Ends all messages to the person; what waits is dropped when its time comes. */
export async function unfollow({ store, now }: AlertDependencies, by: Principal): Promise<boolean> {
  const at = new Date(now()).toISOString()
  return writeTx(store, by, async (tx) => {
    await lockAlerts(tx)
    const stopped = await deleteFollower(tx, by.objectId)
    if (stopped) await note(tx, by, 'Alert messages to oneself stopped', at)
    return stopped
  })
}

/** Says nothing of a rule to this person for some days; 0 takes it back. Undefined where the person is told nothing anyway. */
export async function mute(
  { store, now }: AlertDependencies,
  by: Principal,
  ruleId: string,
  days: number,
): Promise<StoredFollower | undefined> {
  const at = new Date(now()).toISOString()
  return writeTx(store, by, async (tx) => {
    await lockAlerts(tx)
    const before = await followerOf(tx, by.objectId)
    if (!before) return undefined
    const others = Object.fromEntries(Object.entries(before.muted).filter(([id, until]) => id !== ruleId && until > at))
    const muted = days === 0 ? others : { ...others, [ruleId]: new Date(now() + days * dayMs).toISOString() }
    const follower = { ...before, muted, updatedAt: at }
    await putFollower(tx, follower)
    appendEvent(tx, 'alert.changed', ruleId, at)
    return follower
  })
}

/** Plans a message that says nothing but that messages arrive. False where no chat of the person is known. */
export async function sendTest({ store, now }: AlertDependencies, by: Principal): Promise<boolean> {
  const at = new Date(now()).toISOString()
  return writeTx(store, by, async (tx) => {
    if (!(await conversationOf(tx, by.objectId))) return false
    await planMessage(tx, { personId: by.objectId, displayName: by.displayName, kind: 'test', alerts: [], notBefore: at, createdAt: at })
    return true
  })
}

export type DigestNow = { readonly kind: 'notFollowing' } | { readonly kind: 'planned'; readonly alerts: number }

/** A digest out of turn: since the last one, or for who has none of the last 24 hours. */
export async function digestNow({ store, now }: AlertDependencies, by: Principal): Promise<DigestNow> {
  const at = new Date(now()).toISOString()
  return writeTx(store, by, async (tx): Promise<DigestNow> => {
    await lockAlerts(tx)
    const follower = await followerOf(tx, by.objectId)
    if (!follower) return { kind: 'notFollowing' }
    const since = follower.wants.digest
      ? await alertsAfter(tx, follower.digestTo)
      : await alertsSince(tx, new Date(now() - dayMs).toISOString())
    const alerts = since.filter((alert) => isWanted(follower, alert)).map(({ seq }) => seq)
    if (follower.wants.digest) await putFollower(tx, { ...follower, digestTo: await newestAlert(tx) })
    if (alerts.length > 0)
      await planMessage(tx, { personId: by.objectId, displayName: by.displayName, kind: 'digest', alerts, notBefore: at, createdAt: at })
    return { kind: 'planned', alerts: alerts.length }
  })
}

async function note(tx: WriteTx, by: Principal, what: string, at: string): Promise<void> {
  await addActivityNote(tx, { kind: 'subscription', byId: by.objectId, byName: by.displayName, what, at })
  appendEvent(tx, 'alert.changed', by.objectId, at)
}
