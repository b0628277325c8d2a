import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { confirm, reject } from '../../../bot/src/engine/act/confirm.ts'
import { lookForEchoes } from '../../../bot/src/engine/act/echo.ts'
import { execute } from '../../../bot/src/engine/act/execute.ts'
import { offerTo } from '../../../bot/src/engine/act/offer.ts'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { expireDue, housekeeper } from '../../../bot/src/engine/act/recover.ts'
import { receiptView } from '../../../bot/src/engine/act/views.ts'
import { receiptProblem } from '../../../bot/src/cli/verify.ts'
import { signReceipt } from '../../../bot/src/store/journal.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import { aidId, erikId, openWorld, proposalIdOf, type ActWorld } from './act-world.ts'

let world: ActWorld

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.work()
  world.graph.enabled = true
  world.graph.next = 'works'
  world.graph.aidConnected = true
  world.graph.writes.length = 0
  world.graph.auditRows = []
  world.clock.now += 48 * 3600_000
  await expireDue(world.deps, housekeeper(world.ada.tenantId))
})

const options = { locale: 'en', chatUrl: 'https://chat.example', auditLogUrl: 'https://audit.example', now: 0 }

describe('the whole loop', () => {
  it('proposes, offers, confirms, writes once, reads back, finds the audit row and signs a receipt that verifies', async () => {
    const id = proposalIdOf(await world.disable())
    expect(world.graph.enabled).toBe(true)
    const offered = await world.deliver(id)
    expect(await world.press(offered)).toMatchObject({ kind: 'confirmed' })
    expect(world.graph.writes).toHaveLength(0)
    await world.work()
    expect(world.graph.writes).toHaveLength(1)
    expect(world.graph.writes[0]?.userAgent).toContain(`proposal ${id}; by ${world.ada.objectId}`)
    expect(await world.stateOf(id)).toBe('verified')

    world.graph.auditRows = [auditRow(new Date(world.clock.now).toISOString())]
    world.clock.now += 1
    await lookForEchoes(world.deps, housekeeper(world.ada.tenantId))
    const { receipt, file } = await readTx(world.deps.store, world.ada, async (tx) => ({
      receipt: await receiptView(tx, id, options),
      file: await signReceipt(tx, id, new Date(world.clock.now).toISOString()),
    }))
    expect(receipt?.links.map(({ step, state }) => [step, state])).toEqual([
      ['proposed', 'done'],
      ['countersigned', 'done'],
      ['carriedOut', 'done'],
      ['matched', 'done'],
      ['checkedAgain', 'notNeeded'],
    ])
    expect(receipt?.echo).toMatchObject({ state: 'found', rowId: 'row-1' })
    expect(receipt?.chainVerified).toBe(true)
    if (!file) throw new Error('No receipt was signed.')
    expect(receiptProblem(file, undefined)).toBeUndefined()
    expect(await world.kindsOf(id)).toEqual(['proposed', 'offered', 'confirmed', 'sending', 'answered', 'readBack', 'ended', 'echo'])
  })

  it('undoes it, once, and refuses when somebody changed it since', async () => {
    const id = proposalIdOf(await world.disable())
    await world.press(await world.deliver(id))
    await world.work()
    world.graph.enabled = true
    expect(await propose(world.deps, world.ada, { undo: id })).toMatchObject({ kind: 'refused', reason: 'changedSince' })
    world.graph.enabled = false
    const undo = proposalIdOf(await propose(world.deps, world.ada, { undo: id }))
    await world.press(await world.deliver(undo))
    await world.work()
    expect(world.graph.enabled).toBe(true)
    expect(await world.stateOf(undo)).toBe('verified')
    expect(await propose(world.deps, world.ada, { undo: id })).toMatchObject({ kind: 'refused', reason: 'undoTaken' })
    expect(await propose(world.deps, world.ada, { undo })).toMatchObject({ kind: 'refused', reason: 'undoOfUndo' })
  })

  it('asked for twice is one proposal', async () => {
    const first = await world.disable()
    expect(await world.disable()).toMatchObject({ kind: 'proposed', again: true, proposal: { id: proposalIdOf(first) } })
  })
})

