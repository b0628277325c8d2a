import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alertRuleIds } from '../../../core/alerts/catalogue.ts'
import { startingSubscription } from '../../../core/alerts/subscription.ts'
import { apiWith, bearerFor, endService, startService, startTestEmulator, tenantNamed, type Service } from '../service.ts'
import { runHere } from './command.ts'

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
let service: Service
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-alerts-'))
  emulator = await startTestEmulator()
  const { domain } = tenantNamed(emulator, 'contoso-demo')
  const roles = { ada: 'owner', cleo: 'viewer' } as const
  service = await startService({
    emulator,
    assignments: { 'contoso-demo': Object.entries(roles).map(([name, role]) => ({ user: `${name}@${domain}`, role })) },
  })
}, 120_000)
afterAll(async () => {
  await endService(service)
  await emulator.end()
  await rm(folder, { recursive: true })
})

async function tokenOf(name: string): Promise<string> {
  const { domain } = tenantNamed(emulator, 'contoso-demo')
  return bearerFor(emulator, 'contoso-demo', `${name}@${domain}`, { resource: service.resource })
}
async function as(name: string): Promise<readonly string[]> {
  const file = join(folder, `${name}.token`)
  await writeFile(file, await tokenOf(name))
  return ['--service', service.origin, '--token-file', file]
}

it('countersign alerts lists rules, subscriptions and messages', async () => {
  const ada = await as('ada')
  const rules = await runHere(['alerts', ...ada])
  expect(rules.exitCode).toBe(0)
  for (const id of alertRuleIds) expect(rules.out).toContain(`${id}  on, `)
  expect(await runHere(['alerts', 'rules', ...ada])).toMatchObject({ exitCode: 0, out: rules.out })
  expect(await runHere(['alerts', 'subscriptions', ...ada])).toMatchObject({ exitCode: 0, out: 'Nobody has asked for alert messages.\n' })
  expect(await runHere(['alerts', 'log', ...ada])).toMatchObject({ exitCode: 0, out: 'No alert message has been planned.\n' })
  const saved = await apiWith(service.origin, await tokenOf('ada')).put('/api/alerts/mine', startingSubscription('Europe/Zurich'))
  expect(saved.status).toBe(200)
  const listed = await runHere(['alerts', 'subscriptions', ...ada])
  expect(listed.out).toContain('at once, quiet from 20:00 to 07:00 (Europe/Zurich)')
  const json = JSON.parse((await runHere(['alerts', 'subscriptions', '--json', ...ada])).out) as unknown
  expect(json).toMatchObject({ subscriptions: [{ wants: { timeZone: 'Europe/Zurich' } }] })
})

it('who is told is not for everybody to see', async () => {
  const cleo = await as('cleo')
  expect((await runHere(['alerts', ...cleo])).exitCode).toBe(0)
  expect(await runHere(['alerts', 'subscriptions', ...cleo])).toMatchObject({ exitCode: 2 })
  expect(await runHere(['alerts', 'log', ...cleo])).toMatchObject({ exitCode: 2 })
})
