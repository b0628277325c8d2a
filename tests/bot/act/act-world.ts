import { randomBytes, randomUUID } from 'node:crypto'
import { actions } from '@countersign/core/actions/catalogue.ts'
import type { Warrant } from '@countersign/core/actions/warrant.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { confirm, type ConfirmAnswer } from '../../../bot/src/engine/act/confirm.ts'
import type { ActDeps } from '../../../bot/src/engine/act/deps.ts'
import { cardDelivered, offerTo, type OfferAnswer } from '../../../bot/src/engine/act/offer.ts'
import { propose, type ProposeAnswer } from '../../../bot/src/engine/act/propose.ts'
import type { GraphAnswer, GraphPage, GraphReader } from '../../../bot/src/graph/reader.ts'
import type { GraphWriter, WriteOutcome } from '../../../bot/src/graph/writer.ts'
import { putAid } from '../../../bot/src/store/aid.ts'
import { recordsFor } from '../../../bot/src/store/journal.ts'
import { proposalById } from '../../../bot/src/store/proposals.ts'
import { readTx, writeTx } from '../../../bot/src/store/transaction.ts'
import { openTestStore, silentLog, type TestStore } from '../store/test-store.ts'

export const erikId = '11111111-2222-4333-8444-555555555555'
export const aidId = 'aaaaaaaa-2222-4333-8444-555555555555'
const startedAt = Date.parse('2026-11-22T12:00:00Z')

/** One tenant with one user in memory, the real store, and the real engine between them. */
export interface ActWorld {
  readonly deps: ActDeps
  readonly ada: Principal
  readonly bo: Principal
  /** Who could countersign as the second person: nobody, unless a test says so. */
  readonly seconds: Principal[]
  readonly chat: { readonly conversationId: string; readonly conversationType: 'personal' }
  readonly graph: FakeGraph
  readonly clock: { now: number }
  /** Runs what the engine put off; tests decide when. */
  readonly work: () => Promise<void>
  readonly disable: () => Promise<ProposeAnswer>
  readonly deliver: (proposalId: string) => Promise<Extract<OfferAnswer, { kind: 'offered' }>>
  readonly press: (offer: Extract<OfferAnswer, { kind: 'offered' }>, by?: Principal) => Promise<ConfirmAnswer>
  readonly stateOf: (proposalId: string) => Promise<string | undefined>
  readonly kindsOf: (proposalId: string) => Promise<string[]>
  readonly close: () => Promise<void>
}

export interface FakeGraph {
  enabled: boolean
  readonly writes: Warrant[]
  /** What the next sends do instead of the truth. */
  next: 'works' | 'lostAfterEffect' | 'lostBefore' | 'refused' | 'pretends'
  aidConnected: boolean
  auditRows: readonly unknown[]
}

