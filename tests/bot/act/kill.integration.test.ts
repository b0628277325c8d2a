import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { proposalSchema, receiptSchema } from '@countersign/core/api/proposals.ts'
import { isTerminal, type ProposalState } from '@countersign/core/actions/gate.ts'
import { callService, connectAid, signIn } from '../../../tools/stack/connect-aid.ts'
import { startEmulator, type Emulator } from '../../../tools/stack/emulator.ts'
import type { Person } from '../../../tools/stack/person.ts'
import { registerInTenants } from '../../../tools/stack/registrations.ts'
import { freePort, startService, type Service, type ServiceOptions } from '../../../tools/stack/service.ts'
import { prepareDataDir } from '../prepared-data.ts'
import { effectsOf, loadItems, storedSchema, troublesOf, type LoadItem, type StoredReport } from './kill-load.ts'

const isDrill = Boolean(process.env['DRILL'])
/** One person may propose thirty times an hour: four places of death share them. The test under load below has the numbers. */
const runs = isDrill ? 7 : 1
/** How many proposals the load makes, so many at a time; the service is killed once in each lot. */
const load = isDrill ? { proposals: 500, atOnce: 10 } : { proposals: 8, atOnce: 4 }
const tenant = 'contoso-demo'
/** How long Graph takes to answer, so that there is a time after the send and before the answer. */
const graphDelayMs = 1000

let folder: string
let emulator: Emulator
let options: ServiceOptions
let service: Service
let ada: Person
let adaId: string
let victims: string[]
/** What was begun, to be ended even where something after it failed. */
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cs-kill-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  await chmod(folder, 0o755)
  emulator = await startEmulator({ dataDir: join(folder, 'emulator'), auditDelayMs: 100 })
  ends.push(() => emulator.stop())
  const origin = `http://localhost:${await freePort()}`
  const registrations = await registerInTenants(emulator, origin, [tenant])
  options = {
    emulator,
    registrations,
    origin,
    tenantNames: [tenant],
    dataDir: await prepareDataDir(join(folder, 'data')),
    main: join(import.meta.dirname, 'stoppable-service.ts'),
    keepStdin: true,
  }
  service = await startService(options)
  ends.push(() => service.stop())
  await connectAid(emulator, origin, tenant)
  ada = await signIn(origin, `ada@${emulator.ready.tenants[tenant]?.domain ?? ''}`)
  adaId = z.object({ objectId: z.string() }).parse(await callService(ada, origin, 'GET', '/api/me')).objectId
  const peopleSchema = z.object({
    people: z.array(
      z.object({ id: z.string(), userPrincipalName: z.string().nullable(), accountEnabled: z.boolean(), roles: z.array(z.string()) }),
    ),
  })
  const { people } = peopleSchema.parse(await emulator.control('GET', `/tenants/${tenant}/people`))
  victims = people
    .filter(
      (person) => person.accountEnabled && person.roles.length === 0 && !/^(ada|bo|cleo|aid|eve)@/.test(person.userPrincipalName ?? ''),
    )
    .map(({ id }) => id)
})

afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

const requestsSchema = z.object({ requests: z.array(z.object({ method: z.string(), path: z.string(), effect: z.boolean() })) })

/** Writes to one user that reached Graph, from Graph's own log. */
async function writesTo(userId: string): Promise<{ readonly sent: number; readonly effects: number }> {
  const { requests } = requestsSchema.parse(await emulator.control('GET', '/requests'))
  const writes = requests.filter(({ method, path }) => method !== 'GET' && path.includes(userId))
  return { sent: writes.length, effects: writes.filter(({ effect }) => effect).length }
}

/** What is not certain waits for a person, and no longer for the service. */
function hasEnded({ state }: { readonly state: ProposalState }): boolean {
  return isTerminal(state) || state === 'indeterminate'
}

async function endOf(proposalId: string): Promise<z.infer<typeof proposalSchema>> {
  for (;;) {
    const proposal = proposalSchema.parse(await callService(ada, options.origin, 'GET', `/api/proposals/${proposalId}`))
    if (hasEnded(proposal)) return proposal
    await wait(100)
  }
}

