import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bearerFor, endService, startService, startTestEmulator, tenantNamed, type Service } from '../service.ts'
import { runHere } from './command.ts'

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
let service: Service
let folder: string
let options: { readonly ada: readonly string[]; readonly cleo: readonly string[] }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-receipts-'))
  emulator = await startTestEmulator()
  const { domain } = tenantNamed(emulator, 'contoso-demo')
  service = await startService({
    emulator,
    tenants: ['contoso-demo'],
    assignments: {
      'contoso-demo': [
        { user: `ada@${domain}`, role: 'owner' },
        { user: `cleo@${domain}`, role: 'viewer' },
      ],
    },
  })
  async function asPerson(name: string): Promise<readonly string[]> {
    const token = await bearerFor(emulator, 'contoso-demo', `${name}@${domain}`, { resource: service.resource })
    const file = join(folder, `${name}.token`)
    await writeFile(file, token)
    return ['--service', service.origin, '--token-file', file]
  }
  options = { ada: await asPerson('ada'), cleo: await asPerson('cleo') }
}, 90_000)
afterAll(async () => {
  await endService(service)
  await emulator.end()
  await rm(folder, { recursive: true })
})

async function tokenOf(): Promise<string> {
  return readFile(join(folder, 'ada.token'), 'utf8')
}

describe('countersign receipts', () => {
  it('says that there are none, and that there is nothing to export, before anything was done', async () => {
    expect(await runHere(['receipts', ...options.ada])).toMatchObject({ exitCode: 0, out: 'There are no receipts yet.\n' })
    expect(await runHere(['receipts', ...options.ada, '--json'])).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('"receipts": []'),
    })
    const out = join(folder, 'empty.ndjson')
    expect(await runHere(['receipts', 'export', ...options.ada, '--out', out])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('still empty'),
    })
    await expect(readFile(out)).rejects.toThrow('ENOENT')
  })

  it('exports the journal to a new file that verifies, or a table; names what it does not understand', async () => {
    const switched = await fetch(`${service.origin}/api/actions/enable-user/switch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenOf()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ enabled: false }),
    })
    expect(switched.status).toBe(200)
    const out = join(folder, 'journal.ndjson')
    const exported = ['receipts', 'export', ...options.ada, '--out', out]
    expect(await runHere(exported)).toMatchObject({ exitCode: 0, out: expect.stringContaining('countersign verify') })
    expect(await runHere(['verify', out])).toMatchObject({ exitCode: 0, out: expect.stringContaining('records 1 to 1') })
    expect(await runHere(exported)).toMatchObject({ exitCode: 2, err: expect.stringContaining('is there already') })
    const table = join(folder, 'journal.csv')
    expect(await runHere(['receipts', 'export', ...options.ada, '--out', table, '--csv'])).toMatchObject({ exitCode: 0 })
    expect(await readFile(table, 'utf8')).toMatch(/^"Receipt","Proposal"/)
    const wrong = ['receipts', 'export', ...options.ada, '--out', join(folder, 'wrong.ndjson'), '--from', 'yesterday']
    expect(await runHere(wrong)).toMatchObject({ exitCode: 2, err: expect.stringContaining('from must be the number of a record') })
  })

  it('is for those who may export', async () => {
    const ran = await runHere(['receipts', 'export', ...options.cleo, '--out', join(folder, 'cleo.ndjson')])
    expect(ran).toMatchObject({ exitCode: 2 })
    expect((await runHere(['receipts', ...options.cleo])).exitCode).toBe(2)
  })
})