export async function openWorld(): Promise<ActWorld> {
  const test: TestStore = await openTestStore()
  const { tenantId } = await test.newTenant()
  const clock = { now: startedAt }
  const graph: FakeGraph = { enabled: true, writes: [], next: 'works', aidConnected: true, auditRows: [] }
  const seconds: Principal[] = []
  const pending: (() => Promise<void>)[] = []
  const reader: GraphReader = {
    get: (path) => Promise.resolve(answer(path)),
    async *pages(): AsyncIterable<GraphPage> {
      yield { kind: 'page', rows: graph.auditRows }
    },
    batch: async (paths) => paths.map(answer),
  }
  function answer(path: string): GraphAnswer {
    if (!path.startsWith(`/users/${erikId}`))
      return { kind: 'refused', status: 404, code: 'Request_ResourceNotFound', message: '', requestId: '', grantedScopes: [] }
    return {
      kind: 'answer',
      requestId: 'r',
      body: {
        id: erikId,
        displayName: 'Erik Holm',
        userPrincipalName: 'erik@contoso.example',
        accountEnabled: graph.enabled,
        onPremisesSyncEnabled: null,
      },
    }
  }
  const writer: GraphWriter = { send: (warrant) => Promise.resolve(sendTo(graph, warrant)) }
  const deps: ActDeps = {
    store: test.store,
    log: silentLog,
    act: 'on',
    version: '0.0.0',
    now: () => clock.now,
    newId: randomUUID,
    randomBytes: (count) => randomBytes(count),
    aid: () =>
      Promise.resolve(
        graph.aidConnected
          ? { kind: 'aid', objectId: aidId, userPrincipalName: 'aid@contoso.example', reader, writer }
          : { kind: 'notConnected' },
      ),
    approvers: () => Promise.resolve(seconds.map(({ objectId, displayName, roles }) => ({ objectId, name: displayName, roles }))),
    later: (work) => void pending.push(work),
    wait: () => Promise.resolve(),
    checkpoint: () => Promise.resolve(),
    readBackWaits: [0, 1],
    echoLooks: [0, 60_000],
  }
  const person = (name: string): Principal => ({ tenantId, objectId: randomUUID(), displayName: name, roles: ['admin'], door: 'chat' })
  const ada = person('Ada')
  const chat = { conversationId: 'a:ada', conversationType: 'personal' } as const
  await writeTx(test.store, ada, (tx) =>
    putAid(tx, {
      objectId: aidId,
      userPrincipalName: 'aid@contoso.example',
      state: 'connected',
      detail: null,
      reason: null,
      policy: null,
      roles: [],
      heldRoles: [],
      scopes: [...new Set(actions.flatMap(({ writeScopes, proofScopes }) => [...writeScopes, ...proofScopes]))],
      connectedBy: ada.objectId,
      connectedAt: new Date(startedAt).toISOString(),
      checkedAt: new Date(startedAt).toISOString(),
    }),
  )
  return {
    deps,
    ada,
    bo: person('Bo'),
    seconds,
    chat,
    graph,
    clock,
    work: async () => {
      for (let next = pending.shift(); next; next = pending.shift()) await next()
    },
    disable: () => propose(deps, ada, { actionId: 'disable-user', input: { userId: erikId } }),
    deliver: async (proposalId) => {
      const offered = await offerTo(deps, ada, proposalId, chat)
      if (offered.kind !== 'offered') throw new Error(`The card was not offered: ${offered.guard}.`)
      await cardDelivered(deps, ada, offered.offer.id, `card-${offered.offer.id}`)
      return offered
    },
    press: ({ offer }, by = ada) =>
      confirm(deps, by, {
        yes: { by: 'button', offerId: offer.id, nonce: offer.nonce, cardActivityId: `card-${offer.id}` },
        chat,
        words: 'Countersign',
      }),
    stateOf: (proposalId) => readTx(test.store, ada, async (tx) => (await proposalById(tx, proposalId))?.state),
    kindsOf: (proposalId) => readTx(test.store, ada, async (tx) => (await recordsFor(tx, proposalId)).map(({ kind }) => kind)),
    close: () => test.close(),
  }
}

function sendTo(graph: FakeGraph, warrant: Warrant): WriteOutcome {
  graph.writes.push(warrant)
  const effect = (): void => {
    graph.enabled = JSON.stringify(warrant.request.body) === '{"accountEnabled":true}'
  }
  switch (graph.next) {
    case 'works':
      effect()
      return { kind: 'answered', status: 204, requestId: 'r' }
    case 'lostAfterEffect':
      effect()
      return { kind: 'unknown', why: 'cut' }
    case 'lostBefore':
      return { kind: 'unknown', why: 'cut' }
    case 'refused':
      return { kind: 'refused', status: 403, code: 'Authorization_RequestDenied', message: '', requestId: 'r' }
    case 'pretends':
      return { kind: 'answered', status: 204, requestId: 'r' }
  }
}

export function proposalIdOf(answer: ProposeAnswer): string {
  if (answer.kind !== 'proposed') throw new Error(`Nothing was proposed: ${answer.reason}.`)
  return answer.proposal.id
}
