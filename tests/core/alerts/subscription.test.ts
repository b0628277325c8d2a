import { describe, expect, it } from '@jest/globals'
import { alertRuleIds } from '../../../core/alerts/catalogue.ts'
import {
  isWanted,
  planFor,
  startingSubscription,
  subscriptionSchema,
  type Follower,
  type RaisedAlert,
} from '../../../core/alerts/subscription.ts'
import { fc } from '../../random.ts'

const start = Date.parse('2026-11-22T00:00:00Z')
const hourMs = 3_600_000

describe('what a person asks for', () => {
  it('begins with something that can be saved as it is', () => {
    const starts = startingSubscription('Europe/Zurich')
    expect(subscriptionSchema.parse(starts)).toEqual(starts)
    expect(startingSubscription('No/Where').timeZone).toBe('UTC')
  })
  it.each([
    [{ immediate: false, digest: false }, 'at once'],
    [{ hour: 24 }, 'hour'],
    [{ timeZone: 'Mars' }, 'time zone'],
    [{ weekdays: [] }, 'day'],
    [{ weekdays: [1, 1] }, 'once'],
    [{ rules: [alertRuleIds[0], alertRuleIds[0]] }, 'each rule once'],
    [{ quiet: { from: 8, to: 8 } }, 'another hour'],
    [{ rules: [] }, 'rule'],
    [{ rules: ['other'] }, 'one of'],
    [{ more: true }, 'more'],
  ])('refuses %j and says what is wrong', (over, word) => {
    const parsed = subscriptionSchema.safeParse({ ...startingSubscription('UTC'), ...over })
    expect(parsed.error?.issues.map(({ message }) => message).join(' ')).toContain(word)
  })
})

const wantsArbitrary = fc.record({
  immediate: fc.boolean(),
  digest: fc.boolean(),
  hour: fc.integer({ min: 0, max: 23 }),
  timeZone: fc.constantFrom('UTC', 'Europe/Zurich', 'Asia/Kathmandu'),
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  quiet: fc.constant(null),
  rules: fc.uniqueArray(fc.constantFrom(...alertRuleIds), { minLength: 1 }),
})
/** Alerts that come, some hours apart, and whether somebody looks at the clock after each, once or twice. */
const historyArbitrary = fc.array(
  fc.record({ ruleId: fc.constantFrom(...alertRuleIds), hours: fc.integer({ min: 0, max: 40 }), looks: fc.integer({ min: 0, max: 2 }) }),
  { maxLength: 30 },
)

describe('the plan of a person’s messages', () => {
  it('tells each wanted alert once at once, and each digest holds what happened since the last', () => {
    fc.assert(
      fc.property(
        wantsArbitrary,
        historyArbitrary,
        fc.option(fc.constantFrom(...alertRuleIds), { nil: undefined }),
        (wants, history, mutedRule) => {
          const muted = mutedRule === undefined ? {} : { [mutedRule]: new Date(start + 60 * hourMs).toISOString() }
          let follower: Follower = { wants, muted, toldTo: 0, digestTo: 0, digestAt: null }
          const alerts: RaisedAlert[] = []
          const told: number[] = []
          const digested: number[] = []
          let now = start
          for (const [index, { ruleId, hours, looks }] of history.entries()) {
            now += hours * hourMs
            alerts.push({ seq: (index + 1) * 3, ruleId, at: new Date(now).toISOString() })
            for (let look = 0; look < looks; look += 1) {
              const plan = planFor(follower, alerts, now)
              told.push(...plan.immediate)
              if (plan.digest) {
                const since = alerts.filter((alert) => alert.seq > follower.digestTo && isWanted(follower, alert))
                expect(plan.digest).toEqual(since.map(({ seq }) => seq))
              }
              digested.push(...(plan.digest ?? []))
              follower = { ...follower, ...plan.next }
            }
          }
          now += 24 * 8 * hourMs
          for (let look = 0; look < 2; look += 1) {
            const plan = planFor(follower, alerts, now)
            told.push(...plan.immediate)
            digested.push(...(plan.digest ?? []))
            follower = { ...follower, ...plan.next }
          }
          const wanted = alerts.filter((alert) => isWanted(follower, alert)).map(({ seq }) => seq)
          expect(told).toEqual(wants.immediate ? wanted : [])
          // A first look only sets the time of the first digest; by then nothing has been passed over.
          if (wants.digest && follower.digestTo > 0) expect(digested).toEqual(wanted)
          if (!wants.digest) expect(digested).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })
})
