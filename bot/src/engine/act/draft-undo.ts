import { createdMark, type PlanStep } from '@countersign/core/actions/action.ts'
import { findAction } from '@countersign/core/actions/catalogue.ts'
import { createdId } from '@countersign/core/actions/expectation.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { refuseWith } from '@countersign/core/actions/refusals.ts'
import { dayMs } from '@countersign/core/day.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { listProposals, proposalById } from '../../store/proposals.ts'
import { stepsOf } from '../../store/steps.ts'
import { readTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import type { ConnectedAid, Draft } from './draft.ts'
import { originalOf, readUndoState, stepsDone, undoneSteps } from './pre-state.ts'

/** The plan that puts the touched fields back, of a plan that stopped those of its done steps, or why not. */
export async function draftUndo(deps: ActDeps, principal: Principal, aid: ConnectedAid, proposalId: string): Promise<Draft> {
  const { original, done, undone } = await readTx(deps.store, principal, async (tx) => {
    const found = await proposalById(tx, proposalId)
    return {
      original: found,
      done: found ? await stepsDone(tx, found) : [],
      undone: (await listProposals(tx, { states: ['verified'] })).some(({ undoes }) => undoes === proposalId),
    }
  })
  if (!original) return refuseWith('noSuchProposal')
  if (original.undoes !== null) return refuseWith('undoOfUndo')
  if ((original.state !== 'verified' && original.state !== 'partlyDone') || done.length === 0) return refuseWith('undoNotVerified')
  if (undone) return refuseWith('undoTaken')
  return draftOfSteps(deps, aid, original, done, null)
}

/** The rest of an undo that stopped: its own steps that are not done. */
export async function restOfUndo(deps: ActDeps, principal: Principal, aid: ConnectedAid, stopped: Proposal): Promise<Draft> {
  const { original, stored } = await readTx(deps.store, principal, async (tx) => ({
    original: await originalOf(tx, stopped),
    stored: await stepsOf(tx, stopped.id),
  }))
  if (!original) return refuseWith('noSuchProposal')
  // The steps of an undo go backwards through those of its original.
  const backwards = undoneSteps(stopped).toReversed()
  const rest = backwards.filter((_index, place) => stored[place]?.met !== 'met').toReversed()
  if (rest.length === 0) return refuseWith('nothingToResume')
  return draftOfSteps(deps, aid, original.proposal, rest, stopped.id)
}

async function draftOfSteps(
  deps: ActDeps,
  aid: ConnectedAid,
  original: Proposal,
  indexes: readonly number[],
  resumes: string | null,
): Promise<Draft> {
  const action = findAction(original.actionId)
  if (!action) return refuseWith('noSuchAction', { id: original.actionId })
  if (!action.undo.possible) return refuseWith('undoImpossible', { because: action.undo.because })
  const until = Date.parse(original.createdAt) + action.undo.days * dayMs
  if (deps.now() > until) return refuseWith('undoTooLate', { until: iso(until) })

  const state = await readUndoState(aid.reader, original, indexes)
  if (state.kind === 'unreadable') return refuseWith('graphRefused', { code: state.code })
  if (state.kind === 'signInLost') return refuseWith('aidNeedsSignIn', { why: state.why })
  if (state.kind === 'changed') return refuseWith('changedSince')
  const steps = indexes.flatMap((index, place) => undoStep(original.steps[index], state.answers[place] ?? null) ?? []).reverse()
  if (steps.length !== indexes.length) return refuseWith('undoImpossible', { because: 'Not every step of this change can be undone.' })
  const changes = original.changes.map(({ field, before, after }) => ({ field, before: after, after: before }))
  return {
    kind: 'draft',
    action,
    input: original.input,
    plan: { kind: 'plan', subject: original.subject, changes, steps, preState: state.preState, warnings: [] },
    undoes: original.id,
    resumes,
    findingKeys: [],
  }
}

/** The step that puts one step back; what a step made is named by the id under which it is found now. */
export function undoStep(step: PlanStep | undefined, answer: Json): PlanStep | undefined {
  if (!step?.undo) return undefined
  const { write, readBack, echo } = step.undo
  const named = [write.path, readBack.read.path, echo.targetId]
  const created = named.some((text) => text.includes(createdMark)) ? createdId(step.readBack.expect, answer) : ''
  if (created === undefined) return undefined
  const fill = (text: string): string => text.replaceAll(createdMark, () => created)
  const isSameRead = readBack.read.path === step.readBack.read.path
  return {
    class: step.class === 'create' ? 'delete' : step.class,
    about: step.about,
    write: { ...write, path: fill(write.path) },
    readBack: { ...readBack, read: { ...readBack.read, path: fill(readBack.read.path) } },
    ...(isSameRead ? { before: step.readBack.expect } : {}),
    undo: null,
    echo: { ...echo, targetId: fill(echo.targetId) },
  }
}
