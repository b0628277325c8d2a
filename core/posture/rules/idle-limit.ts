import { z } from 'zod'
import { parseJson } from '../../parse-json.ts'
import type { FactRow } from '../facts.ts'

/** Microsoft 365 on the web; 'default' is every application without a rule of its own. */
const microsoft365 = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c'

/** https://learn.microsoft.com/graph/api/resources/activitybasedtimeoutpolicy: JSON in a text. */
const definition = z.object({
  ActivityBasedTimeoutPolicy: z.object({
    ApplicationPolicies: z.array(z.object({ ApplicationId: z.string(), WebSessionIdleTimeout: z.string() })),
  }),
})

export interface IdleLimit {
  readonly minutes: number
  /** As Graph writes it: `dd.hh:mm:ss`. */
  readonly text: string
}

/** The time after which an idle session ends; undefined where no rule in force says so. */
export function idleLimitOf(policies: readonly FactRow<'activityTimeoutPolicies'>[]): IdleLimit | 'notUnderstood' | undefined {
  const texts = policies.filter(({ isOrganizationDefault }) => isOrganizationDefault === true).flatMap((policy) => policy.definition)
  const parsed = texts.map((text) => definition.safeParse(parseJson(text)))
  if (parsed.some(({ success }) => !success)) return 'notUnderstood'
  const rules = parsed.flatMap(({ data }) => data?.ActivityBasedTimeoutPolicy.ApplicationPolicies ?? [])
  const rule =
    rules.find(({ ApplicationId }) => ApplicationId.toLowerCase() === microsoft365) ??
    rules.find(({ ApplicationId }) => ApplicationId === 'default')
  if (!rule) return undefined
  const minutes = minutesOf(rule.WebSessionIdleTimeout)
  // A limit of nothing is no limit that the service knows.
  return minutes === undefined || minutes <= 0 ? 'notUnderstood' : { minutes, text: rule.WebSessionIdleTimeout }
}

function minutesOf(text: string): number | undefined {
  const [, days = '0', hours, minutes, seconds] = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(text) ?? []
  if (hours === undefined) return undefined
  return (Number(days) * 24 + Number(hours)) * 60 + Number(minutes) + Number(seconds) / 60
}
