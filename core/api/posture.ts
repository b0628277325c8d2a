import { z } from 'zod'
import { areas, severities } from '../posture/check.ts'
import { unreadReasons } from '../posture/fact.ts'
import { suppressedCountings } from '../posture/suppression.ts'
import { defineRoute } from './route.ts'

export const severityCountsSchema = z.object({
  critical: z.number().int(),
  high: z.number().int(),
  medium: z.number().int(),
  low: z.number().int(),
  info: z.number().int(),
})

export const areaSchema = z.object({
  area: z.enum(areas),
  title: z.string(),
  /** 0 to 100; null when nothing of the area could be judged. */
  score: z.number().nullable(),
  /** Points since the scan before; null when not comparable. */
  change: z.number().nullable(),
  checks: z.object({ failing: severityCountsSchema, passed: z.number().int(), notRead: z.number().int() }),
  open: z.number().int(),
})

export const riskSchema = z.object({
  checkId: z.string(),
  code: z.string(),
  severity: z.enum(severities),
  title: z.string(),
  /** One line: why it matters here. */
  because: z.string(),
  area: z.enum(areas),
  areaTitle: z.string(),
  affects: z.string(),
  /** Points that mending it adds to the score. */
  adds: z.number(),
  fixable: z.boolean(),
  /** The first object that the Aid can fix, and how many there are; null where it can fix none. */
  fix: z
    .object({ findingKey: z.string(), name: z.string(), objects: z.number().int(), proposalId: z.string().nullable() })
    .nullable()
    .optional(),
})

