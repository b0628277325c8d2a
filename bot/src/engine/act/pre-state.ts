import { findAction } from '@countersign/core/actions/catalogue.ts'
import type { Plan, PlanContext, PreparedAction } from '@countersign/core/actions/action.ts'
import { judgeExpectation } from '@countersign/core/actions/expectation.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { GraphReader } from '../../graph/reader.ts'

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
export async function readJson(reader: GraphReader, path: string): Promise<GraphJson> {
  const answer = await reader.get(path)
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

/** Reads what the action wants to know and plans. */
export async function planWith(reader: GraphReader, prepared: PreparedAction, context: PlanContext): Promise<Planned> {
  const answers: (Json | undefined)[] = []
  for (const { path } of prepared.reads) {
    const read = await readJson(reader, path)
    if (read.kind !== 'read') return read
    answers.push(read.body)
  }
  return { kind: 'planned', plan: prepared.plan(answers, context) }
}

/** The touched fields of an undo: whether each still holds what the first proposal wrote. */
export async function readUndoState(reader: GraphReader, original: Proposal): Promise<PreStateReading> {
  for (const step of original.steps) {
    const read = await readJson(reader, step.readBack.read.path)
    if (read.kind !== 'read') return read
    if (judgeExpectation(step.readBack.expect, read.body) !== 'met') return { kind: 'changed' }
  }
  return { kind: 'read', preState: { undoes: original.id, holds: true } }
}

/** The pre-state of a stored proposal, read again now and made comparable with what was stored. */
export async function readPreState(
  reader: GraphReader,
  proposal: Proposal,
  original: Proposal | undefined,
  now: number,
): Promise<PreStateReading> {
  if (proposal.undoes !== null) {
    if (!original) throw new Error(`Proposal ${proposal.id} undoes ${proposal.undoes}, which is not stored.`)
    return readUndoState(reader, original)
  }
  const preparation = findAction(proposal.actionId)?.prepare(proposal.input)
  if (preparation?.kind !== 'ready') return { kind: 'changed' }
  const planned = await planWith(reader, preparation.prepared, { now, requestedBy: proposal.requestedBy, aidId: proposal.actorId })
  if (planned.kind !== 'planned') return planned
  return planned.plan.kind === 'plan' ? { kind: 'read', preState: planned.plan.preState } : { kind: 'changed' }
}
