import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { actions, findAction } from '@countersign/core/actions/catalogue.ts'
import type { Receipt } from '@countersign/core/api/proposals.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { confirm } from '../../../../bot/src/engine/act/confirm.ts'
import { lookForEchoes } from '../../../../bot/src/engine/act/echo.ts'
import { cardDelivered, offerTo } from '../../../../bot/src/engine/act/offer.ts'
import { propose, type ProposalRequest } from '../../../../bot/src/engine/act/propose.ts'
import { housekeeper } from '../../../../bot/src/engine/act/recover.ts'
import { receiptView } from '../../../../bot/src/engine/act/views.ts'
import { proposalById } from '../../../../bot/src/store/proposals.ts'
import { readTx } from '../../../../bot/src/store/transaction.ts'
import { asSeen } from './as-seen.ts'
import { tripCases } from './cases.ts'
import { openEmulatedWorld, type EmulatedWorld } from './emulated-world.ts'

let world: EmulatedWorld

beforeAll(async () => {
  world = await openEmulatedWorld()
})
afterAll(() => world?.close())

/** Shows a person the card of a proposal in their own chat, and presses its button. */
async function countersign(person: Principal, proposalId: string): Promise<string> {
  const chat = { conversationId: `a:${person.objectId}`, conversationType: 'personal' } as const
  const offered = await offerTo(world.deps, person, proposalId, chat)
  if (offered.kind !== 'offered') throw new Error(`No card was shown to ${person.displayName}: ${offered.guard}.`)
  expect(offered.preview.changes.length).toBeGreaterThan(0)
  const cardActivityId = `card-${offered.offer.id}`
  await cardDelivered(world.deps, person, offered.offer.id, cardActivityId)
  const yes = { by: 'button', offerId: offered.offer.id, nonce: offered.offer.nonce, cardActivityId } as const
  const answer = await confirm(world.deps, person, { yes, chat, words: 'Countersign' })
  return answer.kind === 'refused' ? answer.guard : answer.kind
}

/** Proposes, has everybody who must say yes, and carries out; answers the receipt once the audit log has every row. */
async function carryOut(person: Principal, request: ProposalRequest, isHigh: boolean): Promise<Receipt> {
  await world.effects()
  const answer = await propose(world.deps, person, request)
  if (answer.kind === 'refused') throw new Error(`Nothing was proposed: ${answer.reason} ${JSON.stringify(answer.values)}`)
  const { id, steps } = answer.proposal
  if (isHigh) expect(await countersign(person, id)).toBe('confirmedFirst')
  expect(await world.effects()).toEqual([])
  expect(await countersign(isHigh ? world.second : person, id)).toBe('confirmed')
  await world.work()
  const ended = await readTx(world.deps.store, person, (tx) => proposalById(tx, id))
  expect([ended?.state, ended?.endReason]).toEqual(['verified', null])
  expect(await world.effects()).toEqual(steps.map(({ write }) => `${write.method} ${write.path}`))
  return receiptWithEchoes(person, id)
}

const options = { locale: 'en', chatUrl: 'https://chat.example', auditLogUrl: 'https://audit.example' }

async function receiptWithEchoes(person: Principal, proposalId: string): Promise<Receipt> {
  for (;;) {
    await lookForEchoes(world.deps, housekeeper(person.tenantId))
    const receipt = await readTx(world.deps.store, person, (tx) => receiptView(tx, proposalId, { ...options, now: Date.now() }))
    if (!receipt) throw new Error('There is no receipt.')
    // Found, or not looked for any more.
    if (receipt.steps.every(({ echo }) => ['found', 'notFound', 'notReadable'].includes(echo?.state ?? 'pending'))) return receipt
    await wait(30)
  }
}

function expectWhole(receipt: Receipt): void {
  expect(receipt.steps.map(({ state, echo }) => [state, echo?.state])).toEqual(receipt.steps.map(() => ['done', 'found']))
  expect(receipt.links.filter(({ state }) => state === 'broken' || state === 'waiting')).toEqual([])
  expect(receipt.chainVerified).toBe(true)
}

it('every action of the catalogue has a case, and no case is of another', () => {
  expect([...new Set(tripCases.map(({ actionId }) => actionId))].sort()).toEqual(actions.map(({ id }) => id).sort())
})

describe('there and back', () => {
  it.each(tripCases.map((trip) => [trip.actionId, trip.about, trip] as const))('%s: %s', async (actionId, _about, trip) => {
    const action = findAction(actionId)
    if (!action) throw new Error(`There is no action ${actionId}.`)
    const isHigh = action.impact === 'high'
    const person = world.somebody('Ada')
    const { input, look } = await trip.plant(world.arrange)
    expect(await look()).toEqual(trip.shows[0])
    const before = await asSeen(world.arrange, trip)

    const receipt = await carryOut(person, { actionId, input }, isHigh)
    expectWhole(receipt)
    expect(await look()).toEqual(trip.shows[1])

    if (trip.undo === 'none') {
      expect(await propose(world.deps, person, { undo: receipt.proposalId })).toMatchObject({ kind: 'refused', reason: 'undoImpossible' })
      return
    }
    expectWhole(await carryOut(person, { undo: receipt.proposalId }, isHigh))
    expect(await asSeen(world.arrange, trip)).toBe(before)
  })
})