describe('what cannot confirm', () => {
  async function refusalOf(attempt: (offered: Awaited<ReturnType<ActWorld['deliver']>>, id: string) => Promise<unknown>): Promise<unknown> {
    const id = proposalIdOf(await world.disable())
    const offered = await world.deliver(id)
    const answer = await attempt(offered, id)
    await world.work()
    expect(world.graph.writes).toHaveLength(0)
    expect(world.graph.enabled).toBe(true)
    expect(await world.stateOf(id)).not.toBe('verified')
    return answer
  }
  const button = (offered: Awaited<ReturnType<ActWorld['deliver']>>) => ({
    by: 'button' as const,
    offerId: offered.offer.id,
    nonce: offered.offer.nonce,
    cardActivityId: `card-${offered.offer.id}`,
  })

  it('another person', async () => {
    expect(await refusalOf((offered) => world.press(offered, world.bo))).toMatchObject({ kind: 'refused', guard: 'samePerson' })
  })
  it('a person of another tenant sees no such offer', async () => {
    const stranger = { ...world.ada, tenantId: '99999999-2222-4333-8444-555555555555' }
    expect(await refusalOf((offered) => world.press(offered, stranger))).toMatchObject({ kind: 'refused', guard: 'noOffer' })
  })
  it('a person who has lost the role', async () => {
    expect(await refusalOf((offered) => world.press(offered, { ...world.ada, roles: ['viewer'] }))).toMatchObject({
      kind: 'refused',
      guard: 'mayConfirm',
    })
  })
  it('the tab, with every role', async () => {
    expect(await refusalOf((offered) => world.press(offered, { ...world.ada, roles: ['owner', 'admin'], door: 'tab' }))).toMatchObject({
      kind: 'refused',
      guard: 'mayConfirm',
    })
  })
  it('another chat, and a group', async () => {
    expect(
      await refusalOf((offered) =>
        confirm(world.deps, world.ada, {
          yes: button(offered),
          chat: { conversationId: 'a:other', conversationType: 'personal' },
          words: '',
        }),
      ),
    ).toMatchObject({ guard: 'sameConversation' })
    expect(
      await refusalOf((offered) =>
        confirm(world.deps, world.ada, {
          yes: button(offered),
          chat: { conversationId: world.chat.conversationId, conversationType: 'other' },
          words: '',
        }),
      ),
    ).toMatchObject({ guard: 'oneToOne' })
  })
  it('a copy of the card, a wrong nonce, a wrong code', async () => {
    expect(
      await refusalOf((offered) =>
        confirm(world.deps, world.ada, { yes: { ...button(offered), cardActivityId: 'copy' }, chat: world.chat, words: '' }),
      ),
    ).toMatchObject({ guard: 'sameCard' })
    expect(
      await refusalOf((offered) =>
        confirm(world.deps, world.ada, { yes: { ...button(offered), nonce: 'guess' }, chat: world.chat, words: '' }),
      ),
    ).toMatchObject({ guard: 'noOffer' })
    expect(
      await refusalOf(() => confirm(world.deps, world.ada, { yes: { by: 'code', code: 'ZZZZ' }, chat: world.chat, words: '' })),
    ).toMatchObject({ guard: 'noOffer' })
  })
  it('an expired card, an older card of the same proposal', async () => {
    expect(
      await refusalOf(async (offered) => {
        world.clock.now += 301_000
        return world.press(offered)
      }),
    ).toMatchObject({ guard: 'offerWithinTime' })
    expect(
      await refusalOf(async (offered, id) => {
        await world.deliver(id)
        return world.press(offered)
      }),
    ).toMatchObject({ guard: 'offerLive' })
  })
  it('a bare yes when the card is not the latest message', async () => {
    expect(
      await refusalOf(() =>
        confirm(world.deps, world.ada, {
          yes: { by: 'bareYes', latestActivityId: 'something else', writtenAt: world.clock.now },
          chat: world.chat,
          words: 'yes',
        }),
      ),
    ).toMatchObject({ guard: 'noOffer' })
  })
  it('a withdrawn proposal; and only the person who asked can withdraw it', async () => {
    expect(
      await refusalOf(async (offered, id) => {
        expect(await reject(world.deps, world.bo, id)).toMatchObject({ kind: 'refused', guard: 'samePerson' })
        expect(await reject(world.deps, world.ada, id)).toMatchObject({ kind: 'rejected' })
        return world.press(offered)
      }),
    ).toMatchObject({ guard: 'state' })
  })
  it('an offer in a group is not made at all', async () => {
    const id = proposalIdOf(await world.disable())
    expect(await offerTo(world.deps, world.ada, id, { conversationId: '19:group', conversationType: 'other' })).toMatchObject({
      kind: 'refused',
      guard: 'oneToOne',
    })
  })
})

