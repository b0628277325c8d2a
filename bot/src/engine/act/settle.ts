import { answeredBody, readBackBody } from '@countersign/core/actions/record-bodies.ts'
import { decide } from '@countersign/core/actions/gate.ts'
import type { JournalRecord } from '@countersign/core/actions/journal.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Json } from '@countersign/core/digest.ts'
import type { ReadingsView } from '@countersign/core/api/actions.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import { append, recordsFor } from '../../store/journal.ts'
import { lockProposal, proposalById } from '../../store/proposals.ts'
import { stepsOf } from '../../store/steps.ts'
import { readTx, writeTx } from '../../store/transaction.ts'
import { iso, type ActDeps } from './deps.ts'
import { endProposal } from './end.ts'
import { askedBy, gateFacts } from './gate-facts.ts'
import { readBackOnce, recordReadBack, type ReadBack } from './read-back.ts'
import { countersigns } from './second.ts'
import { markFindings } from './verify.ts'

type Reading = ReadingsView['steps'][number]['now']

export type ReadingsAnswer =
  { readonly kind: 'readings'; readonly view: ReadingsView } | { readonly kind: 'noSuchProposal' } | { readonly kind: 'noRole' }

/** What was read after each step and what is read now, side by side. */
export async function readings(deps: ActDeps, principal: Principal, proposalId: string): Promise<ReadingsAnswer> {
  const found = await readTx(deps.store, principal, async (tx) => {
    const proposal = await proposalById(tx, proposalId)
    return proposal && { proposal, records: await recordsFor(tx, proposalId), stored: await stepsOf(tx, proposalId) }
  })
  if (!found) return { kind: 'noSuchProposal' }
  const { proposal, records, stored } = found
  if (!countersigns(proposal.actionId, principal.roles)) return { kind: 'noRole' }
  const now = await readAll(deps, proposal)
  const at = iso(deps.now())
  const view: ReadingsView = {
    proposalId,
    state: proposal.state,
    steps: proposal.steps.map(({ about, write, readBack }, index) => {
      const fresh = now[index]
      return {
        about: `${cleanName(about.name)} (${cleanName(about.qualifier)})`,
        request: `${write.method} /v1.0${write.path}`,
        outcome: outcomeWords(stored[index]?.outcome ?? null),
        then: thenReading(records, index) ?? { at: null, path: readBack.read.path, answer: null, met: 'unclear' },
        now: fresh ? readingOf(fresh, at) : { at: null, path: readBack.read.path, answer: null, met: 'unclear' },
      }
    }),
  }
  return { kind: 'readings', view }
}

async function readAll(deps: ActDeps, proposal: Proposal): Promise<readonly ReadBack[]> {
  const read: ReadBack[] = []
  for (const stepIndex of proposal.steps.keys()) read.push(await readBackOnce(deps, proposal, stepIndex))
  return read
}

function readingOf({ path, answer, met }: Omit<ReadBack, 'stepIndex'>, at: string): Reading {
  return { at, path, answer: answer === null ? null : JSON.stringify(answer), met }
}

/** The last reading of a step that the journal keeps. */
function thenReading(records: readonly JournalRecord[], index: number): Reading | undefined {
  for (const { kind, at, body } of records.toReversed()) {
    const read = kind === 'readBack' ? readBackBody.safeParse(body) : undefined
    if (read?.success && read.data.stepIndex === index) return readingOf({ ...read.data, answer: (read.data.answer ?? null) as Json }, at)
  }
  return undefined
}

function outcomeWords(outcome: Json | null): string {
  const read = answeredBody.shape.outcome.safeParse(outcome)
  if (!read.success) return 'Not sent.'
  const { kind, status, code, why } = read.data
  return [
    kind === 'answered' ? 'Graph answered' : kind === 'refused' ? 'Graph refused' : kind === 'notSent' ? 'Not sent' : 'The answer was lost',
    status,
    code,
    why,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')
}

export interface Verdict {
  readonly as: 'done' | 'notDone'
  readonly because: string
}
export type SettleAnswer =
  | { readonly kind: 'settled'; readonly proposal: Proposal }
  | { readonly kind: 'noSuchProposal' }
  | { readonly kind: 'notOpen' }
  | { readonly kind: 'noRole' }

/**
 * A person's word on a change of which it is not certain whether it was made. Only a fresh reading that shows every step
 * makes it verified; a word alone settles it and says whose word it was.
 */
export async function settleProposal(deps: ActDeps, principal: Principal, proposalId: string, verdict: Verdict): Promise<SettleAnswer> {
  if (!permission(principal, 'settle').may) return { kind: 'noRole' }
  const seen = await readTx(deps.store, principal, (tx) => proposalById(tx, proposalId))
  if (!seen) return { kind: 'noSuchProposal' }
  if (!countersigns(seen.actionId, principal.roles)) return { kind: 'noRole' }
  if (seen.state !== 'indeterminate') return { kind: 'notOpen' }
  const fresh = await readAll(deps, seen)
  const isShown = verdict.as === 'done' && fresh.every(({ met }) => met === 'met')
  const now = deps.now()
  const at = iso(now)
  return writeTx(deps.store, principal, async (tx): Promise<SettleAnswer> => {
    const proposal = await lockProposal(tx, proposalId)
    if (!proposal) return { kind: 'noSuchProposal' }
    const asked = askedBy(principal, proposal, { conversationId: '', conversationType: 'other' }, { mayConfirm: true })
    const answer = decide(proposal.state, isShown ? 'readBackDone' : 'settle', gateFacts(proposal, now, { asked }))
    if (answer.kind === 'refused') return { kind: 'notOpen' }
    const records = await recordsFor(tx, proposalId)
    const then = proposal.steps.map((_step, index) => thenReading(records, index) ?? null)
    if (answer.to === 'verified') await markFindings(tx, proposal, at)
    await append(tx, {
      kind: 'settled',
      subjectId: proposalId,
      at,
      body: {
        by: { objectId: principal.objectId, name: principal.displayName, roles: [...principal.roles] },
        as: verdict.as,
        because: verdict.because,
        then: then.map((reading) => reading && { ...reading }),
        now: fresh.map((one) => ({ ...readingOf(one, at) })),
      },
    })
    if (isShown) for (const one of fresh) await recordReadBack(tx, proposalId, one, at)
    const reason = isShown ? null : verdict.as === 'done' ? 'settledDone' : 'settledNotDone'
    if (!(await endProposal(tx, proposal, answer.to, reason, at, principal.objectId))) return { kind: 'notOpen' }
    return { kind: 'settled', proposal: { ...proposal, state: answer.to, endReason: reason } }
  })
}
