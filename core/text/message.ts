import { IntlMessageFormat } from 'intl-messageformat'
import type { Values } from '../posture/check.ts'

/**
 * Renders one ICU message. `{when, date, day}` and `{when, date, minute}` take an ISO time and show it in UTC, so that the
 * same values give the same text everywhere. Throws a plain Error naming the message when a value is missing: a broken promise of the entry.
 */
export function renderMessage(message: string, values: Values, locale = 'en'): string {
  const { format, dates } = cached(message, locale)
  const given: Record<string, string | number | boolean | Date> = { ...values }
  for (const name of dates) {
    const value = values[name]
    if (typeof value === 'string') given[name] = new Date(value)
  }
  try {
    const rendered: unknown = format.format(given)
    return typeof rendered === 'string' ? rendered : String(rendered)
  } catch (error) {
    throw new Error(`The message '${message}' cannot be rendered: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

interface Compiled {
  readonly format: IntlMessageFormat
  /** Names that the message shows as a date. */
  readonly dates: readonly string[]
}

const compiled = new Map<string, Compiled>()

const formats = {
  date: {
    day: { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' },
    minute: { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC', timeZoneName: 'short' },
  },
} as const

function cached(message: string, locale: string): Compiled {
  const key = `${locale}\n${message}`
  const known = compiled.get(key)
  if (known) return known
  const made = {
    format: new IntlMessageFormat(message, locale, formats, { ignoreTag: true }),
    dates: [...message.matchAll(/\{\s*(\w+)\s*,\s*date\b/g)].flatMap(([, name]) => (name ? [name] : [])),
  }
  compiled.set(key, made)
  return made
}