/** Blocks one fresh person from signing in, killed at the point, and answers what remained after a restart. */
async function blockWithKill(killAt: string) {
  const userId = victims.pop()
  if (!userId) throw new Error('The tenant has no more people to block.')
  if (killAt === 'afterSend')
    await emulator.control('PUT', '/faults', [
      { match: { method: 'PATCH', pathPrefix: `/v1.0/users/${userId}` }, times: 1, kind: 'delay', delayMs: graphDelayMs },
    ])
  const { id } = proposalSchema.parse(
    await callService(ada, options.origin, 'POST', '/api/proposals', { actionId: 'disable-user', input: { userId } }),
  )
  const died = new Promise<void>((resolve) => service.process.once('exit', () => resolve()))
  tell({ proposalId: id, tenantId: tenantId(), personId: adaId, killAt: killAt === 'afterSend' ? 'never' : killAt })
  if (killAt === 'afterSend') {
    while ((await writesTo(userId)).sent === 0) await wait(5)
    service.process.kill('SIGKILL')
  }
  await died
  expect(service.process.signalCode).toBe('SIGKILL')
  // Graph does what it was sent, whoever waits for the answer; the next process is to find it done.
  if (killAt === 'afterSend') while ((await writesTo(userId)).effects === 0) await wait(20)
  service = await startService(options)
  const proposal = await endOf(id)
  return {
    proposal,
    writes: await writesTo(userId),
    receipt:
      proposal.receiptNumber === null
        ? undefined
        : receiptSchema.parse(await callService(ada, options.origin, 'GET', `/api/receipts/${id}`)),
  }
}

/** Has so many proposals made and countersigned at once, and kills the service when the moment has come. */
async function killUnderLoad(lot: readonly LoadItem[], moment: () => Promise<unknown>): Promise<void> {
  const died = new Promise<void>((resolve) => service.process.once('exit', () => resolve()))
  for (const { actionId, input } of lot) tell({ carryOut: actionId, input, tenantId: tenantId() })
  await moment()
  service.process.kill('SIGKILL')
  await died
  expect([service.process.signalCode, service.process.exitCode]).toEqual(['SIGKILL', null])
  service = await startService(options)
}

/** The drill kills at whatever moment; every day it is when some of a lot have reached Graph and others wait for their turn. */
async function momentOf(lot: number): Promise<() => Promise<unknown>> {
  // The last lots see whatever is countersigned carried out, the others are hit earlier and later.
  if (isDrill) return () => wait(randomInt(lot % 2 === 0 ? 1500 : 4000))
  const wanted = (await effectsOf(emulator)).length + 1 + (lot % 3)
  return async () => {
    while ((await effectsOf(emulator)).length < wanted) await wait(5)
  }
}

function tenantId(): string {
  return emulator.ready.tenants[tenant]?.id ?? ''
}

function tell(command: object): void {
  service.process.stdin?.write(`${JSON.stringify(command)}\n`)
}

async function stored(asked: { readonly withdraw?: true; readonly chains?: true } = {}): Promise<readonly StoredReport[]> {
  const file = join(folder, `report-${randomUUID()}.json`)
  tell({ report: file, tenantId: tenantId(), withdraw: asked.withdraw === true, chains: asked.chains === true })
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text !== undefined) return storedSchema.parse(JSON.parse(text))
    if (service.process.exitCode !== null) throw new Error(`The service has ended and not reported: ${service.complaints()}`)
    await wait(50)
  }
}

describe('kill -9', () => {
  // What one test, or its first attempt, left dead.
  beforeEach(async () => {
    if (service.process.exitCode !== null || service.process.signalCode !== null) service = await startService(options)
  })

  it.each(['beforeSend', 'afterSend', 'afterAnswer', 'beforeReadBack'])(
    `%s, ${runs} times: one write at most, a receipt, an end`,
    async (killAt) => {
      const states: string[] = []
      for (let run = 0; run < runs; run++) {
        const { proposal, writes, receipt } = await blockWithKill(killAt)
        states.push(proposal.state)
        expect(writes.sent).toBeLessThanOrEqual(1)
        expect(receipt?.chainVerified).toBe(true)
        if (killAt === 'beforeSend') expect([proposal.state, writes.sent]).toEqual(['indeterminate', 0])
        else expect([proposal.state, writes.effects]).toEqual(['verified', 1])
      }
      expect(states).toHaveLength(runs)
    },
    runs * 300_000,
  )

  it(
    `at any moment under load, ${load.proposals} proposals: no effect twice, none without a receipt, every chain whole, every proposal ends`,
    async () => {
      await callService(ada, options.origin, 'POST', '/api/actions/disable-stale-guests/switch', { enabled: true })
      await emulator.control('PUT', '/graph', { latencyMs: 20 })
      const before = (await stored()).length
      const targets = loadItems(emulator, tenant)
      let made = 0
      for (let lot = 0; made < load.proposals; lot++) {
        const items = await targets(load.atOnce)
        await killUnderLoad(items, await momentOf(lot))
        if (lot % 5 === 4 || !isDrill) made = (await stored()).length - before
      }
      await stored({ withdraw: true })
      while (!(await stored()).every(hasEnded)) await wait(300)
      const end = await stored({ chains: true })
      expect(end.filter((proposal) => !hasEnded(proposal))).toEqual([])
      expect(end.length - before).toBeGreaterThanOrEqual(load.proposals)
      expect(troublesOf(end, await effectsOf(emulator))).toEqual([])
      // A drill in which nothing, or everything, came through would show nothing.
      const states = new Set(end.slice(0, made).map(({ state }) => state))
      expect(states.has('verified')).toBe(true)
    },
    load.proposals * 3000 + 600_000,
  )
})
