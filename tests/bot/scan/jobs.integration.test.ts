import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { openJobs, type JobKind, type Jobs } from '../../../bot/src/engine/jobs.ts'
import { freePort } from '../../../tools/stack/service.ts'
import { apiWith, bearerFor, endService, register, startService, startTestEmulator, tenantNamed, type Service } from '../service.ts'
import { openTestStore, silentLog, testDeploymentKey, type TestStore } from '../store/test-store.ts'
import { endOf } from './scan-world.ts'

let test: TestStore
let jobs: Jobs
const begun: unknown[] = []
const waiting = new Set<() => void>()
const kind: JobKind = {
  name: 'note',
  retries: 0,
  atOnce: 1,
  async run(data) {
    begun.push(data)
    for (const look of waiting) look()
  },
}
beforeAll(async () => {
  test = await openTestStore()
  // Longer than the test may take: whatever begins has been woken.
  jobs = await openJobs(test.store, [kind], silentLog, { pollingSeconds: 3600 })
})
afterAll(async () => {
  await jobs.stop()
  await test.close()
})

async function untilBegun(count: number): Promise<void> {
  while (begun.length < count)
    await new Promise<void>((go) => {
      waiting.add(go)
    })
}

it('a job that this process sends begins at once, one after the other, and not when it is meant for later', async () => {
  begun.length = 0
  await jobs.send('note', { number: 1 })
  await untilBegun(1)
  await jobs.send('note', { number: 'later' }, { startAfter: new Date(Date.now() + 3_600_000) })
  for (const number of [2, 3, 4]) {
    await jobs.send('note', { number })
    await untilBegun(number)
  }
  expect(begun).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 }])
})

const isDrill = process.env['DRILL'] === '1'
const tenantName = 'contoso-demo'
const requestsSchema = z.object({ requests: z.array(z.looseObject({ path: z.string(), status: z.number() })) })

if (isDrill) {
  describe('two processes of the service on one database', () => {
    let emulator: Awaited<ReturnType<typeof startTestEmulator>>
    let resource: string
    const services: Service[] = []
    beforeAll(async () => {
      emulator = await startTestEmulator()
      const { user, password, host, port, database } = test.owner
      const shared = {
        DATABASE_URL: `postgresql://${user}:${password}@${encodeURIComponent(host)}:${port}/${database}`,
        DEPLOYMENT_KEY: Buffer.from(testDeploymentKey).toString('base64'),
      }
      const first = await startService({ emulator, env: shared })
      services.push(first)
      resource = first.resource
      // Behind the same address, as a balancer would have them.
      const beside = { COUNTERSIGN_ORIGIN: first.origin, READ_API_RESOURCE: resource, PORT: String(await freePort()) }
      services.push(await startService({ emulator, env: { ...shared, ...beside } }))
      const { domain } = tenantNamed(emulator, tenantName)
      await register(emulator, tenantName, first.origin, [{ user: `ada@${domain}`, role: 'owner' }])
    }, 300_000)
    afterAll(async () => {
      for (const service of services) await endService(service)
      await emulator.end()
    }, 60_000)

    /** Whoever has the scan says in its log that it judges. */
    async function workerOn(scanId: string, among: readonly Service[]): Promise<Service> {
      for (;;) {
        const found = among.find((service) => service.complaints().includes(scanId))
        if (found) return found
        await wait(50)
      }
    }

    it('keep to Graph’s limits together, and one goes on with the scan of the other that was killed', async () => {
      await emulator.control('PUT', '/graph', { latencyMs: 40, throttling: true })
      const { id: tenantId, domain } = tenantNamed(emulator, tenantName)
      const token = await bearerFor(emulator, tenantName, `ada@${domain}`, { resource })
      await emulator.control('DELETE', '/requests')
      const started = await apiWith(services[0]?.origin ?? '', token).post('/api/scans', {})
      const { id: scanId } = z.looseObject({ id: z.string() }).parse(started.body)
      const first = await workerOn(scanId, services)
      first.process.kill('SIGKILL')
      await workerOn(
        scanId,
        services.filter((service) => service !== first),
      )
      const look = (): ReturnType<typeof endOf> => endOf(test.store, { tenantId, objectId: '' }, scanId)
      let end = await look()
      for (; ['queued', 'collecting', 'judging'].includes(end.scan.state); end = await look()) await wait(500)
      expect(end.scan).toMatchObject({ state: 'finished', problem: null })
      expect(end.reads.filter(({ state }) => state !== 'read')).toEqual([])
      const { requests } = requestsSchema.parse(await emulator.control('GET', '/requests'))
      expect(requests.length).toBeGreaterThan(50)
      expect(requests.filter(({ status }) => status === 429).map(({ path }) => path)).toEqual([])
    }, 600_000)
  })
}
