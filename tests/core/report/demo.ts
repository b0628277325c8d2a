import type { Baseline } from '../../../core/posture/baseline.ts'
import { defaultBaseline } from '../../../core/posture/baselines/default.ts'
import type { CheckResult } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { subscribedSkus } from '../../../core/posture/facts/subscribed-skus.ts'
import type { Fact } from '../../../core/posture/fact.ts'
import { facts } from '../../../core/posture/facts.ts'
import { startJudging } from '../../../core/posture/judge.ts'
import { licencesOf } from '../../../core/posture/licences.ts'
import { parseRows } from '../../../core/posture/parse.ts'
import { unread, type FactReading } from '../../../core/posture/reading.ts'
import { defaultSettings, type Settings } from '../../../core/posture/settings.ts'
import type { OutcomeSource } from '../../../core/report/objects.ts'
import { buildReport } from '../../../core/report/build-report.ts'
import type { Report, ReportSubject } from '../../../core/report/report.ts'
import { collectFact } from '../../../bot/src/graph/collect.ts'
import { makeReader } from '../../../bot/src/graph/reader.ts'
import { inProcessGraph } from '../../../emulator/graph/in-process.ts'
import { memoryFact, sinkFor, type MemoryFact } from '../../bot/graph/memory-sink.ts'

export const now = Date.parse('2026-11-22T12:00:00Z')
const asOf = new Date(now).toISOString()

export const subject: ReportSubject = {
  tenant: { id: '5d0f1c62-0f4e-4c3a-9a51-3c1f1a2b7e10', displayName: 'Contoso', domain: 'contoso.com' },
  scan: {
    id: '0f5a2f7e-5a3d-4c47-8a3c-2f4b5f0c9d21',
    kind: 'scan',
    startedBy: 'Ada Lovelace',
    startedAt: '2026-11-22T11:58:00.000Z',
    finishedAt: asOf,
    factsAsOf: asOf,
  },
  asOf,
  baseline: defaultBaseline,
  judgedAgain: false,
  isAsOfScan: true,
  settings: defaultSettings,
  suppressed: [],
}

export interface Made {
  readonly report: Report
  readonly outcomeOf: OutcomeSource
}

/** A report over given results. */
export function reportOver(results: readonly CheckResult[], about: Partial<ReportSubject> = {}): Made {
  const builder = buildReport({ ...subject, ...about })
  for (const result of results) builder.add(result)
  const outcomes = new Map(results.map(({ checkId, outcome }) => [checkId, outcome]))
  return { report: builder.finish(), outcomeOf: async (checkId) => outcomes.get(checkId) }
}

/** What the checks say about one of the emulated tenants. `leave` are facts that are not read. */
export async function judgedTenant(
  tenant: string,
  {
    baseline = defaultBaseline,
    leave = [],
    settings = defaultSettings,
  }: { readonly baseline?: Baseline; readonly leave?: readonly string[]; readonly settings?: Settings } = {},
): Promise<readonly CheckResult[]> {
  const graph = inProcessGraph({ tenants: [tenant], now: () => now })
  const token = graph.token(tenant)
  const reader = makeReader(async () => ({ kind: 'token', token, scopes: facts.flatMap(({ scopes }) => [...scopes]) }), {
    graph: 'https://graph.local',
    userAgent: 'Countersign/test',
    clock: { now: () => now, random: () => 0.5, sleep: async (_milliseconds, signal) => signal?.throwIfAborted() },
    transport: (url, init) => graph.fetch(url, init),
  })
  const held = new Map<string, MemoryFact>()
  const readings: Record<string, FactReading> = {}
  const list: readonly Fact[] = facts
  for (const fact of list) {
    const kept = memoryFact()
    held.set(fact.id, kept)
    if (leave.includes(fact.id)) {
      readings[fact.id] = unread('scope', `${fact.scopes.join(' or ')} was not granted.`)
      continue
    }
    const parents = (async function* () {
      for (const id of fact.source.each?.facts ?? []) yield* held.get(id)?.rows.values() ?? []
    })()
    const read = await collectFact(reader, fact, { sink: sinkFor(kept), ranges: true, rangesAbove: 1000, parents })
    readings[fact.id] =
      read.kind === 'read'
        ? { state: 'read', asOf, rows: [...kept.rows.values()] }
        : unread('graph', `${fact.source.path} was not answered.`)
  }
  const skus = parseRows(subscribedSkus, [...(held.get('subscribedSkus')?.rows.values() ?? [])])
  const judging = startJudging({
    checks,
    readings,
    now,
    settings,
    baseline,
    licences: licencesOf(skus.ok ? skus.rows : undefined),
  })
  for (const { id, held: how } of list)
    if (how === 'streamed')
      for (const row of readings[id]?.state === 'read' ? (held.get(id)?.rows.values() ?? []) : []) judging.accept(id, row)
  return judging.finish()
}

export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}
