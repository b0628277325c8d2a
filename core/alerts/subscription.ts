import { z } from 'zod'
import { alertRuleIds } from './catalogue.ts'
import { isTimeZone, nextDigest, weekdays } from './clock.ts'

const hour = z.number().int().min(0, 'must be an hour from 0 to 23').max(23, 'must be an hour from 0 to 23')

/** What a person wants to be told, and when. Nobody is told anything without one. */
export const subscriptionSchema = z
  .strictObject({
    /** A message as soon as something happens, outside of the quiet hours. */
    immediate: z.boolean(),
    /** One message a day with everything since the last one. */
    digest: z.boolean(),
    /** Hour of the digest on the clock of the time zone. */
    hour,
    timeZone: z.string().max(60).refine(isTimeZone, 'must be the name of a time zone, such as Europe/Zurich'),
    /** Days of the digest; Monday is 1. */
    weekdays: z
      .array(z.number().int().min(1).max(7))
      .min(1, 'must have at least one day')
      .refine((days) => new Set(days).size === days.length, 'must name each day once'),
    quiet: z
      .strictObject({ from: hour, to: hour })
      .refine(({ from, to }) => from !== to, 'must end at another hour than it begins')
      .nullable(),
    rules: z
      .array(z.string().refine((id) => alertRuleIds.includes(id), `must be one of ${alertRuleIds.join(', ')}`))
      .min(1, 'must have at least one rule')
      .refine((ids) => new Set(ids).size === ids.length, 'must name each rule once'),
  })
  .refine(({ immediate, digest }) => immediate || digest, 'must ask for messages at once, for the daily digest, or for both')
export type Subscription = z.infer<typeof subscriptionSchema>

/** What the form starts with: nothing of it counts before a person saves it. */
export function startingSubscription(timeZone: string): Subscription {
  return {
    immediate: true,
    digest: false,
    hour: 8,
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    weekdays: weekdays.slice(0, 5),
    quiet: { from: 20, to: 7 },
    rules: [...alertRuleIds],
  }
}

/** Where a person's messages stand. */
export interface Follower {
  readonly wants: Subscription
  /** Rules that the person muted, with the ISO time until which. */
  readonly muted: Readonly<Record<string, string>>
  /** Number of the last alert that was looked at for messages at once. */
  readonly toldTo: number
  /** Number of the last alert before the last digest. */
  readonly digestTo: number
  /** When the next digest is due, in milliseconds; null without one. */
  readonly digestAt: number | null
}

export interface RaisedAlert {
  /** Rising, in the order in which they were raised. */
  readonly seq: number
  readonly ruleId: string
  /** ISO time. */
  readonly at: string
}

export interface Plan {
  /** Alerts for a message at once; empty for none. */
  readonly immediate: readonly number[]
  /** Alerts for a digest that is due; null while none is. A digest without an alert is not sent. */
  readonly digest: readonly number[] | null
  readonly next: Pick<Follower, 'toldTo' | 'digestTo' | 'digestAt'>
}

/**
 * What to send to a person now, of the tenant's alerts in their order. Each alert is in one message at once at most and in one digest at most,
 * because both places move past what was looked at. What is raised while its rule is muted is passed over for good.
 */
export function planFor(follower: Follower, alerts: readonly RaisedAlert[], now: number): Plan {
  const { wants, toldTo, digestTo, digestAt } = follower
  const newest = Math.max(toldTo, digestTo, ...alerts.map(({ seq }) => seq))
  const after = (place: number): number[] => alerts.filter((alert) => alert.seq > place && isWanted(follower, alert)).map(({ seq }) => seq)
  const isDue = wants.digest && digestAt !== null && digestAt <= now
  return {
    immediate: wants.immediate ? after(toldTo) : [],
    digest: isDue ? after(digestTo) : null,
    next: {
      toldTo: newest,
      digestTo: isDue || !wants.digest ? newest : digestTo,
      digestAt: !wants.digest ? null : isDue || digestAt === null ? nextDigest(now, wants) : digestAt,
    },
  }
}

/** Whether the person asked for this rule and had not muted it when the alert was raised. */
export function isWanted({ wants, muted }: Pick<Follower, 'wants' | 'muted'>, { ruleId, at }: RaisedAlert): boolean {
  const until = muted[ruleId]
  return wants.rules.includes(ruleId) && (until === undefined || Date.parse(at) >= Date.parse(until))
}
