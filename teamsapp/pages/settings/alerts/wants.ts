import type { MyAlerts } from '@countersign/core/api/alerts.ts'

export type Wants = NonNullable<MyAlerts['wants']>

/** What the form starts with; nothing of it counts before it is saved. */
export function firstWants(rules: MyAlerts['rules']): Wants {
  return {
    immediate: true,
    digest: false,
    hour: 8,
    timeZone: ownTimeZone(),
    weekdays: [1, 2, 3, 4, 5],
    quiet: { from: 20, to: 7 },
    rules: rules.map(({ id }) => id),
  }
}

/** The time zone of the reader's device. */
function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Names of time zones, the reader's and the chosen one among them. */
export function timeZones(chosen: string): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ownTimeZone(), chosen])].sort()
}

/** What keeps the choice from being saved; undefined when nothing does. */
export function problemWith({ immediate, digest, weekdays, quiet, rules }: Wants): string | undefined {
  if (!immediate && !digest) return 'Choose messages as they happen, the daily digest, or both.'
  if (digest && weekdays.length === 0) return 'Choose at least one day for the digest.'
  if (quiet?.from === quiet?.to && quiet) return 'Quiet hours must end at another hour than they begin.'
  return rules.length === 0 ? 'Choose at least one rule.' : undefined
}

/** Names of the days from Monday, in the reader's language. */
export function dayNames(locale: string | undefined): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  // 5 January 2026 was a Monday.
  return [5, 6, 7, 8, 9, 10, 11].map((day) => format.format(Date.UTC(2026, 0, day)))
}

export function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
