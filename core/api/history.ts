import { z } from 'zod'
import { areas, severities } from '../posture/check.ts'
import { defineRoute } from './route.ts'

/** A scan or a daily judgement in a list. */
export const scanLineSchema = z.object({
  id: z.string(),
  /** `judge`: nothing was read; the facts of an earlier scan were judged again as of that day. */
  kind: z.enum(['scan', 'judge']),
  state: z.enum(['queued', 'collecting', 'judging', 'finished', 'failed', 'stopped']),
  /** Started by the clock in the name of the scan sponsor. */
  scheduled: z.boolean(),
  /** Who started it; '' where the name is no longer kept. */
  startedBy: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** When the facts that it judged had been read. */
  factsAsOf: z.string().nullable(),
  /** 0 to 100; null where nothing could be judged. */
  score: z.number().nullable(),
  /** Whether facts and results are still there, so that it can be compared and judged again. */
  kept: z.boolean(),
  /** What it was, in words. */
  sentence: z.string(),
})
export type ScanLineView = z.infer<typeof scanLineSchema>

export const listScans = defineRoute({
  id: 'list-scans',
  method: 'GET',
  path: '/api/scans',
  summary: 'Scans and daily judgements, newest first, with the score that each gave',
  capability: 'viewFindings',
  effect: 'none',
  query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(60) }),
  answer: z.object({ scans: z.array(scanLineSchema) }),
})

export const trendSchema = z.object({
  /** Oldest first. */
  points: z.array(
    z.object({
      scanId: z.string(),
      at: z.string(),
      kind: z.enum(['scan', 'judge']),
      score: z.number().nullable(),
      areas: z.record(z.enum(areas), z.number().nullable()),
    }),
  ),
  areas: z.array(z.object({ area: z.enum(areas), title: z.string() })),
})
export type Trend = z.infer<typeof trendSchema>
export const getTrend = defineRoute({
  id: 'get-trend',
  method: 'GET',
  path: '/api/trend',
  summary: 'Score and every area over time',
  capability: 'viewPosture',
  effect: 'none',
  query: z.object({ days: z.coerce.number().int().min(1).max(3660).default(90) }),
  answer: trendSchema,
})

const verdictSchema = z.enum(['pass', 'fail', 'warn', 'notApplicable', 'manual', 'unknown'])
export const judgementSchema = z.object({
  scan: scanLineSchema,
  /** What was done, in words: whose facts, which checks and settings. */
  sentence: z.string(),
  score: z.object({ then: z.number().nullable(), now: z.number().nullable() }),
  areas: z.array(z.object({ area: z.enum(areas), title: z.string(), then: z.number().nullable(), now: z.number().nullable() })),
  checks: z.array(
    z.object({
      checkId: z.string(),
      code: z.string(),
      title: z.string(),
      severity: z.enum(severities),
      area: z.enum(areas),
      areaTitle: z.string(),
      verdict: verdictSchema,
      /** Null where the check did not exist then. */
      verdictThen: verdictSchema.nullable(),
      /** What the check says about these facts now. */
      reason: z.string(),
      objects: z.number().int(),
    }),
  ),
  /** Checks of today that did not exist then. */
  newChecks: z.array(z.string()),
  /** Checks of then that no longer exist. */
  goneChecks: z.array(z.string()),
})
export type JudgementView = z.infer<typeof judgementSchema>
export const getJudgement = defineRoute({
  id: 'get-judgement',
  method: 'GET',
  path: '/api/scans/:scanId/judgement',
  summary: 'The facts of an earlier scan judged again with the checks and settings of today; nothing is stored',
  capability: 'viewFindings',
  effect: 'none',
  params: z.object({ scanId: z.uuid() }),
  answer: judgementSchema,
})
