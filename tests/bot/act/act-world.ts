import { randomBytes, randomUUID } from 'node:crypto'
import { actions } from '@countersign/core/actions/catalogue.ts'
import type { Warrant } from '@countersign/core/actions/warrant.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { confirm, type ConfirmAnswer } from '../../../bot/src/engine/act/confirm.ts'
import type { ActDeps, Checkpoint } from '../../../bot/src/engine/act/deps.ts'
import { cardDelivered, offerTo, type OfferAnswer } from '../../../bot/src/engine/act/offer.ts'
import { propose, type ProposeAnswer } from '../../../bot/src/engine/act/propose.ts'
import type { GraphAnswer, GraphPage, GraphReader } from '../../../bot/src/graph/reader.ts'
import type { GraphWriter, WriteOutcome } from '../../../bot/src/graph/writer.ts'
import { putAid, type StoredAid } from '../../../bot/src/store/aid.ts'
import type { Store } from '../../../bot/src/store/database.ts'
import { recordsFor } from '../../../bot/src/store/journal.ts'
import { proposalById } from '../../../bot/src/store/proposals.ts'
import { readTx, writeTx } from '../../../bot/src/store/transaction.ts'
import { openTestStore, silentLog, type TestStore } from '../store/test-store.ts'

export const erikId = '11111111-2222-4333-8444-555555555555'
export const aidId = 'aaaaaaaa-2222-4333-8444-555555555555'
/** Guests who have not come for more than a year, in the order of their names. */
export const guestIds = [1, 2, 3].map((number) => `22222222-2222-4333-8444-00000000000${number}`)
const startedAt = Date.parse('2026-11-22T12:00:00Z')

/** One tenant with one user in memory, the real store, and the real engine between them. */
export interface ActWorld {
  readonly test: TestStore
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
  /** Whether each guest may sign in, by object id. */
  readonly guests: Map<string, boolean>
  /** What becomes of the next sends, one after the other; then `next` says. */
  readonly script: FakeGraph['next'][]
  /** Runs after each send: what somebody else does in the meantime. */
  meanwhile: (sent: number) => void
  /** What happens at a place in the engine; throwing there is the end of the process. */
  at: (checkpoint: Checkpoint) => Promise<void>
  readonly writes: Warrant[]
  /** What the next sends do instead of the truth. */
  next: 'works' | 'lostAfterEffect' | 'lostBefore' | 'refused' | 'pretends'
  aidConnected: boolean
  /** Objects that Graph does not let the Aid read now. */
  readonly hidden: Set<string>
  auditRows: readonly unknown[]
}

export async function openWorld(): Promise<ActWorld> {
  const test: TestStore = await openTestStore()
  const { tenantId } = await test.newTenant()
  const clock = { now: startedAt }
  const graph: FakeGraph = {
    enabled: true,
    guests: new Map(guestIds.map((id) => [id, true])),
    script: [],
    meanwhile: () => undefined,
    at: () => Promise.resolve(),
    hidden: new Set(),
    writes: [],
    next: 'works',
    aidConnected: true,
    auditRows: [],
  }
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
    const id = /^\/users\/([^?]+)/.exec(path)?.[1] ?? ''
    if (graph.hidden.has(id))
      return { kind: 'refused', status: 403, code: 'Authorization_RequestDenied', message: '', requestId: '', grantedScopes: [] }
    const isEnabled = graph.guests.get(id)
    if (isEnabled !== undefined) return { kind: 'answer', requestId: 'r', body: guestBody(id, isEnabled) }
    if (id !== erikId)
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
    checkpoint: (name) => graph.at(name),
    readBackWaits: [0, 1],
    echoLooks: [0, 60_000],
  }
  const person = (name: string): Principal => ({ tenantId, objectId: randomUUID(), displayName: name, roles: ['admin'], door: 'chat' })
  const ada = person('Ada')
  const chat = { conversationId: 'a:ada', conversationType: 'personal' } as const
  await connectAid(test.store, ada, {
    objectId: aidId,
    userPrincipalName: 'aid@contoso.example',
    scopes: [...new Set(actions.flatMap(({ writeScopes, proofScopes }) => [...writeScopes, ...proofScopes]))],
    at: new Date(startedAt).toISOString(),
  })
  return {
    test,
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

/** Notes an account as the Aid, connected by this person with a token of these scopes. */
export async function connectAid(
  store: Store,
  by: Principal,
  { objectId, userPrincipalName, scopes, at }: Pick<StoredAid, 'objectId' | 'userPrincipalName' | 'scopes'> & { readonly at: string },
): Promise<void> {
  await writeTx(store, by, (tx) =>
    putAid(tx, {
      objectId,
      userPrincipalName,
      state: 'connected',
      detail: null,
      reason: null,
      policy: null,
      roles: [],
      heldRoles: [],
      registrations: null,
      scopes,
      connectedBy: by.objectId,
      connectedAt: at,
      checkedAt: at,
    }),
  )
}

function guestBody(id: string, accountEnabled: boolean) {
  const number = id.slice(-1)
  return {
    id,
    displayName: `Guest ${number}`,
    userPrincipalName: `guest${number}_fabrikam.example#EXT#@contoso.example`,
    accountEnabled,
    userType: 'Guest',
    createdDateTime: '2025-01-01T00:00:00Z',
    signInActivity: { lastSuccessfulSignInDateTime: '2025-06-01T00:00:00Z', lastSignInDateTime: null },
    onPremisesSyncEnabled: null,
  }
}

function sendTo(graph: FakeGraph, warrant: Warrant): WriteOutcome {
  graph.writes.push(warrant)
  const outcome = outcomeOf(graph, warrant)
  graph.meanwhile(graph.writes.length)
  return outcome
}

function outcomeOf(graph: FakeGraph, warrant: Warrant): WriteOutcome {
  const effect = (): void => {
    const isEnabled = JSON.stringify(warrant.request.body) === '{"accountEnabled":true}'
    const id = warrant.request.path.slice('/users/'.length)
    if (graph.guests.has(id)) graph.guests.set(id, isEnabled)
    else graph.enabled = isEnabled
  }
  switch (graph.script.shift() ?? graph.next) {
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
