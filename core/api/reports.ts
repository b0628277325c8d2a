import { z } from 'zod'
import { baselines } from '../posture/baselines.ts'
import { defineRoute } from './route.ts'

export const reportFormats = ['json', 'csv', 'html', 'oscal'] as const
export type ReportFormat = (typeof reportFormats)[number]

const baselineIds = baselines.map(({ id }) => id)

export const downloadReport = defineRoute({
  id: 'download-report',
  method: 'GET',
  path: '/api/reports/:format',
  summary: 'One scan as a file: countersign-report/1, a table, a page to print, or OSCAL assessment results',
  capability: 'export',
  effect: 'exports',
  params: z.object({ format: z.enum(reportFormats) }),
  /** The newest scan, and its own verdicts, unless said otherwise; with another baseline its facts are judged again for the report. */
  query: z.object({ scan: z.uuid().optional(), baseline: z.enum(baselineIds).optional() }),
  answer: z.string(),
  answerType: 'application/json, text/csv, text/html',
})
