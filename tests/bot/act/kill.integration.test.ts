import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { proposalSchema, receiptSchema } from '@countersign/core/api/proposals.ts'
import { isTerminal } from '@countersign/core/actions/gate.ts'
import { callService, connectAid, signIn } from '../../../tools/stack/connect-aid.ts'
import { startEmulator, type Emulator } from '../../../tools/stack/emulator.ts'
import type { Person } from '../../../tools/stack/person.ts'
import { registerInTenants } from '../../../tools/stack/registrations.ts'
import { freePort, startService, type Service, type ServiceOptions } from '../../../tools/stack/service.ts'

const runs = process.env['DRILL'] ? 50 : 3
const tenant = 'contoso-demo'
/** How long Graph takes to answer, so that there is a time after the send and before the answer. */
const graphDelayMs = 400

let folder: string
let emulator: Emulator
let options: ServiceOptions
let service: Service
let ada: Person
let adaId: string
let victims: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cs-kill-'))
  await chmod(folder, 0o755)
  emulator = await startEmulator({ dataDir: join(folder, 'emulator'), auditDelayMs: 100 })
  const origin = `http://localhost:${await freePort()}`
  const registrations = await registerInTenants(emulator, origin, [tenant])
  options = {
    emulator,
    registrations,
    origin,
    tenantNames: [tenant],
    dataDir: join(folder, 'data'),
    main: join(import.meta.dirname, 'stoppable-service.ts'),
    keepStdin: true,
  }
  service = await startService(options)
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
  await service.stop()
  await emulator.stop()
  await rm(folder, { recursive: true, force: true })
})

const requestsSchema = z.object({ requests: z.array(z.object({ method: z.string(), path: z.string(), effect: z.boolean() })) })

/** Writes to one user that reached Graph, from Graph's own log. */
async function writesTo(userId: string): Promise<{ readonly sent: number; readonly effects: number }> {
  const { requests } = requestsSchema.parse(await emulator.control('GET', '/requests'))
  const writes = requests.filter(({ method, path }) => method !== 'GET' && path.includes(userId))
  return { sent: writes.length, effects: writes.filter(({ effect }) => effect).length }
}

async function endOf(proposalId: string): Promise<z.infer<typeof proposalSchema>> {
  for (let tries = 0; tries < 300; tries++) {
    const proposal = proposalSchema.parse(await callService(ada, options.origin, 'GET', `/api/proposals/${proposalId}`))
    // What is not certain waits for a person, and no longer for the service.
    if (isTerminal(proposal.state) || proposal.state === 'indeterminate') return proposal
    await wait(100)
  }
  throw new Error(`The proposal ${proposalId} has not ended.`)
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
  service.process.stdin?.write(
    `${JSON.stringify({ proposalId: id, tenantId: emulator.ready.tenants[tenant]?.id, personId: adaId, killAt, afterSendMs: graphDelayMs / 4 })}\n`,
  )
  await died
  expect(service.process.signalCode).toBe('SIGKILL')
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

describe('kill -9', () => {
  it.each(['beforeSend', 'afterSend', 'afterAnswer', 'beforeReadBack'])(
    `%s, ${runs} times: one write at most, a receipt, an end`,
    async (killAt) => {
      const ends: string[] = []
      for (let run = 0; run < runs; run++) {
        const { proposal, writes, receipt } = await blockWithKill(killAt)
        ends.push(proposal.state)
        expect(writes.sent).toBeLessThanOrEqual(1)
        expect(receipt?.chainVerified).toBe(true)
        if (killAt === 'beforeSend') expect([proposal.state, writes.sent]).toEqual(['indeterminate', 0])
        else expect([proposal.state, writes.effects]).toEqual(['verified', 1])
      }
      expect(ends).toHaveLength(runs)
    },
    runs * 60_000,
  )
})
