import { baselineOf } from '@countersign/core/posture/baselines.ts'
import { defaultBaseline } from '@countersign/core/posture/baselines/default.ts'
import type { CheckResult } from '@countersign/core/posture/check.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { factOf, facts } from '@countersign/core/posture/facts.ts'
import { startJudging } from '@countersign/core/posture/judge.ts'
import { licencesOf } from '@countersign/core/posture/licences.ts'
import { parseRows } from '@countersign/core/posture/parse.ts'
import { unread, type FactReading, type Readings } from '@countersign/core/posture/reading.ts'
import { withDeclared } from '@countersign/core/posture/settings.ts'
import { subscribedSkus } from '@countersign/core/posture/facts/subscribed-skus.ts'
import type { JudgedApplications } from './applications.ts'
import type { JudgedPeople } from './people.ts'
import { ownIdentity } from './own-identity.ts'
import { breathe } from '../../in-slices.ts'
import { factReads } from '../../store/facts.ts'
import { readTogether, streamTogether } from '../../store/facts-together.ts'
import type { JudgedWith } from '../../store/baselines.ts'
import { scanById } from '../../store/scans.ts'
import { readSettings } from '../../store/settings.ts'
import type { ReadTx } from '../../store/transaction.ts'

/**
 * Judges the snapshot of one scan. Everything comes from the store, the time included: it is that of the newest reading, so that the same snapshot
 * gives the same results whenever it is judged. Another time is given where the question is how the same facts stand at that time; a baseline
 * with settings, where it is how they stand by those.
 */
export async function judgeScan(tx: ReadTx, scanId: string, at?: number, by?: JudgedWith): Promise<readonly CheckResult[]> {
  return (await judgeSnapshot(tx, scanId, at, by)).results
}

export interface JudgedSnapshot {
  readonly results: readonly CheckResult[]
  readonly applications: JudgedApplications
  readonly people: JudgedPeople
  /** What it went by. */
  readonly by: JudgedWith
}

/** The same, with what the risk of each application rests on and who holds which role. */
export async function judgeSnapshot(tx: ReadTx, scanId: string, at?: number, given?: JudgedWith): Promise<JudgedSnapshot> {
  const reads = await factReads(tx, scanId)
  // In the order of the list, in which the judge takes streamed facts.
  const known = facts.flatMap(({ id }) => reads.filter(({ fact }) => fact === id))
  const streamed = known.filter(({ fact, state }) => state === 'read' && factOf(fact)?.held === 'streamed')
  const readings: { [id: string]: FactReading } = {}
  for (const { fact, asOf } of streamed) readings[fact] = { state: 'read', asOf: asOf ?? '' }
  const others = known.filter((read) => !streamed.includes(read))
  for await (const [fact, reading] of readTogether(tx, scanId, others)) readings[fact] = reading
  const by = given ?? (await inForce(tx))
  const own = await ownIdentity(tx)
  const now = at ?? Math.max(0, ...reads.map((read) => (read.asOf === null ? 0 : Date.parse(read.asOf))))
  const settings = withDeclared({ ...by.settings, own }, now)
  if (own) for (const { id, source } of aboutAid) readings[id] = readForAid(readings[id], source.path, own.connectedAt)
  const judging = startJudging({
    checks,
    readings,
    now,
    also: ['applicationRisk', 'privilegedPrincipals'],
    settings,
    baseline: by.baseline,
    licences: licencesIn(readings),
    isUnderWay: (await scanById(tx, scanId))?.state === 'collecting',
  })
  // People and readings wait meanwhile: they get their turn every few milliseconds.
  for (const steps = judging.prepare(); !steps.next().done;) await breathe()
  await streamTogether(tx, scanId, streamed, (fact, row) => judging.accept(fact, row))
  const results: CheckResult[] = []
  for (const result of judging.results()) {
    results.push(result)
    // The same after each check.
    await breathe()
  }
  return {
    results,
    applications: { reading: judging.rowsOf('applicationRisk'), now },
    people: { reading: judging.rowsOf('privilegedPrincipals'), now },
    by,
  }
}

/** The tenant's baseline and settings as they stand now. */
async function inForce(tx: ReadTx): Promise<JudgedWith> {
  const { settings, baselineId } = await readSettings(tx)
  return { baseline: baselineOf(baselineId) ?? defaultBaseline, settings }
}

const aboutAid = facts.filter(({ source }) => 'each' in source && 'account' in source.each)

/** What was read before this Aid was connected was read for another one, or for none: that it holds nothing of this one says nothing. */
function readForAid(reading: FactReading | undefined, path: string, connectedAt: string): FactReading {
  if (reading?.state === 'read' && Date.parse(reading.asOf) >= Date.parse(connectedAt)) return reading
  return reading?.state === 'unread' ? reading : unread('notYet', `${path} was not read since the Aid was connected.`)
}

function licencesIn(readings: Readings): ReturnType<typeof licencesOf> {
  const reading = readings.subscribedSkus
  if (reading?.state !== 'read' || !factOf('subscribedSkus')) return licencesOf(undefined)
  const parsed = parseRows(subscribedSkus, reading.rows ?? [])
  return licencesOf(parsed.ok ? parsed.rows : undefined)
}
