import { catalogueVersion, findAction } from '@countersign/core/actions/catalogue.ts'
import type { Action, Plan } from '@countersign/core/actions/action.ts'
import { hashTerms, termsOf, type Proposal, type ProposalTerms } from '@countersign/core/actions/proposal.ts'
import { refuseWith, type Refusal } from '@countersign/core/actions/refusals.ts'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import { findingByKey } from '../../store/findings.ts'
import { append } from '../../store/journal.ts'
import { appendEvent } from '../../store/outbox.ts'
import { insertProposal, listProposals, proposalById } from '../../store/proposals.ts'
import { readTx, writeTx } from '../../store/transaction.ts'
import { blastRadius } from './blast.ts'
import { iso, type ActDeps, type AidAnswer } from './deps.ts'
import { planWith, readUndoState } from './pre-state.ts'

export type ProposalRequest = (
  | { readonly findingKey: string }
  | { readonly undo: string }
  | { readonly resume: string }
  | { readonly actionId: string; readonly input: unknown }
) & {
  /** Names of what would be locked out, written out by the person who asks for it all the same. */ readonly named?:
    readonly string[] | undefined
}
export type ProposeAnswer =
  { readonly kind: 'proposed'; readonly proposal: Proposal; /** The same proposal was open already. */ readonly again: boolean } | Refusal

const lifetimeMs = 24 * 60 * 60 * 1000
/** More open proposals than this of one person are no longer read one by one (approval fatigue). */
const openAtMost = 10
const dayMs = 24 * 60 * 60 * 1000

type ConnectedAid = Extract<AidAnswer, { kind: 'aid' }>
type Draft =
  | {
      readonly kind: 'draft'
      readonly action: Action
      readonly input: Json
      readonly plan: Extract<Plan, { kind: 'plan' }>
      readonly undoes: string | null
      readonly findingKeys: readonly string[]
    }
  | Refusal

/** The one way to a proposal, whatever the door. Changes nothing in the tenant: it reads, plans and stores. */
export async function propose(deps: ActDeps, principal: Principal, request: ProposalRequest): Promise<ProposeAnswer> {
  if (deps.act === 'off') return refuseWith('actOff')
  const allowed = permission(principal, 'propose')
  if (!allowed.may) return refuseWith('noRole', { roles: allowed.needs.join(' or ') })
  const aid = await deps.aid(principal.tenantId)
  if (aid.kind === 'notConnected') return refuseWith('aidNotConnected')
  if (aid.kind === 'needsSignIn') return refuseWith('aidNeedsSignIn', { why: aid.why })

  const draft = await draftOf(deps, principal, aid, request)
  if (draft.kind === 'refused') return draft
  if (!draft.action.requesters.some((role) => principal.roles.includes(role)))
    return refuseWith('noRole', { roles: draft.action.requesters.join(' or ') })
  return store(deps, principal, aid, draft)
}

async function draftOf(deps: ActDeps, principal: Principal, aid: ConnectedAid, request: ProposalRequest): Promise<Draft> {
  if ('resume' in request) return refuseWith('nothingToResume')
  if ('undo' in request) return draftUndo(deps, principal, aid, request.undo)
  if ('actionId' in request) return draftAction(deps, principal, aid, request.actionId, request.input, [])
  const finding = await readTx(deps.store, principal, (tx) => findingByKey(tx, request.findingKey))
  if (!finding || (finding.state !== 'open' && finding.state !== 'returned')) return refuseWith('noSuchFinding')
  const fix = checks.find(({ id }) => id === finding.checkId)?.fix
  if (!fix) return refuseWith('noFix')
  const input = fix.input({ ...finding.object, values: finding.values, basis: [] })
  if (!input) return refuseWith('noFix')
  return draftAction(deps, principal, aid, fix.action, input, [finding.key])
}

async function draftAction(
  deps: ActDeps,
  principal: Principal,
  aid: ConnectedAid,
  actionId: string,
  rawInput: unknown,
  findingKeys: readonly string[],
): Promise<Draft> {
  const action = findAction(actionId)
  if (!action) return refuseWith('noSuchAction', { id: actionId.slice(0, 60) })
  const preparation = action.prepare(rawInput)
  if (preparation.kind === 'badInput')
    return refuseWith('badInput', { issues: preparation.issues.map(({ path, message }) => `${path || 'input'}: ${message}`).join('; ') })
  const planned = await planWith(aid.reader, preparation.prepared, {
    now: deps.now(),
    requestedBy: principal.objectId,
    aidId: aid.objectId,
  })
  switch (planned.kind) {
    case 'unreadable':
      return refuseWith('graphRefused', { code: planned.code })
    case 'signInLost':
      return refuseWith('aidNeedsSignIn', { why: planned.why })
    case 'planned':
      break
  }
  const { plan } = planned
  if (plan.kind === 'refused') return { kind: 'refused', reason: plan.reason, values: plan.values, actionId: action.id }
  return { kind: 'draft', action, input: preparation.prepared.input, plan, undoes: null, findingKeys }
}

