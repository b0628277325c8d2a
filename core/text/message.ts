import { IntlMessageFormat } from 'intl-messageformat'
import type { Values } from '../posture/check.ts'

/** Renders one ICU message. Throws a plain Error naming the message when a value is missing: a broken promise of the entry. */
export function renderMessage(message: string, values: Values, locale = 'en'): string {
  const format = cached(message, locale)
  const rendered: unknown = format.format(values)
  return typeof rendered === 'string' ? rendered : String(rendered)
}

const formats = new Map<string, IntlMessageFormat>()

function cached(message: string, locale: string): IntlMessageFormat {
  const key = `${locale}\n${message}`
  const known = formats.get(key)
  if (known) return known
  const made = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
  formats.set(key, made)
  return made
}
