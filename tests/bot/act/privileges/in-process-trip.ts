import { randomUUID } from 'node:crypto'
import type { GraphRead, PlanStep } from '@countersign/core/actions/action.ts'
import { readAuditRow } from '@countersign/core/actions/audit-row.ts'
import { findAction } from '@countersign/core/actions/catalogue.ts'
import type { EchoQuestion } from '@countersign/core/actions/echo.ts'
import { judgeExpectation } from '@countersign/core/actions/expectation.ts'
import { matchEcho } from '@countersign/core/actions/match-echo.ts'
import type { Json } from '@countersign/core/digest.ts'
import { undoStep } from '../../../../bot/src/engine/act/draft-undo.ts'
import { expectedEcho } from '../../../../bot/src/engine/act/echo.ts'
import { planWith, readJson } from '../../../../bot/src/engine/act/pre-state.ts'
import { asSeen } from '../round-trip/as-seen.ts'
import type { TripCase } from '../round-trip/trip-case.ts'
import type { GivenRole, InProcessTenant } from './in-process-tenant.ts'

export interface Rights {
  readonly scopes: readonly string[]
  readonly roles: readonly GivenRole[]
}

/** What became of one round trip: done, or where and why it ended. */
export type TripEnd = { readonly kind: 'done' } | { readonly kind: 'stopped'; readonly at: string; readonly why: string }

class Stop extends Error {
  readonly at: string
  constructor(at: string, why: string) {
    super(why)
    this.at = at
  }
}

/**
 * One case from its plan to its undo, with exactly these rights: reads, writes, read-backs and looks at the audit log as the engine
 * makes them, without its store. What has nothing to do with rights throws: then the case itself is wrong.
 */
export async function roundTrip(world: InProcessTenant, trip: TripCase, rights: Rights): Promise<TripEnd> {
  world.reset()
  const planted = await trip.plant(world.arrange)
  world.give(rights.roles, planted.objects)
  const looked = await planted.look()
  if (JSON.stringify(looked) !== JSON.stringify(trip.shows[0])) throw new Error(`${trip.actionId}: planted is ${JSON.stringify(looked)}.`)
  try {
    await thereAndBack(world, trip, planted, rights)
    return { kind: 'done' }
  } catch (error) {
    if (error instanceof Stop) return { kind: 'stopped', at: error.at, why: error.message }
    throw error
  }
}

async function thereAndBack(
  world: InProcessTenant,
  trip: TripCase,
  planted: Awaited<ReturnType<TripCase['plant']>>,
  { scopes }: Rights,
): Promise<void> {
  const aid = world.aidWith(scopes)
  const before = world.snapshot()
  const seenBefore = await asSeen(world.arrange, trip)
  const prepared = findAction(trip.actionId)?.prepare(planted.input)
  if (prepared?.kind !== 'ready') throw new Error(`${trip.actionId} does not take ${JSON.stringify(planted.input)}.`)
  const context = { now: Date.now(), requestedBy: '99999999-2222-4333-8444-0000000000cc', aidId: world.aidId }
  const planned = await planWith(aid.reader, prepared.prepared, context)
  if (planned.kind !== 'planned') throw new Stop('plan', JSON.stringify(planned))
  const { plan } = planned
  if (plan.kind === 'refused') throw new Stop('plan', `${plan.reason} ${JSON.stringify(plan.values)}`)

  for (const step of plan.steps) await carryOut(aid, world.aidId, step)
  const looked = await planted.look()
  if (JSON.stringify(looked) !== JSON.stringify(trip.shows[1]))
    throw new Error(`${trip.actionId}: the effect is ${JSON.stringify(looked)}.`)
  const elsewhere = world.changedSince(before).filter((path) => !trip.changes.includes(path))
  if (elsewhere.length > 0) throw new Error(`${trip.actionId} changed ${elsewhere.join(', ')} too.`)

  if (trip.undo === 'none') {
    if (plan.steps.some(({ undo }) => undo !== null)) throw new Error(`${trip.actionId} can be undone after all.`)
    return
  }
  for (const step of [...plan.steps].reverse()) {
    const back = undoStep(step, (await readOne(aid.reader, step.readBack.read, 'before the undo')) ?? null)
    if (!back) throw new Error(`${trip.actionId} has a step that cannot be undone.`)
    await carryOut(aid, world.aidId, back, 'undo: ')
  }
  const seenAfter = await asSeen(world.arrange, trip)
  if (seenAfter !== seenBefore) throw new Error(`${trip.actionId} left something behind:\n${seenBefore}\n${seenAfter}`)
}

type Aid = ReturnType<InProcessTenant['aidWith']>

async function readOne(reader: Aid['reader'], read: GraphRead, at: string): Promise<Json | undefined> {
  const answer = await readJson(reader, read)
  if (answer.kind !== 'read') throw new Stop(at, `${read.path}: ${JSON.stringify(answer)}`)
  return answer.body
}

async function carryOut({ reader, send }: Aid, aidId: string, step: PlanStep, prefix = ''): Promise<void> {
  const { before, write, readBack } = step
  if (before && judgeExpectation(before, await readOne(reader, readBack.read, `${prefix}before`)) !== 'met')
    throw new Error(`What step ${write.path} counts on does not hold.`)
  const sentAt = Date.now()
  const mark = { proposalId: randomUUID(), clientRequestId: randomUUID() }
  const { status, text } = await send(write, mark)
  if (status === 403) throw new Stop(`${prefix}write`, text)
  if (status >= 300) throw new Error(`${prefix}${write.method} ${write.path} answered ${status}: ${text}`)
  const answer = await readOne(reader, readBack.read, `${prefix}read-back`)
  if (judgeExpectation(readBack.expect, answer) !== 'met')
    throw new Error(`${prefix}${write.path} reads back as ${JSON.stringify(answer)}, not as ${JSON.stringify(readBack.expect)}.`)
  const expectation = await expectedEcho(reader, step)
  if (!expectation) throw new Stop(`${prefix}audit log`, 'What was made is not found.')
  await findEcho(reader, { actorId: aidId, sentAt, expectation, mark }, `${prefix}audit log`)
}

async function findEcho(reader: Aid['reader'], question: EchoQuestion, at: string): Promise<void> {
  const { expectation } = question
  const filter = `targetResources/any(t: t/id eq '${expectation.targetId}')`
  const raw: unknown[] = []
  for await (const page of reader.pages(`/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}`)) {
    if (page.kind !== 'page') throw new Stop(at, JSON.stringify(page))
    raw.push(...page.rows)
  }
  const rows = raw.flatMap((row) => readAuditRow(row) ?? [])
  const { state } = matchEcho(question, rows)
  if (state !== 'found') throw new Error(`${at}: ${state} for ${JSON.stringify(expectation)} in ${JSON.stringify(rows)}`)
}
