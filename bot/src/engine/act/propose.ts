import { effectsOf as plannedEffects } from '@countersign/core/actions/blast/effects.ts'
import { catalogueVersion } from '@countersign/core/actions/catalogue.ts'
import { hashTerms, termsOf, type Proposal, type ProposalTerms } from '@countersign/core/actions/proposal.ts'
import { refuseWith, type Refusal } from '@countersign/core/actions/refusals.ts'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import { isEnabled } from '../../store/action-switches.ts'
import { aidOf } from '../../store/aid.ts'
import { append } from '../../store/journal.ts'
import { appendEvent } from '../../store/outbox.ts'
import { inTurnOf, insertProposal, listProposals, proposalsSince } from '../../store/proposals.ts'
import { readTx, writeTx, type ReadTx } from '../../store/transaction.ts'
import { blastRadius } from './blast.ts'
import { signInsThrough } from './blast-sign-ins.ts'
import { iso, type ActDeps } from './deps.ts'
import { draftOf, type ConnectedAid, type Drafted, type ProposalRequest } from './draft.ts'
import { effectsOf, type Effects } from './lock-out.ts'
import { secondPeople } from './second.ts'

export type { ProposalRequest } from './draft.ts'
export type ProposeAnswer =
  { readonly kind: 'proposed'; readonly proposal: Proposal; /** The same proposal was open already. */ readonly again: boolean } | Refusal

const lifetimeMs = 24 * 60 * 60 * 1000
/** More open proposals than this of one person are no longer read one by one (approval fatigue). */
const openAtMost = 10
const hourMs = 60 * 60 * 1000
const anHourAtMost = 30

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
  const { action } = draft
  if (!action.requesters.some((role) => principal.roles.includes(role)))
    return refuseWith('noRole', { roles: action.requesters.join(' or ') })
  const unready = await readTx(deps.store, principal, (tx) => notReady(tx, draft))
  if (unready) return unready
  const readiness = await effects(deps, principal, aid, draft, request.named ?? [])
  if (readiness.kind === 'refused') return readiness
  const asker = { tenantId: principal.tenantId, requestedBy: principal.objectId, actionId: action.id }
  if (action.impact === 'high' && (await secondPeople(deps, asker)).length === 0) return refuseWith('noSecond')
  return store(deps, principal, aid, draft, readiness)
}

/** Why the action cannot be used in this tenant now: an owner's word, or rights that the Aid was not granted. */
async function notReady(tx: ReadTx, { action }: Drafted): Promise<Refusal | undefined> {
  if (!(await isEnabled(tx, action.id))) return refuseWith('switchedOff', { title: action.title })
  const missing = missingScopes(action, (await aidOf(tx))?.scopes ?? [])
  return missing.length > 0 ? refuseWith('scopesMissing', { scopes: missing.join(', ') }) : undefined
}

/** What an action needs and the Aid's last token did not hold. */
export function missingScopes(
  { writeScopes, proofScopes }: { readonly writeScopes: readonly string[]; readonly proofScopes: readonly string[] },
  held: readonly string[],
): readonly string[] {
  return [...new Set([...writeScopes, ...proofScopes])].filter((scope) => !held.includes(scope))
}

/** The questions are those of the action; an undo leads back to what the tenant lived with before. */
async function effects(
  deps: ActDeps,
  principal: Principal,
  aid: ConnectedAid,
  { action, plan, undoes }: Drafted,
  named: readonly string[],
): Promise<Effects | Refusal> {
  const planned = undoes === null ? plannedEffects(action, plan) : []
  const now = deps.now()
  // Asked before the transaction, which is not to wait for Graph.
  const signIns = await signInsThrough(aid.reader, planned, { now, timeoutMs: deps.signInsPatienceMs })
  return readTx(deps.store, principal, async (tx) => effectsOf(await blastRadius(tx, planned, { now, signIns }), named))
}

async function store(deps: ActDeps, principal: Principal, aid: ConnectedAid, draft: Drafted, beyond: Effects): Promise<ProposeAnswer> {
  const { action, plan } = draft
  return writeTx(deps.store, principal, async (tx): Promise<ProposeAnswer> => {
    await inTurnOf(tx, principal.objectId)
    const now = deps.now()
    const open = await listProposals(tx, {
      states: ['proposed', 'offered', 'awaitingSecond', 'confirmed', 'executing', 'executed'],
      requestedBy: principal.objectId,
    })
    const live = open.filter(({ expiresAt }) => Date.parse(expiresAt) > now)
    const same = live.find(
      (other) =>
        other.actionId === action.id &&
        other.undoes === draft.undoes &&
        other.resumes === draft.resumes &&
        canonicalJson(other.input) === canonicalJson(draft.input) &&
        other.catalogueVersion === catalogueVersion,
    )
    if (same) return { kind: 'proposed', proposal: same, again: true }
    if (live.length >= openAtMost) return refuseWith('tooMany', { count: live.length })
    const lately = await proposalsSince(tx, principal.objectId, iso(now - hourMs))
    if (lately >= anHourAtMost) return refuseWith('tooFast', { count: lately })

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
      blast: beyond.blast,
      approvals: action.impact === 'high' ? 2 : 1,
      acknowledged: beyond.acknowledged,
      undoes: draft.undoes,
      resumes: draft.resumes,
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
