/** Times of day in a person's time zone. Every zone differs from UTC by whole quarters of an hour, so that looking at quarters misses nothing. */

const quarterMs = 15 * 60_000
const hourMs = 3_600_000

/** Days of the week as ISO 8601 counts them: Monday is 1. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

export interface Quiet {
  /** Hours of the day, 0 to 23: quiet from the beginning of the first to the beginning of the second, across midnight where that is earlier. */
  readonly from: number
  readonly to: number
}

export interface DigestTime {
  readonly hour: number
  readonly timeZone: string
  readonly weekdays: readonly number[]
}

interface LocalTime {
  /** YYYY-MM-DD. */
  readonly day: string
  readonly hour: number
  readonly weekday: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether this is the name of a time zone, such as Europe/Zurich. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false
  try {
    formatFor(name)
    return true
  } catch {
    return false
  }
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** What a clock on the wall shows. */
export function localTime(at: number, timeZone: string): LocalTime {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  const day = `${part('year')}-${part('month')}-${part('day')}`
  return { day, hour: Number(part('hour')), weekday: new Date(`${day}T00:00:00Z`).getUTCDay() || 7 }
}

export function isQuiet(at: number, quiet: Quiet | null, timeZone: string): boolean {
  if (!quiet) return false
  const { hour } = localTime(at, timeZone)
  return quiet.from < quiet.to ? hour >= quiet.from && hour < quiet.to : hour >= quiet.from || hour < quiet.to
}

/** When something may be said: at once, or when the quiet hours end. Where the clocks skip their end, right after the gap. */
export function speaksAt(at: number, quiet: Quiet | null, timeZone: string): number {
  if (!isQuiet(at, quiet, timeZone)) return at
  let next = (Math.floor(at / quarterMs) + 1) * quarterMs
  while (isQuiet(next, quiet, timeZone)) next += quarterMs
  return next
}

/**
 * The first digest after a time: on a chosen day, when the wall clock first shows the hour or, where the clocks skip it, the next one. An hour
 * that the clocks show twice counts once.
 */
export function nextDigest(after: number, { hour, timeZone, weekdays: days }: DigestTime): number {
  // From a day and an hour before, so that the day of `after` is seen from its beginning.
  let quarter = Math.floor((after - 25 * hourMs) / quarterMs) * quarterMs
  const previous = localTime(quarter - quarterMs, timeZone)
  let dueDay = previous.hour >= hour ? previous.day : ''
  for (;;) {
    const local = localTime(quarter, timeZone)
    if (local.hour >= hour && local.day !== dueDay) {
      dueDay = local.day
      if (quarter > after && days.includes(local.weekday)) return quarter
    }
    quarter += quarterMs
    if (quarter > after + 10 * 24 * hourMs) throw new Error('No weekday is chosen, so that there is no next digest.')
  }
}
