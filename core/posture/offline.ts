import { z } from 'zod'
import { readJson } from '../parse-json.ts'
import type { Baseline } from './baseline.ts'
import type { AnyCheck, CheckResult } from './check.ts'
import { subscribedSkus } from './facts/subscribed-skus.ts'
import { facts } from './facts.ts'
import type { Fact } from './fact.ts'
import { startJudging } from './judge.ts'
import { neededFacts, restsOn } from './judge-facts.ts'
import { licencesOf } from './licences.ts'
import { answersOf, isRecord } from './offline/answers.ts'
import type { Answers } from './offline/answers.ts'
import { readingOf } from './offline/fact-readings.ts'
import { roleReadings } from './offline/roles.ts'
import { signInReading } from './offline/sign-in-activity.ts'
import { parseRows } from './parse.ts'
import { unread } from './reading.ts'
import type { FactReading, Readings } from './reading.ts'
import { paramsSchema, readParams, type OfflineParams } from './offline/params.ts'
import { withDeclared } from './settings.ts'

/** A tenant in a file: Graph's answers by path, the time they were read, and the tenant's declared exceptions. docs/offline-input.md */
export const offlineInputSchema = z.object({
  asOf: z.iso.datetime({ offset: true }).describe('When the answers were read; the checks take it for now.'),
  params: paramsSchema.optional().describe('What the tenant declared, suppressed and set differently from its baseline.'),
  graph: z.record(z.string(), z.unknown()).describe('Response bodies of Microsoft Graph v1.0 by path, with the query if there was one.'),
})

export interface OfflineInput extends OfflineParams {
  readonly asOf: string
  readonly answers: Answers
}

export type ReadOffline = { readonly ok: true; readonly input: OfflineInput } | { readonly ok: false; readonly problem: string }

/** Reads a file's text. `problem` says what is wrong, where, and how to mend it. */
export function readOffline(text: string): ReadOffline {
  const json = jsonOf(text)
  if (!json.ok) return json
  const value = json.value
  if (!isRecord(value)) return { ok: false, problem: 'The file must hold one JSON object with asOf, params and graph.' }
  const { asOf, params, graph } = value
  if (asOf === undefined)
    return { ok: false, problem: 'asOf is missing. Add the time at which Graph was read, for example "asOf": "2026-01-31T12:00:00Z".' }
  if (!offlineInputSchema.shape.asOf.safeParse(asOf).success)
    return { ok: false, problem: 'asOf is not an ISO 8601 time with its offset. Write it like "2026-01-31T12:00:00Z".' }
  if (!isRecord(graph))
    return {
      ok: false,
      problem:
        'graph is missing or not an object. It holds the response bodies of Microsoft Graph by path, for example {"/applications": {"value": []}}.',
    }
  const read = readParams(params, String(asOf))
  return read.ok ? { ok: true, input: { ...read.params, asOf: String(asOf), answers: answersOf(graph) } } : read
}

/** Judges a file as a scan of that time would have been judged. Overrides among its settings take the place of the baseline's parameters. */
export function judgeOffline(input: OfflineInput, baseline: Baseline, checks: readonly AnyCheck[]): readonly CheckResult[] {
  const readings = readingsOf(input)
  const aboutAdministrators = checks.filter(restsOnAdministratorsAlone)
  const results = new Map([
    ...judge(
      input,
      readings,
      baseline,
      checks.filter((check) => !aboutAdministrators.includes(check)),
    ),
    ...judge(input, { ...readings, ...administratorReadings(input, readings) }, baseline, aboutAdministrators),
  ])
  return checks.flatMap(({ id }) => results.get(id) ?? [])
}

/**
 * Who is Global Administrator, as far as the file says. A file without a word of who may activate a membership of a group counts the members
 * alone; one in which that was refused does not.
 */
function administratorReadings({ answers, asOf }: OfflineInput, { pimGroupEligibility: may }: Readings): Readings {
  const isSilent = !may || (may.state === 'unread' && may.reason === 'notYet')
  return {
    ...roleReadings(answers, asOf, 'globalAdministrators'),
    ...(isSilent ? { pimGroupEligibility: { state: 'read', asOf, rows: [] } } : {}),
  }
}

/** Such a check is answered by a list of Global Administrators; any other one needs the holders of all roles. */
function restsOnAdministratorsAlone(check: AnyCheck): boolean {
  const others = [...check.needs, ...(check.each ?? [])].filter((id) => id !== 'globalAdministrators')
  const below = restsOn(others)
  return (
    check.needs.includes('globalAdministrators') && !['roleAssignments', 'roleEligibility', 'roleGroupMembers'].some((id) => below.has(id))
  )
}

function judge(input: OfflineInput, readings: Readings, baseline: Baseline, checks: readonly AnyCheck[]): Map<string, CheckResult> {
  const skus = readings.subscribedSkus
  const parsed = skus?.state === 'read' && skus.rows ? parseRows(subscribedSkus, skus.rows) : undefined
  const licences = licencesOf(parsed?.ok ? parsed.rows : undefined)
  const streams = streamsOf(readings, checks)
  const unusable = Object.fromEntries(streams.flatMap(({ id, rows }) => (rows.ok ? [] : [[id, unread('shape', rows.detail)]])))
  const judging = startJudging({
    checks,
    readings: { ...readings, ...unusable },
    now: Date.parse(input.asOf),
    settings: withDeclared(input.settings, Date.parse(input.asOf)),
    baseline,
    licences,
  })
  for (const { id, rows } of streams) if (rows.ok) for (const row of rows.rows) judging.accept(id, row)
  return new Map(judging.finish().map((result) => [result.checkId, result]))
}

/** Rows of streamed facts, which the judge takes one by one; here, too, two rows that contradict each other are no answer. */
function streamsOf(readings: Readings, checks: readonly AnyCheck[]) {
  const needed = neededFacts(checks)
  const list: readonly Fact[] = facts
  return list.flatMap((fact) => {
    const reading = readings[fact.id]
    if (fact.held !== 'streamed' || !needed.has(fact.id) || reading?.state !== 'read') return []
    return [{ id: fact.id, rows: parseRows(fact, reading.rows ?? []) }]
  })
}

/** The facts as the file gives them, in reading order: a fact with parents finds theirs read. */
export function readingsOf({ answers, asOf }: OfflineInput): Readings {
  const readings: Record<string, FactReading | undefined> = {
    ...roleReadings(answers, asOf, 'all'),
    ...signInReading(answers, asOf),
  }
  const list: readonly Fact[] = facts
  for (const fact of list) readings[fact.id] ??= readingOf(fact, answers, asOf, readings)
  return readings
}

function jsonOf(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string } {
  if (text.trim() === '') return { ok: false, problem: 'The file is empty. It must hold one JSON object with asOf, params and graph.' }
  try {
    // Files written on Windows may start with a byte order mark.
    return { ok: true, value: readJson(text.replace(/^\uFEFF/, '')) }
  } catch (error) {
    return { ok: false, problem: `The file is not valid JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}
