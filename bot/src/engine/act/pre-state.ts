import { z } from 'zod'
import { findAction } from '@countersign/core/actions/catalogue.ts'
import type { GraphRead, Plan, PlanContext, PreparedAction } from '@countersign/core/actions/action.ts'
import { judgeExpectation } from '@countersign/core/actions/expectation.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { GraphReader } from '../../graph/reader.ts'
import { proposalById } from '../../store/proposals.ts'
import { stepsOf } from '../../store/steps.ts'
import type { ReadTx } from '../../store/transaction.ts'

export type PreStateReading =
  | { readonly kind: 'read'; readonly preState: Json }
  | { readonly kind: 'changed' }
  | { readonly kind: 'unreadable'; readonly code: string }
  | { readonly kind: 'signInLost'; readonly why: string }
export type GraphJson =
  | { readonly kind: 'read'; readonly body: Json | undefined }
  | { readonly kind: 'unreadable'; readonly code: string }
  | { readonly kind: 'signInLost'; readonly why: string }

/** One GET as the Aid; a 404 is an answer (undefined). */
export async function readJson(reader: Pick<GraphReader, 'get'>, { path, advanced }: GraphRead): Promise<GraphJson> {
  const answer = await reader.get(path, advanced ? { eventual: true } : {})
  switch (answer.kind) {
    case 'answer':
      // Graph's answers are JSON; what is used of them is parsed by the entry or judged member by member.
      return { kind: 'read', body: answer.body as Json }
    case 'refused':
      return answer.status === 404 ? { kind: 'read', body: undefined } : { kind: 'unreadable', code: answer.code || String(answer.status) }
    case 'signInLost':
      return { kind: 'signInLost', why: answer.reason }
  }
}

export type Planned = { readonly kind: 'planned'; readonly plan: Plan } | Exclude<GraphJson, { kind: 'read' }>

/** Reads what the action wants to know, then what follows from that, and plans. */
export async function planWith(reader: GraphReader, prepared: PreparedAction, context: PlanContext): Promise<Planned> {
  const first = await readEach(reader, prepared.reads)
  if (first.kind !== 'read') return first
  const after = await readEach(reader, prepared.readsAfter(first.bodies))
  if (after.kind !== 'read') return after
  return { kind: 'planned', plan: prepared.plan([...first.bodies, ...after.bodies], context) }
}

type Bodies = { readonly kind: 'read'; readonly bodies: readonly (Json | undefined)[] }

async function readEach(reader: GraphReader, reads: readonly GraphRead[]): Promise<Bodies | Exclude<GraphJson, { kind: 'read' }>> {
  const bodies: (Json | undefined)[] = []
  for (const one of reads) {
    const read = await readJson(reader, one)
    if (read.kind !== 'read') return read
    bodies.push(read.body)
  }
  return { kind: 'read', bodies }
}

/** A proposal that was carried out, wholly or as far as it came, with the indexes of the steps that were done. */
export interface Original {
  readonly proposal: Proposal
  readonly done: readonly number[]
}

/** What a stored proposal undoes; undefined for any other proposal. */
export async function originalOf(tx: ReadTx, { undoes }: Pick<Proposal, 'undoes'>): Promise<Original | undefined> {
  const proposal = undoes === null ? undefined : await proposalById(tx, undoes)
  return proposal && { proposal, done: await stepsDone(tx, proposal) }
}

/** Indexes of the steps that are known to be done. */
export async function stepsDone(tx: ReadTx, proposal: Proposal): Promise<readonly number[]> {
  if (proposal.state === 'verified') return [...proposal.steps.keys()]
  return (await stepsOf(tx, proposal.id)).filter(({ met }) => met === 'met').map(({ stepIndex }) => stepIndex)
}

export type UndoReading =
  | {
      readonly kind: 'read'
      readonly preState: Json
      /** What each of the steps reads as now, in their order. */ readonly answers: readonly (Json | null)[]
    }
  | Exclude<PreStateReading, { kind: 'read' }>

/** The touched fields of an undo: whether each of these steps still holds what the first proposal wrote. */
export async function readUndoState(reader: GraphReader, original: Proposal, indexes: readonly number[]): Promise<UndoReading> {
  const answers: (Json | null)[] = []
  for (const index of indexes) {
    const step = original.steps[index]
    if (!step) throw new Error(`Proposal ${original.id} has no step ${index}.`)
    const read = await readJson(reader, step.readBack.read)
    if (read.kind !== 'read') return read
    if (judgeExpectation(step.readBack.expect, read.body) !== 'met') return { kind: 'changed' }
    answers.push(read.body ?? null)
  }
  return { kind: 'read', preState: { undoes: original.id, holds: true, steps: indexes }, answers }
}

const undoStateSchema = z.object({ steps: z.array(z.number().int()) })

/** Which steps of the original an undo puts back, in the order in which they were done. */
export function undoneSteps({ preState }: Pick<Proposal, 'preState'>): readonly number[] {
  return undoStateSchema.parse(preState).steps
}

/** The pre-state of a stored proposal, read again now and made comparable with what was stored. */
export async function readPreState(
  reader: GraphReader,
  proposal: Proposal,
  original: Original | undefined,
  now: number,
): Promise<PreStateReading> {
  if (proposal.undoes !== null) {
    if (!original) throw new Error(`Proposal ${proposal.id} undoes ${proposal.undoes}, which is not stored.`)
    return readUndoState(reader, original.proposal, undoneSteps(proposal))
  }
  const preparation = findAction(proposal.actionId)?.prepare(proposal.input)
  if (preparation?.kind !== 'ready') return { kind: 'changed' }
  const planned = await planWith(reader, preparation.prepared, { now, requestedBy: proposal.requestedBy, aidId: proposal.actorId })
  if (planned.kind !== 'planned') return planned
  return planned.plan.kind === 'plan' ? { kind: 'read', preState: planned.plan.preState } : { kind: 'changed' }
}
