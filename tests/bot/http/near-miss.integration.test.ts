import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { declareException } from '../../../core/api/exceptions.ts'
import { findingSchema, type FindingPage } from '../../../core/api/findings.ts'
import { runHere } from '../cli/command.ts'
import { apiWith, bearerFor, endService, startService, startTestEmulator, tenantNamed, type Api, type Service } from '../service.ts'

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
let service: Service
let folder: string
let ada: Api
let bo: Api
let asAda: readonly string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-near-miss-'))
  emulator = await startTestEmulator()
  const { domain } = tenantNamed(emulator, 'contoso-demo')
  service = await startService({
    emulator,
    tenants: ['contoso-demo'],
    assignments: {
      'contoso-demo': [
        { user: `ada@${domain}`, role: 'owner' },
        { user: `bo@${domain}`, role: 'admin' },
      ],
    },
  })
  const bearer = (name: string) => bearerFor(emulator, 'contoso-demo', `${name}@${domain}`, { resource: service.resource })
  ada = apiWith(service.origin, await bearer('ada'))
  bo = apiWith(service.origin, await bearer('bo'))
  const file = join(folder, 'ada.token')
  await writeFile(file, await bearer('ada'))
  asAda = ['--service', service.origin, '--token-file', file]
  expect((await runHere(['scan', ...asAda])).exitCode).toBe(0)
}, 180_000)
afterAll(async () => {
  await endService(service)
  await emulator.end()
  await rm(folder, { recursive: true })
})

async function findingOf(checkId: string, api: Api = ada): Promise<FindingPage> {
  return findingSchema.parse((await api.get(`/api/findings/${checkId}`)).body)
}

it('is shown with names, declared in one step, judged at once, and taken back', async () => {
  const before = await findingOf('second-factor-for-everybody')
  expect(before).toMatchObject({
    verdict: 'fail',
    nearMiss: {
      objects: [{ kind: 'group', name: 'Emergency accounts', detail: '2 people', declareAs: 'group' }],
      changes: [],
      declaring: { isOffered: true, because: '', mayDeclare: true },
    },
  })
  expect((await findingOf('second-factor-for-everybody', bo)).nearMiss?.declaring).toMatchObject({ isOffered: true, mayDeclare: false })
  const told = await runHere(['finding', ...asAda, 'second-factor-for-everybody'])
  expect(told).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(/group Emergency accounts \(2 people\): countersign exceptions add --kind group/),
  })

  const [object] = before.nearMiss?.objects ?? []
  const body = { kind: object?.declareAs, objectId: object?.id, reason: 'Kept in the safe' }
  expect((await bo.post('/api/exceptions', body)).status).toBe(403)
  const declared = declareException.answer.parse((await ada.post('/api/exceptions', body)).body)
  expect(declared.judged).toBe('judged')
  expect(await findingOf('second-factor-for-everybody')).toMatchObject({ verdict: 'pass', nearMiss: null, state: 'closed' })
  expect((await runHere(['exceptions', 'remove', ...asAda, declared.id])).exitCode).toBe(0)
  expect(await findingOf('second-factor-for-everybody')).toMatchObject({ verdict: 'fail' })
})

it('says why it is not offered where too many people would go without the control', async () => {
  expect((await findingOf('legacy-authentication-blocked')).nearMiss).toMatchObject({
    objects: [expect.objectContaining({ name: 'Emergency accounts' }), expect.objectContaining({ name: 'Legacy mail devices' })],
    declaring: { isOffered: false, because: expect.stringContaining('8 people') },
  })
})

it('can be declared whatever a policy leaves out, names of applications and kinds of guests among it', async () => {
  for (const [kind, objectId, status] of [
    ['guestUserType', 'serviceProvider', 200],
    ['application', 'Office365', 200],
    ['application', 'All', 400],
    ['application', 'not an id', 400],
    ['group', 'Office365', 400],
  ] as const)
    expect({ objectId, status: (await ada.post('/api/exceptions', { kind, objectId, reason: 'As agreed' })).status }).toEqual({
      objectId,
      status,
    })
})
