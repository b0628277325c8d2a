import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { aidOf, deleteAid, putAid, setAidHealth, setAidRoles, type StoredAid } from '../../../bot/src/store/aid.ts'
import { conversationOf, deleteConversation, putConversation } from '../../../bot/src/store/conversations.ts'
import { addEcho, dueEchoes, echoesOf, listEchoes, moveEcho, type StoredEcho } from '../../../bot/src/store/echoes.ts'
import { endOffers, insertOffer, listOffers, moveOffer, offerById, setCardActivity } from '../../../bot/src/store/offers.ts'
import { insertProposal, listProposals, lockProposal, moveState } from '../../../bot/src/store/proposals.ts'
import { readTx, writeTx, type StoredJob, type WriteTx } from '../../../bot/src/store/transaction.ts'
import { buildOffer, buildProposal } from './build-proposal.ts'
import { openTestStore, type TestStore } from './test-store.ts'

const at = '2026-11-20T10:00:00.000Z'
const later = '2026-11-20T11:00:00.000Z'
let test: TestStore
let tenant: StoredJob
beforeAll(async () => void (test = await openTestStore()))
beforeEach(async () => void (tenant = await test.newTenant()))
afterAll(() => test.close())

function write<T>(fn: (tx: WriteTx) => Promise<T>): Promise<T> {
  return writeTx(test.store, tenant, fn)
}

describe('offers', () => {
  it('are live once per person and proposal, and once per code', async () => {
    const [proposal, other] = [buildProposal(tenant), buildProposal(tenant)]
    const first = buildOffer(proposal)
    await write(async (tx) => {
      await insertProposal(tx, proposal)
      await insertProposal(tx, other)
    })
    const inserted = await Promise.all(
      [first, ...Array.from({ length: 9 }, () => buildOffer(proposal, { code: randomUUID().slice(0, 4) }))].map((offer) =>
        write((tx) => insertOffer(tx, offer)),
      ),
    )
    expect(inserted.filter(Boolean)).toHaveLength(1)
    await write(async (tx) => {
      const ended = await endOffers(tx, proposal.id)
      expect(ended).toHaveLength(1)
      expect(await insertOffer(tx, { ...first, id: randomUUID(), nonce: randomUUID() })).toBe(true)
      expect(await insertOffer(tx, buildOffer(other))).toBe(false)
      expect(await insertOffer(tx, buildOffer(other, { code: 'A2C4' }))).toBe(true)
      expect(await insertOffer(tx, buildOffer(other, { personId: randomUUID() }))).toBe(true)
      expect(await listOffers(tx, { personId: tenant.objectId, state: 'live', code: 'A2C4' })).toHaveLength(1)
    })
  })

  it('are used at most once by 20 callers, and take one card', async () => {
    const proposal = buildProposal(tenant)
    const offer = buildOffer(proposal, { personId: randomUUID() })
    await write(async (tx) => {
      await insertProposal(tx, proposal)
      await insertOffer(tx, offer)
      expect(await setCardActivity(tx, offer.id, 'activity-1')).toBe(true)
      expect(await setCardActivity(tx, offer.id, 'activity-2')).toBe(false)
    })
    const used = await Promise.all(Array.from({ length: 20 }, () => write((tx) => moveOffer(tx, offer.id, 'live', 'used'))))
    expect(used.filter(Boolean)).toHaveLength(1)
    expect(await readTx(test.store, tenant, (tx) => offerById(tx, offer.id))).toEqual({
      ...offer,
      cardActivityId: 'activity-1',
      state: 'used',
    })
  })
})