export const scanSchema = z.object({
  id: z.string(),
  state: z.enum(['queued', 'collecting', 'judging', 'finished', 'failed', 'stopped']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  startedBy: z.string(),
  progress: z.object({ done: z.number().int(), of: z.number().int(), now: z.string() }),
  /** Sentence for a person, with what to do; null unless failed. */
  problem: z.string().nullable(),
  /** Started by the clock in the name of the scan sponsor. */
  scheduled: z.boolean().optional(),
  /** When verdicts were first stored; a scan under way has those of the facts read so far. */
  judgedAt: z.string().nullable().optional(),
  /** When verdicts were stored that lack nothing but slow reports: from then on the overview shows this scan. */
  coreReadAt: z.string().nullable().optional(),
})
export type Scan = z.infer<typeof scanSchema>

export const overviewSchema = z.object({
  tenant: z.object({ displayName: z.string(), domain: z.string() }),
  /** The scan that read the facts behind everything here; null before the first has finished. */
  lastScan: scanSchema.nullable(),
  /** When those facts were judged again without reading anything, as of a later day; null where they were not. */
  judgedAt: z.string().nullable().default(null),
  runningScan: scanSchema.nullable(),
  /** The newest scan, where it failed half-way: when and why, how many facts it had read and the titles of the others; else null. */
  interrupted: z
    .object({
      at: z.string(),
      problem: z.string(),
      read: z.number().int(),
      notRead: z.array(z.string()),
      /** Whether this person can go on with it; else a new scan begins from the start. */
      mayGoOn: z.boolean(),
    })
    .nullable()
    .optional(),
  score: z
    .object({
      value: z.number(),
      change: z.number().nullable(),
      since: z.string().nullable(),
      trend: z.array(z.object({ at: z.string(), value: z.number() })),
      /** The other way of counting: with suppressed findings left out, or counted as open. Absent where nothing is suppressed. */
      suppressed: z
        .object({ counting: z.enum(suppressedCountings), open: z.number().nullable(), leftOut: z.number().nullable() })
        .optional(),
      /** The score that an owner wants to reach, who said so and when; null where nobody has. */
      target: z.object({ value: z.number().int(), byName: z.string(), at: z.string() }).nullable().optional(),
    })
    .nullable(),
  checks: z.object({ read: z.number().int(), of: z.number().int() }),
  areas: z.array(areaSchema),
  risks: z.array(riskSchema),
  openFindings: z.number().int(),
  /** What owners declared as wanted, and how much of that has come to its end. */
  declared: z.object({ count: z.number().int(), expired: z.number().int() }).optional(),
  /** Findings that somebody said stay as they are for a while; not among the open ones. */
  suppressedFindings: z.number().int().optional(),
  sinceLastScan: z.array(
    z.object({
      kind: z.enum(['new', 'returned', 'fixed']),
      findingKey: z.string(),
      checkId: z.string(),
      title: z.string(),
      areaTitle: z.string(),
      receiptNumber: z.number().int().nullable(),
    }),
  ),
  notRead: z.array(
    z.object({
      fact: z.string(),
      title: z.string(),
      checks: z.number().int(),
      reason: z.enum(unreadReasons),
      sentence: z.string(),
      mend: z.enum(['grantPermission', 'none', 'retry', 'assignRole']),
    }),
  ),
  receipts: z.array(
    z.object({
      proposalId: z.string(),
      receiptNumber: z.number().int(),
      title: z.string(),
      by: z.string(),
      at: z.string(),
      state: z.string(),
      echo: z.string(),
    }),
  ),
  countersigned: z.number().int(),
})
export type Overview = z.infer<typeof overviewSchema>

export const getOverview = defineRoute({
  id: 'get-overview',
  method: 'GET',
  path: '/api/overview',
  summary: 'Score, areas, top risks, changes, coverage and latest receipts',
  capability: 'viewPosture',
  effect: 'none',
  answer: overviewSchema,
})

export const setTarget = defineRoute({
  id: 'set-target',
  method: 'PUT',
  path: '/api/posture/target',
  summary: 'Set the score that the tenant wants to reach, or take it away',
  capability: 'declare',
  effect: 'changes',
  body: z.object({ value: z.number().int().min(1, 'must be 1 to 100').max(100, 'must be 1 to 100').nullable() }).strict(),
  answer: z.object({ target: z.object({ value: z.number().int(), byName: z.string(), at: z.string() }).nullable() }),
})

/** The web parts' view: no object names, no finding keys, nothing that can be acted on. */
export const viewPostureSchema = overviewSchema.pick({ score: true, checks: true, areas: true, openFindings: true }).extend({
  tenant: z.object({ displayName: z.string() }),
  scannedAt: z.string().nullable(),
  risks: z.array(riskSchema.pick({ checkId: true, severity: true, title: true, area: true, areaTitle: true, affects: true })),
})
export type ViewPosture = z.infer<typeof viewPostureSchema>
export const getViewPosture = defineRoute({
  id: 'get-view-posture',
  method: 'GET',
  path: '/api/view/posture',
  summary: 'Posture for dashboards (scope Posture.View)',
  capability: 'viewPosture',
  effect: 'none',
  answer: viewPostureSchema,
})

export const startScan = defineRoute({
  id: 'start-scan',
  method: 'POST',
  path: '/api/scans',
  summary: 'Start a scan as the signed-in person',
  capability: 'scan',
  effect: 'changes',
  /**
   * `ranges: false`: long lists are read page after page, never in parallel. `full`: everything is read anew instead of what changed.
   * `goOn`: the scan that failed last is gone on with where it was, if it can be.
   */
  body: z.object({ ranges: z.boolean().optional(), full: z.boolean().optional(), goOn: z.boolean().optional() }).strict(),
  answer: scanSchema,
})
export const stopScan = defineRoute({
  id: 'stop-scan',
  method: 'POST',
  path: '/api/scans/:scanId/stop',
  summary: 'Stop a running scan',
  capability: 'scan',
  effect: 'changes',
  params: z.object({ scanId: z.uuid() }),
  body: z.object({}).strict(),
  answer: scanSchema,
})
export const getScan = defineRoute({
  id: 'get-scan',
  method: 'GET',
  path: '/api/scans/:scanId',
  summary: 'State and progress of a scan',
  capability: 'viewPosture',
  effect: 'none',
  params: z.object({ scanId: z.uuid() }),
  answer: scanSchema,
})
