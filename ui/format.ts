/** Numbers and dates as the reader writes them. Pure: the locale and the time come in. */

/** Making a formatter costs a hundred times what using it does: long lists ask for the same few again and again. */
const formatters = new Map<string, unknown>()

function kept<F>(kind: string, locale: string | undefined, options: object, make: () => F): F {
  const key = `${kind} ${locale ?? ''} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known !== undefined) return known as F
  const made = make()
  formatters.set(key, made)
  return made
}

function numberFormat(locale: string | undefined, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return kept('number', locale, options, () => new Intl.NumberFormat(locale, options))
}

function dateFormat(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept('date', locale, options, () => new Intl.DateTimeFormat(locale, options))
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A score as exact as its changes, "41.5" or "72", so that the two agree; an em dash where nothing could be judged. */
export function formatScore(value: number | null, locale: string | undefined, decimals: 0 | 1 = 0): string {
  return value === null ? '—' : numberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: 1 }).format(value)
}

/** The decimals that all scores of a column are written with, so that their digits stand below each other. */
export function scoreDecimals(values: readonly (number | null)[]): 0 | 1 {
  return values.some((value) => value !== null && Math.round(value * 10) % 10 !== 0) ? 1 : 0
}

export function formatCount(value: number, locale: string | undefined): string {
  return numberFormat(locale).format(value)
}

/** Points gained or lost with a true minus sign: "+4.1", "−3", "0"; "—" when not comparable. */
export function formatDelta(value: number | null, locale: string | undefined): string {
  if (value === null) return '—'
  return numberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value).replace('-', '−')
}

/** "22 Nov", with the year once it is not this year's. */
export function formatDay(iso: string, locale: string | undefined, now: number): string {
  const date = new Date(iso)
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  return dateFormat(locale, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' as const }) }).format(date)
}

/** Days as labels of an axis; the hours too where all are of one day, which would else be written twice. */
export function formatTicks(isos: readonly string[], locale: string | undefined, now: number): readonly string[] {
  const days = isos.map((iso) => formatDay(iso, locale, now))
  if (isos.length < 2 || new Set(days).size > 1) return days
  return isos.map((iso) => dateFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso)))
}

/** "22 Nov, 05:12" or "today, 05:12"; the zone is in the tooltip's exact time. */
export function formatTime(iso: string, locale: string | undefined, now: number): string {
  const date = new Date(iso)
  const clock = dateFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(date)
  const isToday = date.toDateString() === new Date(now).toDateString()
  return `${isToday ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'day') : formatDay(iso, locale, now)}, ${clock}`
}

/** "22 Nov 2026, 05:12:44 UTC": to the second and with the reader's zone, for tooltips and receipts. */
export function formatExactTime(iso: string, locale: string | undefined): string {
  return dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(iso))
}

/** "4 min ago", in the largest whole unit; a time ahead of the clock reads as now. */
export function formatAge(iso: string, locale: string | undefined, now: number): string {
  const age = Math.max(0, now - Date.parse(iso))
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  if (age < minute) return format.format(0, 'second')
  if (age < hour) return format.format(-Math.floor(age / minute), 'minute')
  if (age < day) return format.format(-Math.floor(age / hour), 'hour')
  return format.format(-Math.floor(age / day), 'day')
}

/** "in 23 hours", in the largest whole unit; a time behind the clock reads as now. */
export function formatUntil(iso: string, locale: string | undefined, now: number): string {
  const left = Math.max(0, Date.parse(iso) - now)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (left < minute) return format.format(0, 'second')
  if (left < hour) return format.format(Math.floor(left / minute), 'minute')
  if (left < 2 * day) return format.format(Math.floor(left / hour), 'hour')
  return format.format(Math.floor(left / day), 'day')
}

/** "R-0042": how a receipt's number is written everywhere. */
export function formatReceiptNumber(value: number): string {
  return `R-${String(value).padStart(4, '0')}`
}
