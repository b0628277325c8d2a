import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { connectAid } from '../../tools/stack/connect-aid.ts'
import { startEmulator } from '../../tools/stack/emulator.ts'
import { registerInTenants } from '../../tools/stack/registrations.ts'
import { freePort, startService, type Service } from '../../tools/stack/service.ts'
import { rounds, type Bench } from './figures.ts'

const tenant = 'contoso-demo'
const people = 50
const measuredSchema = z.object({ buttonToCard: z.array(z.number()).length(people), whole: z.array(z.number()).length(people) })

/** Fifty people press Countersign at the same moment, each on a card of their own; Graph answers without latency. */
export async function measureAct(bench: Bench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cs-act-'))
  await chmod(folder, 0o755)
  const emulator = await startEmulator({ dataDir: join(folder, 'emulator'), auditDelayMs: 0 })
  const origin = `http://localhost:${await freePort()}`
  let service: Service | undefined
  try {
    const registrations = await registerInTenants(emulator, origin, [tenant])
    const main = join(import.meta.dirname, 'act-service.ts')
    service = await startService({
      emulator,
      registrations,
      origin,
      tenantNames: [tenant],
      dataDir: join(folder, 'data'),
      main,
      keepStdin: true,
    })
    await connectAid(emulator, origin, tenant)
    const tenantId = emulator.ready.tenants[tenant]?.id ?? ''
    const all: z.infer<typeof measuredSchema>[] = []
    for (let round = 0; round < rounds; round++) {
      const userIds: string[] = []
      for (let count = 0; count < people; count++) {
        const id = randomUUID()
        userIds.push(id)
        const person = {
          displayName: `Person ${count}`,
          userPrincipalName: `${id}@contoso-demo.example`,
          userType: 'Member',
          accountEnabled: true,
        }
        await emulator.control('PUT', `/tenants/${tenant}/objects/users/${id}`, person)
      }
      all.push(await pressed(service, { tenantId, userIds }))
    }
    add(
      bench,
      'act.buttonToCard',
      'button to “executing” card',
      all.map(({ buttonToCard }) => buttonToCard),
    )
    add(
      bench,
      'act.whole',
      'button to verified, one write',
      all.map(({ whole }) => whole),
    )
  } finally {
    await service?.stop()
    await emulator.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function add(bench: Bench, name: string, title: string, runs: readonly (readonly number[])[]): void {
  for (const [suffix, share] of [
    ['p50Ms', 0.5],
    ['p95Ms', 0.95],
  ] as const)
    bench.add(
      `${name}.${suffix}`,
      `${people} people at once: ${title}, ${suffix.slice(0, 3)}`,
      'ms',
      runs.map((times) => Math.round(quantile(times, share))),
    )
}

/** The smallest of the values that so large a share of them does not exceed. */
function quantile(values: readonly number[], share: number): number {
  const value = [...values].sort((one, other) => one - other)[Math.ceil(share * values.length) - 1]
  if (value === undefined) throw new Error('There is no quantile of no values.')
  return value
}

function pressed(
  service: Service,
  command: { readonly tenantId: string; readonly userIds: readonly string[] },
): Promise<z.infer<typeof measuredSchema>> {
  const { stdin, stdout } = service.process
  if (!stdin || !stdout) throw new Error('The service has no input and output.')
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdout })
    lines.on('line', (line) => {
      if (!line.startsWith('{"buttonToCard"')) return
      lines.close()
      resolve(measuredSchema.parse(JSON.parse(line)))
    })
    service.process.once('exit', () => reject(new Error(`The service ended: ${service.complaints()}`)))
    stdin.write(`${JSON.stringify(command)}\n`)
  })
}
