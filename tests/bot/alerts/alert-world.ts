import { setTimeout as wait } from 'node:timers/promises'
import type { Json } from '../../../core/digest.ts'
import { startingSubscription, type Subscription } from '../../../core/alerts/subscription.ts'
import type { Principal, Role } from '../../../core/principal.ts'
import type { Channel, Delivery, Message } from '../../../bot/src/chat/channel.ts'
import type { ChatDeps } from '../../../bot/src/chat/chat-deps.ts'
import { makeChatMemory } from '../../../bot/src/chat/memory.ts'
import { sendDueAlerts } from '../../../bot/src/chat/send-alerts.ts'
import { rememberChat } from '../../../bot/src/engine/chats.ts'
import { tickAlerts } from '../../../bot/src/engine/alerts/look.ts'
import { follow } from '../../../bot/src/engine/alerts/settings.ts'
import { listMessages, type StoredMessage } from '../../../bot/src/store/alert-messages.ts'
import { alertsAfter, type StoredAlert } from '../../../bot/src/store/alerts.ts'
import { openStore, type Store } from '../../../bot/src/store/database.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import { now as factsNow } from '../../build/facts.ts'
import { openTestStore, silentLog, testDeploymentKey, type TestStore } from '../store/test-store.ts'
import { applicationsEnding, snapshot } from '../time/snapshots.ts'

/** One tenant with the real store, the real engine of alerts, and a channel that notes what it is given. */
export interface AlertWorld {
  readonly test: TestStore
  readonly ada: Principal
  readonly clock: { now: number }
  /** What the roles of people are; undefined while nobody's can be read. */
  roles: readonly Role[] | undefined
  readonly sent: Json[]
  /** Answers of the next sends; `dies` delivers and is the end of the process. Then everything is delivered. */
  readonly next: (Exclude<Delivery, { kind: 'delivered' }> | 'dies' | 'slow')[]
  /** Looks, plans and sends as the service does every few seconds. */
  readonly tick: (store?: Store) => Promise<void>
  /** A finished scan in which these applications have a secret that ends so many days after the start. */
  readonly scan: (ends: Readonly<Record<number, number>>, more?: Parameters<typeof snapshot>[3]) => Promise<void>
  readonly wants: (over?: Partial<Subscription>) => Promise<void>
  readonly openChat: () => Promise<void>
  readonly alerts: () => Promise<readonly StoredAlert[]>
  readonly messages: () => Promise<readonly StoredMessage[]>
  /** Another process on the same database. */
  readonly anotherStore: () => Promise<Store>
  readonly close: () => Promise<void>
}

export const startedAt = Date.parse('2026-11-22T12:00:00Z')
export const hourMs = 3_600_000

export async function openAlertWorld(): Promise<AlertWorld> {
  const test = await openTestStore()
  const ada: Principal = { ...(await test.newTenant()), displayName: 'Ada', roles: ['owner'], door: 'tab' }
  const clock = { now: startedAt }
  const others: Store[] = []
  const deps = (store: Store): { readonly store: Store; readonly now: () => number } => ({ store, now: () => clock.now })
  const channel: Channel = {
    receive: () => Promise.resolve({ status: 501 }),
    async send(_reference, message) {
      const trouble = world.next.shift()
      if (trouble === 'slow') await wait(150)
      else if (typeof trouble === 'object') return trouble
      world.sent.push(cardOf(message))
      if (trouble === 'dies') throw new Error('The process is gone.')
      return { kind: 'delivered', activityId: `m-${world.sent.length}` }
    },
    update: () => Promise.resolve({ kind: 'delivered', activityId: '' }),
  }
  const world: AlertWorld = {
    test,
    ada,
    clock,
    roles: ['owner'],
    sent: [],
    next: [],
    async tick(store = test.store) {
      await tickAlerts(deps(store), ada.tenantId)
      await sendDueAlerts(chatDeps(store), ada.tenantId)
    },
    async scan(ends, more = {}) {
      const days = Object.fromEntries(Object.entries(ends).map(([number, day]) => [number, day + (startedAt - factsNow) / (24 * hourMs)]))
      await snapshot(test.store, ada, new Date(clock.now).toISOString(), {
        applications: applicationsEnding(days),
        servicePrincipals: [],
        ...more,
      })
      clock.now += 16 * 60_000
    },
    wants: async (over = {}) => void (await follow(deps(test.store), ada, { ...startingSubscription('UTC'), quiet: null, ...over })),
    openChat: async () =>
      void (await rememberChat({ store: test.store, now: () => clock.now }, ada, {
        conversationId: 'a:ada',
        reference: { user: { id: '29:ada' } },
      })),
    alerts: () => readTx(test.store, ada, (tx) => alertsAfter(tx, 0)),
    messages: () => readTx(test.store, ada, (tx) => listMessages(tx, 100)),
    async anotherStore() {
      const store = await openStore({ databaseUrl: test.databaseUrl, deploymentKey: testDeploymentKey }, silentLog)
      others.push(store)
      return store
    },
    async close() {
      for (const store of others) await store.close()
      await test.close()
    },
  }
  return world

  function chatDeps(store: Store): ChatDeps {
    const act = { ...deps(store), log: silentLog } as unknown as ChatDeps['act']
    return {
      channel,
      act,
      chatPrincipal: (tenantId, objectId, displayName = '') =>
        Promise.resolve(
          world.roles
            ? { kind: 'principal', principal: { tenantId, objectId, displayName, roles: world.roles, door: 'chat' } }
            : { kind: 'notKnown', reason: 'The Aid must sign in again.' },
        ),
      tenants: [ada.tenantId],
      log: silentLog,
      tabUrl: 'http://tab',
      chatUrl: 'http://chat',
      auditLogUrl: 'http://log',
      isAlone: true,
      memory: makeChatMemory(() => clock.now),
    }
  }
}

function cardOf(message: Message): Json {
  if (!('card' in message)) throw new Error('A card was expected.')
  return message.card
}
