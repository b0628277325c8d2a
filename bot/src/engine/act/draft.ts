import type { Action, Plan } from '@countersign/core/actions/action.ts'
import { findAction } from '@countersign/core/actions/catalogue.ts'
import { judgeExpectation } from '@countersign/core/actions/expectation.ts'
import { refuseWith, type Refusal } from '@countersign/core/actions/refusals.ts'
import type { Json } from '@countersign/core/digest.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { findingByKey, type StoredFinding } from '../../store/findings.ts'
import { proposalById } from '../../store/proposals.ts'
import { readTx } from '../../store/transaction.ts'
import type { ActDeps, AidAnswer } from './deps.ts'
import { draftUndo, restOfUndo } from './draft-undo.ts'
import { planWith, readJson } from './pre-state.ts'

export type ProposalRequest = (
  | { readonly findingKey: string }
  | { readonly findingKeys: readonly string[] }
  | { readonly undo: string }
  | { readonly resume: string }
  | { readonly actionId: string; readonly input: unknown }
) & {
  /** Names of what would be locked out, written out by the person who asks for it all the same. */
  readonly named?: readonly string[] | undefined
}

export type ConnectedAid = Extract<AidAnswer, { kind: 'aid' }>
export interface Drafted {
  readonly kind: 'draft'
  readonly action: Action
  readonly input: Json
  readonly plan: Extract<Plan, { kind: 'plan' }>
  readonly undoes: string | null
  readonly resumes: string | null
  readonly findingKeys: readonly string[]
}
export type Draft = Drafted | Refusal

/** Everything of a proposal that follows from the tenant as it is now. */
export async function draftOf(deps: ActDeps, principal: Principal, aid: ConnectedAid, request: ProposalRequest): Promise<Draft> {
  if ('undo' in request) return draftUndo(deps, principal, aid, request.undo)
  if ('resume' in request) return draftRest(deps, principal, aid, request.resume)
  if ('actionId' in request) return draftAction(deps, principal, aid, request.actionId, request.input, [])
  if ('findingKeys' in request) return draftSeveral(deps, principal, aid, request.findingKeys)
  const finding = await readTx(deps.store, principal, (tx) => findingByKey(tx, request.findingKey))
  if (!finding || (finding.state !== 'open' && finding.state !== 'returned')) return refuseWith('noSuchFinding')
  const fix = checks.find(({ id }) => id === finding.checkId)?.fix
  if (!fix) return refuseWith('noFix')
  const input = fix.input({ ...finding.object, values: finding.values, basis: [] })
  if (!input) return refuseWith('noFix')
  return draftAction(deps, principal, aid, fix.action, input, [finding.key])
}

/** One plan for several objects of one check; each must be open still. */
async function draftSeveral(deps: ActDeps, principal: Principal, aid: ConnectedAid, keys: readonly string[]): Promise<Draft> {
  const found = await readTx(deps.store, principal, async (tx) => {
    const findings: StoredFinding[] = []
    for (const key of new Set(keys)) {
      const finding = await findingByKey(tx, key)
      if (finding && (finding.state === 'open' || finding.state === 'returned')) findings.push(finding)
    }
    return findings
  })
  const [first] = found
  if (!first || found.length < new Set(keys).size || found.some(({ checkId }) => checkId !== first.checkId))
    return refuseWith('noSuchFinding')
  const several = checks.find(({ id }) => id === first.checkId)?.fix?.several
  if (!several || found.length > several.most) return refuseWith('noFix')
  const input = several.input(found.map(({ object, values }) => ({ ...object, values, basis: [] })))
  return draftAction(
    deps,
    principal,
    aid,
    several.action,
    input,
    found.map(({ key }) => key),
  )
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
  return { kind: 'draft', action, input: preparation.prepared.input, plan, undoes: null, resumes: null, findingKeys }
}

/** The rest of a plan that stopped: the same input planned anew, without the objects that are now as they were to be. */
async function draftRest(deps: ActDeps, principal: Principal, aid: ConnectedAid, proposalId: string): Promise<Draft> {
  const stopped = await readTx(deps.store, principal, (tx) => proposalById(tx, proposalId))
  if (!stopped) return refuseWith('noSuchProposal')
  if (stopped.state !== 'partlyDone') return refuseWith('nothingToResume')
  if (stopped.undoes !== null) return restOfUndo(deps, principal, aid, stopped)
  const done = new Set<string>()
  for (const { about, readBack } of stopped.steps) {
    const read = await readJson(aid.reader, readBack.read)
    if (read.kind === 'unreadable') return refuseWith('graphRefused', { code: read.code })
    if (read.kind === 'signInLost') return refuseWith('aidNeedsSignIn', { why: read.why })
    if (judgeExpectation(readBack.expect, read.body) === 'met') done.add(about.id.toLowerCase())
  }
  if (done.size === stopped.steps.length) return refuseWith('nothingToResume')
  const draft = await draftAction(deps, principal, aid, stopped.actionId, without(stopped.input, done), stopped.findingKeys)
  return draft.kind === 'draft' ? { ...draft, resumes: stopped.id } : draft
}

/** An input whose lists name none of these ids. */
function without(input: Json, ids: ReadonlySet<string>): Json {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return input
  const isKept = (entry: Json): boolean => typeof entry !== 'string' || !ids.has(entry.toLowerCase())
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, Array.isArray(value) ? value.filter(isKept) : value]))
}
