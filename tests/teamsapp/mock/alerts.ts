import type { ActivityItem } from '@countersign/core/api/activity.ts'
import type { AlertRuleView, MyAlerts } from '@countersign/core/api/alerts.ts'
import type { Members } from '@countersign/core/api/members.ts'
import { activity, members, myAlerts, noAlerts, ruleViews } from '../sample-alerts.ts'
import { sampleNow } from '../sample-posture.ts'
import { Refusal, type Answers } from './answer.ts'

export interface AlertsState {
  alertRules: readonly AlertRuleView[]
  mayChangeAlerts: boolean
  myAlerts: MyAlerts
  activity: readonly ActivityItem[]
  members: Members
}

export function freshAlerts(): AlertsState {
  return { alertRules: ruleViews, mayChangeAlerts: true, myAlerts, activity, members }
}

const dayMs = 24 * 3_600_000

export const alertsAnswers: Answers<AlertsState> = {
  'list-alert-rules': ({ state }) => ({ rules: state.alertRules, mayChange: state.mayChangeAlerts }),
  'choose-alert-rule': ({ state, path, body }) => {
    const id = path.split('/').at(-1)
    const chosen = body as Pick<AlertRuleView, 'isOn' | 'severity'> & { readonly parameters: Readonly<Record<string, number | string>> }
    state.alertRules = state.alertRules.map((rule) =>
      rule.id === id
        ? {
            ...rule,
            isOn: chosen.isOn,
            severity: chosen.severity,
            parameters: rule.parameters.map((one) => ({ ...one, value: chosen.parameters[one.name] ?? one.starts })),
            changed: { byName: 'Maja Lindqvist', at: sampleNow },
          }
        : rule,
    )
    return state.alertRules.find((rule) => rule.id === id)
  },
  'get-my-alerts': ({ state }) => state.myAlerts,
  'put-my-alerts': ({ state, body }) => (state.myAlerts = { ...state.myAlerts, wants: body as MyAlerts['wants'], nextDigestAt: null }),
  'delete-my-alerts': ({ state }) => (state.myAlerts = { ...noAlerts, messages: state.myAlerts.messages }),
  'mute-my-alerts': ({ state, path, body }) => {
    const ruleId = path.split('/').at(-1) ?? ''
    const { days } = body as { readonly days: number }
    const others = state.myAlerts.muted.filter((one) => one.ruleId !== ruleId)
    const until = new Date(Date.parse(sampleNow) + days * dayMs).toISOString()
    return (state.myAlerts = { ...state.myAlerts, muted: days === 0 ? others : [...others, { ruleId, until }] })
  },
  'send-test-alert': ({ state }) => {
    if (!state.myAlerts.chat.isKnown)
      throw new Refusal({
        title: 'No chat yet',
        status: 409,
        detail: 'Your 1:1 chat with Countersign is not known, so that nothing can be sent there.',
      })
    return { planned: true }
  },
  'list-alert-subscriptions': () => ({ subscriptions: [] }),
  'list-alert-messages': ({ state }) => ({ messages: state.myAlerts.messages }),
  'list-activity': ({ state, search }) => {
    const words = (search.get('search') ?? '').toLowerCase()
    const kind = search.get('kind')
    const fits = state.activity.filter(
      (one) => (kind === null || one.kind === kind) && `${one.title} ${one.detail} ${one.byName}`.toLowerCase().includes(words),
    )
    const after = search.get('after')
    const from = after === null ? 0 : fits.findIndex(({ place }) => place === after) + 1
    const limit = Number(search.get('limit') ?? 50)
    const items = fits.slice(from, from + limit)
    return { items, next: from + limit < fits.length ? (items.at(-1)?.place ?? null) : null }
  },
  'get-members': ({ state }) => state.members,
}