/** The plan that puts the touched fields back, or why not. */
async function draftUndo(deps: ActDeps, principal: Principal, aid: ConnectedAid, proposalId: string): Promise<Draft> {
  const { original, undone } = await readTx(deps.store, principal, async (tx) => ({
    original: await proposalById(tx, proposalId),
    undone: (await listProposals(tx, { states: ['verified'] })).some(({ undoes }) => undoes === proposalId),
  }))
  if (!original) return refuseWith('noSuchProposal')
  if (original.undoes !== null) return refuseWith('undoOfUndo')
  if (original.state !== 'verified') return refuseWith('undoNotVerified')
  if (undone) return refuseWith('undoTaken')
  const action = findAction(original.actionId)
  if (!action) return refuseWith('noSuchAction', { id: original.actionId })
  if (!action.undo.possible) return refuseWith('undoImpossible', { because: action.undo.because })
  const until = Date.parse(original.createdAt) + action.undo.days * dayMs
  if (deps.now() > until) return refuseWith('undoTooLate', { until: iso(until) })

  const state = await readUndoState(aid.reader, original)
  if (state.kind === 'unreadable') return refuseWith('graphRefused', { code: state.code })
  if (state.kind === 'signInLost') return refuseWith('aidNeedsSignIn', { why: state.why })
  if (state.kind === 'changed') return refuseWith('changedSince')
  const steps = original.steps
    .flatMap(({ class: stepClass, about, undo }) =>
      undo ? [{ class: stepClass, about, write: undo.write, readBack: undo.readBack, undo: null, echo: undo.echo }] : [],
    )
    .reverse()
  if (steps.length !== original.steps.length)
    return refuseWith('undoImpossible', { because: 'Not every step of this change can be undone.' })
  const changes = original.changes.map(({ field, before, after }) => ({ field, before: after, after: before }))
  return {
    kind: 'draft',
    action,
    input: original.input,
    plan: { kind: 'plan', subject: original.subject, changes, steps, preState: state.preState, warnings: [] },
    undoes: original.id,
    findingKeys: [],
  }
}

async function store(
  deps: ActDeps,
  principal: Principal,
  aid: ConnectedAid,
  draft: Extract<Draft, { kind: 'draft' }>,
): Promise<ProposeAnswer> {
  const now = deps.now()
  const { action, plan } = draft
  return writeTx(deps.store, principal, async (tx): Promise<ProposeAnswer> => {
    const open = await listProposals(tx, {
      states: ['proposed', 'offered', 'confirmed', 'executing', 'executed'],
      requestedBy: principal.objectId,
    })
    const live = open.filter(({ expiresAt }) => Date.parse(expiresAt) > now)
    const same = live.find(
      (other) =>
        other.actionId === action.id &&
        other.undoes === draft.undoes &&
        canonicalJson(other.input) === canonicalJson(draft.input) &&
        other.catalogueVersion === catalogueVersion,
    )
    if (same) return { kind: 'proposed', proposal: same, again: true }
    if (live.length >= openAtMost) return refuseWith('tooMany', { count: live.length })

    const terms: ProposalTerms = {
      id: deps.newId(),
      tenantId: principal.tenantId,
      actionId: action.id,
      catalogueVersion,
      requestedBy: principal.objectId,
      door: principal.door,
      input: draft.input,
      subject: plan.subject,
      changes: plan.changes,
      steps: plan.steps,
      preState: plan.preState,
      warnings: plan.warnings,
      actorId: aid.objectId,
      actor: 'aid',
      blast: draft.undoes === null ? await blastRadius(tx, action, plan) : [],
      approvals: 1,
      acknowledged: [],
      undoes: draft.undoes,
      resumes: null,
      findingKeys: draft.findingKeys,
      createdAt: iso(now),
      expiresAt: iso(now + lifetimeMs),
    }
    const proposal: Proposal = { ...terms, hash: hashTerms(terms), state: 'proposed', endReason: null, receiptNumber: null }
    await insertProposal(tx, proposal)
    appendEvent(tx, 'proposal.changed', proposal.id, iso(now))
    await append(tx, {
      kind: 'proposed',
      subjectId: proposal.id,
      at: iso(now),
      body: {
        terms: asJson(termsOf(terms)),
        hash: proposal.hash,
        by: { objectId: principal.objectId, name: principal.displayName },
        aid: aid.userPrincipalName,
      },
    })
    return { kind: 'proposed', proposal, again: false }
  })
}

/** Terms hold JSON only; their interface types just do not say so. */
export function asJson(terms: ProposalTerms): Json {
  return JSON.parse(JSON.stringify(terms)) as Json
}
