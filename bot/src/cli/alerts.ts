import { listAlertMessages, listAlertRules, listAlertSubscriptions } from '@countersign/core/api/alerts.ts'
import { ask } from './ask.ts'
import type { ExitCode } from './exit-code.ts'
import { printable, type Terminal } from './terminal.ts'
import type { TimeOptions } from './time.ts'

/** The tenant's alert rules, as they are chosen. */
export function alertRules(options: TimeOptions, terminal: Terminal): Promise<ExitCode> {
  return ask('alerts rules', options, terminal, listAlertRules, {}, ({ rules }) =>
    rules
      .map(({ id, meaning, isOn, severity, parameters, standing, changed }) => {
        const values = parameters.map(({ name, value }) => `${name} ${value}`)
        const by = changed ? `\n  chosen by ${printable(changed.byName)}, ${changed.at.slice(0, 10)}` : ''
        return `${id}  ${[isOn ? 'on' : 'off', severity, ...values].join(', ')}\n  ${meaning}\n  ${standing} now${by}`
      })
      .join('\n\n'),
  )
}

/** Who asked for alert messages, and when they come. */
export function alertSubscriptions(options: TimeOptions, terminal: Terminal): Promise<ExitCode> {
  return ask('alerts subscriptions', options, terminal, listAlertSubscriptions, {}, ({ subscriptions }) =>
    subscriptions.length === 0
      ? 'Nobody has asked for alert messages.'
      : subscriptions
          .map(({ name, objectId, since, wants }) => {
            const when = [
              ...(wants.immediate ? ['at once'] : []),
              ...(wants.digest ? [`digest at ${hour(wants.hour)} on days ${wants.weekdays.join(', ')}`] : []),
              ...(wants.quiet ? [`quiet from ${hour(wants.quiet.from)} to ${hour(wants.quiet.to)}`] : []),
            ]
            return `${printable(name)}  ${objectId}\n  since ${since.slice(0, 10)}: ${when.join(', ')} (${wants.timeZone})\n  ${wants.rules.join(', ')}`
          })
          .join('\n\n'),
  )
}

/** Alert messages, newest first, with what became of each. */
export function alertLog(options: TimeOptions, terminal: Terminal): Promise<ExitCode> {
  return ask('alerts log', options, terminal, listAlertMessages, { query: {} }, ({ messages }) =>
    messages.length === 0
      ? 'No alert message has been planned.'
      : messages
          .map(({ createdAt, settledAt, to, kind, state, alerts, detail }) =>
            [
              `${settledAt ?? createdAt}  ${state}  ${kind} to ${printable(to)}, ${alerts} ${alerts === 1 ? 'alert' : 'alerts'}`,
              printable(detail),
            ]
              .filter((line) => line !== '')
              .join('\n  '),
          )
          .join('\n'),
  )
}

function hour(of: number): string {
  return `${String(of).padStart(2, '0')}:00`
}