describe('proposals', () => {
  it('are listed newest first by state and person', async () => {
    const mine = await test.newTenant()
    const old = buildProposal(mine, { createdAt: at })
    const young = buildProposal(mine, { createdAt: later })
    await writeTx(test.store, mine, async (tx) => {
      await insertProposal(tx, old)
      await insertProposal(tx, young)
      await moveState(tx, old.id, 'proposed', 'rejected', 'withdrawn')
      expect((await listProposals(tx)).map(({ id }) => id)).toEqual([young.id, old.id])
      expect((await listProposals(tx, { states: ['rejected'], requestedBy: mine.objectId }))[0]?.endReason).toBe('withdrawn')
      expect(await listProposals(tx, { withReceipt: true })).toEqual([])
      expect(await listProposals(tx, { limit: 1 })).toHaveLength(1)
      expect((await lockProposal(tx, young.id))?.hash).toBe(young.hash)
    })
  })
})

describe('what surrounds them', () => {
  it('echoes are found again when their next look is due', async () => {
    const proposal = buildProposal(tenant)
    const echo: StoredEcho = {
      proposalId: proposal.id,
      stepIndex: 0,
      state: 'pending',
      reason: null,
      actorId: 'aid',
      sentAt: at,
      expectedBy: later,
      nextLookAt: at,
      row: null,
      also: [],
      lookedAt: null,
    }
    const row = {
      id: 'r',
      activityDateTime: at,
      activityDisplayName: 'Disable account',
      correlationId: null,
      result: 'success',
      initiatedByUserId: 'aid',
      initiatedByUpn: null,
      targets: [],
      userAgent: null,
    }
    await write(async (tx) => {
      await insertProposal(tx, proposal)
      await addEcho(tx, echo)
      await addEcho(tx, { ...echo, sentAt: later })
      expect(await dueEchoes(tx, '2026-11-20T09:59:59.999Z')).toEqual([])
      expect(await dueEchoes(tx, later)).toEqual([echo])
      const found: StoredEcho = { ...echo, state: 'found', row, nextLookAt: null, lookedAt: later }
      expect(await moveEcho(tx, echo, found)).toBe(true)
      expect(await moveEcho(tx, echo, { ...echo, lookedAt: later })).toBe(false)
      expect(await dueEchoes(tx, later)).toEqual([])
      expect(await echoesOf(tx, proposal.id)).toMatchObject([{ state: 'found', row }])
      expect(await listEchoes(tx)).toHaveLength(1)
    })
  })

  it('the Aid is kept with its state', async () => {
    const aid: StoredAid = {
      objectId: randomUUID(),
      userPrincipalName: 'aid@contoso.com',
      state: 'connected',
      detail: null,
      reason: null,
      policy: null,
      roles: ['r'],
      heldRoles: [{ roleDefinitionId: 'r', name: 'Reports Reader', isBuiltIn: true, actions: [], scopes: ['/'] }],
      registrations: { read: 'r', chat: 'c', act: 'a' },
      scopes: ['User.Read'],
      connectedBy: tenant.objectId,
      connectedAt: at,
      checkedAt: at,
    }
    await write(async (tx) => {
      const lost = { state: 'needsSignIn', detail: 'MFA', reason: 'multiFactor', policy: 'All: MFA' } as const
      expect(await setAidHealth(tx, lost, later)).toBe(false)
      await putAid(tx, aid)
      expect(await aidOf(tx)).toEqual(aid)
      expect(await setAidHealth(tx, lost, later)).toBe(true)
      expect(await aidOf(tx)).toEqual({ ...aid, ...lost, checkedAt: later })
      await setAidRoles(tx, { heldRoles: [], registrations: null })
      expect(await aidOf(tx)).toMatchObject({ roles: [], heldRoles: [], registrations: null })
      await deleteAid(tx)
      expect(await aidOf(tx)).toBeUndefined()
    })
  })

  it('chats are one per person', async () => {
    const conversation = { personId: tenant.objectId, conversationId: 'a:1', reference: { bot: { id: '28:x' } } }
    await write(async (tx) => {
      await putConversation(tx, { ...conversation, conversationId: 'a:0' }, at)
      await putConversation(tx, conversation, later)
      expect(await conversationOf(tx, tenant.objectId)).toEqual(conversation)
      await deleteConversation(tx, tenant.objectId)
      expect(await conversationOf(tx, tenant.objectId)).toBeUndefined()
    })
  })
})
