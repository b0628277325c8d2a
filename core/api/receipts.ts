import { z } from 'zod'
import { headFileSchema } from '../actions/export.ts'
import { daySchema, momentSchema } from './moment.ts'
import { defineRoute } from './route.ts'

/** The number of a record, or a day or moment in ISO 8601. */
const placeSchema = z.union([z.string().regex(/^[1-9]\d{0,9}$/), daySchema, momentSchema], {
  error: 'must be the number of a record, a day such as 2026-11-20, or a moment such as 2026-11-20T08:00:00Z',
})

export const exportJournal = defineRoute({
  id: 'export-journal',
  method: 'GET',
  path: '/api/journal/export',
  summary: 'The signed journal, or a range of it, for auditors: one JSON document a line, for countersign verify; or a table',
  capability: 'export',
  effect: 'exports',
  /** From and to are both included, a day with all of its hours (UTC). */
  query: z.object({ from: placeSchema.optional(), to: placeSchema.optional(), format: z.enum(['json', 'csv']).default('json') }),
  answer: z.string(),
  answerType: 'application/x-ndjson, text/csv',
})

export const listHeads = defineRoute({
  id: 'list-heads',
  method: 'GET',
  path: '/api/journal/heads',
  summary: 'The signed end of the journal of each day: kept elsewhere, they show when the end of a later export was cut off',
  capability: 'export',
  effect: 'exports',
  answer: z.object({ heads: z.array(headFileSchema) }),
})
