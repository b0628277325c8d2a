import { alertRuleOf } from '@countersign/core/alerts/catalogue.ts'
import type { StoredFollower } from '../../store/alert-followers.ts'
import type { StoredAlert } from '../../store/alerts.ts'
import type { MessageKind } from '../../store/alert-tables.ts'
import { severityNames } from './severity-names.ts'
import { button, card, facts, heading, link, small, text, type Part } from './parts.ts'

const shownAtMost = 5
/** Teams shows six buttons below a card; two of them lead on and one stops the messages. */
const mutesAtMost = 3
const muteDays = '7'
const order = ['critical', 'high', 'medium', 'low'] as const
const dayNames = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** One message for everything that is to be told now: the most serious first, the rest as a number. */
export function alertCard(kind: Exclude<MessageKind, 'test'>, alerts: readonly StoredAlert[], tabUrl: string): Part {
  const sorted = alerts.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.seq - b.seq)
  const shown = sorted.slice(0, shownAtMost)
  const [first] = shown
  const rest = sorted.length - shown.length
  const title = titleOf(kind, sorted)
  const ruleIds = [...new Set(sorted.map(({ ruleId }) => ruleId))].slice(0, mutesAtMost)
  return card(
    `${title}: ${shown.map(sentenceOf).join(' ')}`,
    [
      heading(title),
      ...shown.map((alert) => alertRow(alert, tabUrl)),
      ...(rest > 0 ? [small(`${rest} more in Countersign.`)] : []),
      small('You get this because you asked for it in Countersign, under Settings, Alerts.'),
    ],
    [
      ...(first ? [sorted.length === 1 ? link('Open it', `${tabUrl}${first.path}`) : link('Open Countersign', `${tabUrl}/changes`)] : []),
      ...ruleIds.map((ruleId) => {
        const name = ruleIds.length === 1 ? '' : ` “${alertRuleOf(ruleId)?.title ?? ruleId}”`
        return button(`Mute${name} for 7 days`, 'muteAlerts', { ruleId, days: muteDays })
      }),
      button('Stop these messages', 'stopAlerts', {}),
    ],
  )
}

export function testCard(tabUrl: string): Part {
  return card(
    'Alert messages arrive here.',
    [heading('Alert messages arrive here'), text('You asked for a test in Countersign. Nothing has happened in your tenant.')],
    [link('Alert settings', `${tabUrl}/settings/alerts`)],
  )
}

/** What a person is told, and how to change it. */
export function followerCard(follower: StoredFollower, now: number, tabUrl: string): Part {
  const { wants, muted } = follower
  const days = wants.weekdays.length === 7 ? 'every day' : wants.weekdays.map((day) => dayNames[day] ?? '').join(', ')
  const live = Object.entries(muted).filter(([, until]) => Date.parse(until) > now)
  return card(
    'Your alert messages.',
    [
      heading('Your alert messages'),
      facts([
        { title: 'At once', value: wants.immediate ? 'Yes' : 'No' },
        { title: 'Daily digest', value: wants.digest ? `${hourText(wants.hour)} (${wants.timeZone}), ${days}` : 'No' },
        {
          title: 'Quiet hours',
          value: wants.quiet ? `${hourText(wants.quiet.from)} to ${hourText(wants.quiet.to)} (${wants.timeZone})` : 'None',
        },
        { title: 'Rules', value: wants.rules.map((id) => alertRuleOf(id)?.title ?? id).join(', ') },
        ...(live.length > 0
          ? [{ title: 'Muted', value: live.map(([id, until]) => `${alertRuleOf(id)?.title ?? id} until ${until.slice(0, 10)}`).join(', ') }]
          : []),
      ]),
      small('Write “digest now” for what has happened, or “mute risky-user for 7 days”.'),
    ],
    [
      button('Digest now', 'digestNow', {}),
      button('Stop these messages', 'stopAlerts', {}),
      link('Change it', `${tabUrl}/settings/alerts`),
    ],
  )
}

/** One sentence of an alert, as its rule says it; its name was cleaned when it was raised. */
export function sentenceOf({ ruleId, name, values }: Pick<StoredAlert, 'ruleId' | 'name' | 'values'>): string {
  return alertRuleOf(ruleId)?.say(name, values) ?? ruleId
}

function titleOf(kind: 'immediate' | 'digest', alerts: readonly StoredAlert[]): string {
  const [first] = alerts
  if (kind === 'immediate' && first && alerts.length === 1) return alertRuleOf(first.ruleId)?.title ?? first.ruleId
  const count = alerts.length === 1 ? '1 alert' : `${alerts.length} alerts`
  return kind === 'digest' ? `Your digest: ${count}` : count
}

/** A row that opens what it is about. */
function alertRow(alert: StoredAlert, tabUrl: string): Part {
  const rule = alertRuleOf(alert.ruleId)?.title ?? alert.ruleId
  return {
    type: 'Container',
    separator: true,
    selectAction: link('Open it', `${tabUrl}${alert.path}`),
    items: [
      { type: 'TextBlock', text: sentenceOf(alert), wrap: true, weight: 'Bolder' },
      { ...small(`${severityNames[alert.severity]} · ${rule} · ${alert.at.slice(0, 10)} ${alert.at.slice(11, 16)} UTC`), spacing: 'None' },
    ],
  }
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
