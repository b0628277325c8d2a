import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Action } from '@countersign/core/actions/action.ts'
import { openBotFramework } from './chat/botframework.ts'
import { startChat, type ChatService } from './chat/start.ts'
import { loadDeploymentKey, outsideAddresses, type Config } from './config.ts'
import { openEgress } from './egress.ts'
import { defaultEchoLooks, defaultReadBackWaits, type ActDeps, type AidAnswer } from './engine/act/deps.ts'
import { housekeeper, recover, tick } from './engine/act/recover.ts'
import { makeApprovers } from './engine/act/approvers.ts'
import { tickAlerts, type AlertDependencies } from './engine/alerts/look.ts'
import { attest } from './engine/attest.ts'
import { attributeChanges, attributionJobName, attributionJobSchema, secondLookAfterMs } from './engine/attribution.ts'
import { followingSettings, followJobName, type FollowJob } from './engine/follow-settings.ts'
import { dailyCron, dailyJobName, runDaily } from './engine/daily.ts'
import { openJobs, type JobKind } from './engine/jobs.ts'
import { makeBudgets } from './engine/scan/budget.ts'
import { resumeScans, runScan, scanJobName, scanJobSchema, type ScanDependencies } from './engine/scan/scan.ts'
import { runSponsors, sponsorCron, sponsorJobName, type SponsorDependencies } from './engine/sponsor.ts'
import { openWakes } from './engine/wakes.ts'
import { makeWriter } from './graph/writer.ts'
import { allHandlers } from './handlers.ts'
import { buildServer } from './http/server.ts'
import { signInPages } from './http/sign-in-pages.ts'
import { staticFiles } from './http/static-files.ts'
import { makeIdentity, type Identity } from './identity/identity.ts'
import type { Log } from './log.ts'
import { enabledActionsOf } from './store/action-switches.ts'
import { openStore, type Store } from './store/database.ts'

export interface Service {
  readonly port: number
  readonly close: () => Promise<void>
}

/** What a test may put in the product's way; the product itself gives none. */
export interface ServiceHooks {
  readonly overrides?: Partial<Pick<ActDeps, 'checkpoint' | 'readBackWaits' | 'echoLooks'>>
  /** Is told of the act plane once it stands. */
  readonly acting?: (deps: ActDeps) => void
}

const auditLogUrl = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuditLogList.ReactView'
const writeTimeoutMs = 30_000
const tickEveryMs = 5_000

type Close = () => Promise<void>