describe('confirmed once', () => {
  it('twenty presses at the same time are one write', async () => {
    const offered = await world.deliver(proposalIdOf(await world.disable()))
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.press(offered)))
    expect(answers.filter(({ kind }) => kind === 'confirmed')).toHaveLength(1)
    await world.work()
    expect(world.graph.writes).toHaveLength(1)
  })
  it('carried out by twenty workers at once is one write', async () => {
    const id = proposalIdOf(await world.disable())
    await world.press(await world.deliver(id))
    await Promise.all(Array.from({ length: 20 }, () => execute(world.deps, world.ada, id)))
    expect(world.graph.writes).toHaveLength(1)
    expect(await world.stateOf(id)).toBe('verified')
  })
  it('a typed yes with the code, and a bare yes to the latest message, count', async () => {
    const first = await world.deliver(proposalIdOf(await world.disable()))
    expect(
      await confirm(world.deps, world.ada, {
        yes: { by: 'code', code: first.offer.code },
        chat: world.chat,
        words: `yes ${first.offer.code}`,
      }),
    ).toMatchObject({ kind: 'confirmed' })
    await world.work()
    world.graph.enabled = true
    const second = await world.deliver(proposalIdOf(await world.disable()))
    expect(
      await confirm(world.deps, world.ada, {
        yes: { by: 'bareYes', latestActivityId: `card-${second.offer.id}`, writtenAt: world.clock.now },
        chat: world.chat,
        words: 'yes',
      }),
    ).toMatchObject({ kind: 'confirmed' })
  })
})

describe('when the world disagrees', () => {
  async function endOf(prepare: () => void): Promise<string | undefined> {
    const id = proposalIdOf(await world.disable())
    await world.press(await world.deliver(id))
    prepare()
    await world.work()
    return world.stateOf(id)
  }
  it('a third party changed the object: stale, nothing sent', async () => {
    expect(
      await endOf(() => {
        world.graph.enabled = false
      }),
    ).toBe('stale')
    expect(world.graph.writes).toHaveLength(0)
  })
  it('the service was down for longer than a yes lasts: expired, nothing sent', async () => {
    const end = await endOf(() => {
      world.clock.now += 16 * 60_000
    })
    expect(end).toBe('expired')
    expect(world.graph.writes).toHaveLength(0)
  })
  it('the Aid is gone: failed, nothing sent', async () => {
    expect(
      await endOf(() => {
        world.graph.aidConnected = false
      }),
    ).toBe('failed')
    expect(world.graph.writes).toHaveLength(0)
  })
  it.each([
    ['lostAfterEffect', 'verified'],
    ['lostBefore', 'indeterminate'],
    ['refused', 'failed'],
    ['pretends', 'verifyFailed'],
  ] as const)('Graph %s: %s, and no second send', async (next, state) => {
    expect(
      await endOf(() => {
        world.graph.next = next
      }),
    ).toBe(state)
    expect(world.graph.writes).toHaveLength(1)
  })
})

function auditRow(activityDateTime: string): unknown {
  return {
    id: 'row-1',
    activityDateTime,
    activityDisplayName: 'Disable account',
    correlationId: 'c-1',
    result: 'success',
    initiatedBy: { app: null, user: { id: aidId, userPrincipalName: 'aid@contoso.example' } },
    targetResources: [
      { id: erikId, displayName: null, modifiedProperties: [{ displayName: 'AccountEnabled', oldValue: '[true]', newValue: '[false]' }] },
    ],
    additionalDetails: [],
  }
}
