import { findAction } from '@countersign/core/actions/catalogue.ts'
import type { OfferFace } from '@countersign/core/actions/offer-card.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import type { Role } from '@countersign/core/principal.ts'
import { recordsFor } from '../../store/journal.ts'
import { listOffers } from '../../store/offers.ts'
import { listProposals } from '../../store/proposals.ts'
import { readTx, type ReadTx, type StoredJob } from '../../store/transaction.ts'
import type { ActDeps, Approver } from './deps.ts'
import { countersigners } from './step-views.ts'

/** Whether somebody with these roles may countersign an action. */
export function countersigns(actionId: string, roles: readonly Role[]): boolean {
  return (findAction(actionId)?.countersigners ?? []).some((role) => roles.includes(role))
}

/** Everybody who could countersign beside the person who asked. */
export async function secondPeople(
  deps: ActDeps,
  { tenantId, requestedBy, actionId }: Pick<Proposal, 'tenantId' | 'requestedBy' | 'actionId'>,
): Promise<readonly Approver[]> {
  return (await deps.approvers(tenantId, requestedBy)).filter(
    ({ objectId, roles }) => objectId !== requestedBy && countersigns(actionId, roles),
  )
}

/** Those of them who have not been shown a card of the proposal yet. */
export async function secondPeopleToAsk(deps: ActDeps, proposal: Proposal): Promise<readonly Approver[]> {
  const asked = await readTx(deps.store, { tenantId: proposal.tenantId, objectId: proposal.requestedBy }, (tx) =>
    listOffers(tx, { proposalId: proposal.id }),
  )
  return (await secondPeople(deps, proposal)).filter(({ objectId }) => !asked.some(({ personId }) => personId === objectId))
}

/**
 * Proposals of others that wait for a second person, oldest first; with roles, those that they may countersign. Whether
 * this person may be it is asked again when the card is made.
 */
export async function waitingForSecond(deps: ActDeps, person: StoredJob, roles?: readonly Role[]): Promise<readonly string[]> {
  const found = await readTx(deps.store, person, (tx) => listProposals(tx, { states: ['awaitingSecond'] }))
  const now = deps.now()
  return found
    .filter(({ requestedBy, expiresAt }) => requestedBy !== person.objectId && now < Date.parse(expiresAt))
    .filter(({ actionId }) => roles === undefined || countersigns(actionId, roles))
    .map(({ id }) => id)
    .reverse()
}

/** What the card of a person shows of who countersigned before; null on the card of the person who asked. */
export async function firstByFor(tx: ReadTx, proposal: Proposal, personId: string): Promise<OfferFace['firstBy']> {
  if (personId === proposal.requestedBy) return null
  const first = countersigners(await recordsFor(tx, proposal.id)).find(({ objectId }) => objectId === proposal.requestedBy)
  return first ? { name: first.name, objectId: first.objectId } : null
}