/** Opens every room of the service, each with what it needs and nothing more; closes them in the opposite order, also when one cannot be opened. */
export async function startService(config: Config, log: Log, hooks: ServiceHooks = {}): Promise<Service> {
  const opened: Close[] = []
  const close = async (): Promise<void> => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne()
  }
  try {
    const port = await openRooms(config, log, hooks, (closeOne) => void opened.push(closeOne))
    return { port, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The port on which the service listens. */
async function openRooms(config: Config, log: Log, hooks: ServiceHooks, onClose: (close: Close) => void): Promise<number> {
  const egress = openEgress({ addresses: outsideAddresses(config), certificateAuthority: config.certificateAuthority })
  onClose(() => egress.close())
  const deploymentKey = loadDeploymentKey(config)
  const store = await openStore({ ...config.store, deploymentKey }, log)
  onClose(() => store.close())
  const now = (): number => Date.now()
  const { profile } = config
  const enabledActions = async (tenantId: string): Promise<readonly Action[]> =>
    profile.act === 'on' ? enabledActionsOf(store, tenantId) : []
  const identity = makeIdentity({
    store,
    settings: config,
    deploymentKey,
    enabledActions,
    budgetFor: makeBudgets(store),
    now,
  })
  const wakes = await openWakes(store)
  onClose(() => wakes.close())
  const observe = (who: Parameters<typeof attest>[1]): Promise<void> => attest({ store, profile, now }, who)

  const enqueue: ScanDependencies['enqueue'] = (job) => jobs.send(scanJobName, job)
  const afterScan: ScanDependencies['afterScan'] = async (job) => {
    await jobs.send(attributionJobName, job)
    await observe(job)
  }
  const scan: ScanDependencies = { store, identity, enqueue, afterScan, log, now }
  const sponsoring: SponsorDependencies = { store, identity, enqueue, now }
  const daily = {
    store,
    identity,
    attest: (tenantId: string) => observe({ tenantId, objectId: '' }),
    sponsoring,
    retentionDays: profile.retentionDays,
    log,
    now,
  }
  const attribution: JobKind = {
    name: attributionJobName,
    retries: 2,
    atOnce: 1,
    async run(data, signal) {
      const job = attributionJobSchema.parse(data)
      const none = await attributeChanges({ store, identity, now }, job, signal)
      if (none > 0 && !job.again)
        await jobs.send(attributionJobName, { ...job, again: true }, { startAfter: new Date(now() + secondLookAfterMs) })
    },
  }
  const follow = (job: FollowJob, startAfter?: Date): Promise<void> => jobs.send(followJobName, job, startAfter ? { startAfter } : {})
  const jobs = await openJobs(
    store,
    [
      { name: scanJobName, run: (data, signal) => runScan(scan, scanJobSchema.parse(data), signal), retries: 3, atOnce: 2 },
      { name: dailyJobName, run: () => runDaily(daily, config.tenants), retries: 1, atOnce: 1 },
      { name: sponsorJobName, run: () => runSponsors(sponsoring, config.tenants, log), retries: 1, atOnce: 1 },
      attribution,
      { name: followJobName, run: followingSettings({ store, now }, follow), retries: 3, atOnce: 1 },
    ],
    log,
  )
  onClose(() => jobs.stop())
  await jobs.schedule(dailyJobName, dailyCron, {})
  await jobs.schedule(sponsorJobName, sponsorCron, {})
  const act = actDependencies(config, store, identity, log, hooks)
  hooks.acting?.(act)
  // With the built-in database this is the only process, so whatever still runs was left by one that is gone.
  if ('dataDir' in config.store) {
    await resumeScans(scan, config.tenants)
    if (profile.act === 'on') for (const tenantId of config.tenants) act.later(() => recover(act, housekeeper(tenantId), 0))
  }
  const handlers = allHandlers({
    config,
    store,
    identity,
    act,
    scan,
    sponsoring,
    wakes,
    follow,
    enabledActions,
    places: { chatUrl: config.chatUrl, auditLogUrl },
    now,
  })
  const tab = fileURLToPath(new URL('../../teamsapp/dist', import.meta.url))
  const chat = await openChat(config, act, identity, log)
  if (chat) onClose(() => chat.close())
  const registerRoutes: ((app: FastifyInstance) => void | Promise<void>)[] = [
    signInPages(identity),
    staticFiles(tab, config),
    (app) => chat?.registerRoutes(app),
  ]
  const server = await buildServer({ settings: config, identity, log, handlers, registerRoutes })
  onClose(async () => {
    server.server.closeAllConnections()
    await server.close()
  })
  await server.listen({ host: config.host, port: config.port })
  if (profile.act === 'on') {
    const housekeeping = every(tickEveryMs, () => Promise.all(config.tenants.map((tenantId) => tick(act, tenantId))), log)
    onClose(async () => housekeeping.stop())
  }
  const telling = every(tickEveryMs, () => tellOfAlerts({ store, now }, config.tenants, chat), log)
  onClose(async () => telling.stop())
  const address = server.server.address()
  return typeof address === 'object' && address !== null ? address.port : config.port
}

/** Raises and plans alerts, and sends what is due where there is a bot. */
async function tellOfAlerts(deps: AlertDependencies, tenants: readonly string[], chat: ChatService | undefined): Promise<void> {
  for (const tenantId of tenants) {
    await tickAlerts(deps, tenantId)
    await chat?.sendAlerts(tenantId)
  }
}

/** The bot, where one is registered. */
async function openChat(config: Config, act: ActDeps, identity: Identity, log: Log): Promise<ChatService | undefined> {
  const { chat, bot, tenants } = config
  if (!chat) return undefined
  const channel = openBotFramework({ ...chat, ...bot, tenants }, log)
  return startChat({
    channel,
    act,
    chatPrincipal: identity.chatPrincipal,
    tenants,
    log,
    tabUrl: config.origin,
    chatUrl: config.chatUrl,
    auditLogUrl,
    isAlone: 'dataDir' in config.store,
  })
}

function actDependencies(config: Config, store: Store, identity: Identity, log: Log, hooks: ServiceHooks): ActDeps {
  return {
    store,
    log,
    act: config.profile.act,
    version: config.version,
    now: () => Date.now(),
    newId: randomUUID,
    randomBytes,
    async aid(tenantId): Promise<AidAnswer> {
      const aid = await identity.aidOf({ tenantId, objectId: '' })
      if (!aid) return { kind: 'notConnected' }
      if (aid.state === 'needsSignIn' || aid.state === 'disabled')
        return { kind: 'needsSignIn', why: aid.detail ?? 'The Aid must sign in again.' }
      const writer = makeWriter(identity.aidToken(tenantId, aid.objectId), { graph: config.graph, timeoutMs: writeTimeoutMs })
      return { kind: 'aid', objectId: aid.objectId, userPrincipalName: aid.userPrincipalName, reader: identity.aidReader(tenantId), writer }
    },
    lookAtAid: async (tenantId) => void (await identity.aid?.check(tenantId)),
    approvers: makeApprovers(store, identity.chatPrincipal),
    later: (work) => void work().catch((error: unknown) => log.error({ err: error }, 'work after an answer failed')),
    wait: async (milliseconds) => void (await wait(milliseconds)),
    checkpoint: async () => undefined,
    readBackWaits: defaultReadBackWaits,
    echoLooks: defaultEchoLooks,
    ...hooks.overrides,
  }
}

/** Repeats work without ever overlapping itself. */
function every(milliseconds: number, work: () => Promise<unknown>, log: Log): { readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const round = async (): Promise<void> => {
    await work().catch((error: unknown) => log.error({ err: error }, 'repeated work failed'))
    if (!isStopped) timer = setTimeout(() => void round(), milliseconds)
  }
  void round()
  return {
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
