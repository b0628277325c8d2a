import { z } from 'zod'

/** ISO 8601 begins with the year 0, the store with the year 1, and behind the year 9999 the text has another form. */
function isStorable(text: string): boolean {
  const year = new Date(text).getUTCFullYear()
  return year >= 1 && year <= 9999
}
const message = 'must lie in the years 1 to 9999'

/** A day such as 2026-11-20. */
export const daySchema = z.iso.date().refine(isStorable, message)
/** A moment such as 2026-11-20T08:00:00Z, with its offset. */
export const momentSchema = z.iso.datetime({ offset: true }).refine(isStorable, message)
