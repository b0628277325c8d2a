import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signedHead } from '@countersign/core/actions/export.ts'
import { fc } from '../../random.ts'
import { runHere } from './command.ts'

const pair = generateKeyPairSync('ed25519')
const publicKey = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString()
const signed = (text: string): string => sign(null, Buffer.from(text), pair.privateKey).toString('base64url')
const tenantId = '11111111-2222-4333-8444-555555555555'
let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'countersign-verify-'))))
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}
function head(seq: number, hash = 'a'.repeat(64)): string {
  const terms = { tenantId, seq, hash, signedAt: '2026-11-22T12:00:00.000Z' }
  return JSON.stringify({ format: 'countersign-head/1', ...terms, signature: signed(signedHead(terms)), publicKey })
}

describe('countersign verify', () => {
  it('says that a signed head holds, and that it does not when anything in it is edited', async () => {
    const good = await file('head.json', head(7))
    expect(await runHere(['verify', good])).toMatchObject({ exitCode: 0, out: expect.stringContaining('holds. record 7') })
    for (const [from, to] of [
      ['"seq":7', '"seq":8'],
      ['2026-11-22', '2026-11-21'],
      [tenantId, tenantId.replace('1', '2')],
    ] as const) {
      const edited = await file('edited.json', head(7).replace(from, to))
      expect(await runHere(['verify', edited])).toMatchObject({ exitCode: 1, out: expect.stringContaining('signature') })
    }
  })

  it('compares with an older head: a shorter journal and one written anew are told', async () => {
    const older = await file('older.json', head(7))
    expect(await runHere(['verify', await file('same.json', head(7)), '--head', older])).toMatchObject({ exitCode: 0 })
    expect(await runHere(['verify', await file('short.json', head(6)), '--head', older])).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('cut off at record 6'),
    })
    expect(await runHere(['verify', await file('anew.json', head(7, 'b'.repeat(64))), '--head', older])).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('written anew'),
    })
  })

  it('tells what it cannot read from what does not hold', async () => {
    expect(await runHere(['verify', join(folder, 'nothing.json')])).toMatchObject({
      exitCode: 2,
      out: expect.stringContaining('cannot be read'),
    })
    expect(await runHere(['verify', folder])).toMatchObject({ exitCode: 2 })
    expect(await runHere(['verify', await file('text.txt', 'hello')])).toMatchObject({
      exitCode: 2,
      out: expect.stringContaining('is not JSON'),
    })
    expect(await runHere(['verify', await file('other.json', '{"format":"x"}')])).toMatchObject({ exitCode: 2 })
    expect(await runHere(['verify', await file('twice.json', head(7).replace('{', '{"seq":9,'))])).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('twice'),
    })
    const notKey = await file('not.pem', 'no key')
    expect(await runHere(['verify', await file('head2.json', head(7)), '--key', notKey])).toMatchObject({ exitCode: 2 })
  })

  it('never breaks over what is in a file', async () => {
    const formats = ['countersign-receipt/1', 'countersign-export/1', 'countersign-head/1']
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...formats), fc.json(), fc.json(), async (format, one, other) => {
        const first = JSON.stringify({ format, tenantId, records: JSON.parse(one), range: JSON.parse(other), head: JSON.parse(one) })
        const ran = await runHere(['verify', await file('hostile.json', `${first}\n${other}\n`)])
        expect([1, 2]).toContain(ran.exitCode)
        expect(ran.err).toBe('')
      }),
      { numRuns: 60 },
    )
    let deep = '1'
    for (let level = 0; level < 20_000; level++) deep = `[${deep}]`
    const record = `{"seq":1,"at":"","kind":"proposed","subjectId":"p","body":${deep},"prevHash":"${'0'.repeat(64)}","hash":"${'0'.repeat(64)}"}`
    const receipt = `{"format":"countersign-receipt/1","tenantId":"t","proposalId":"p","receiptNumber":1,"records":[${record}],"head":{"seq":1,"hash":"x","signedAt":"","signature":"","publicKey":""}}`
    expect((await runHere(['verify', await file('deep.json', receipt)])).exitCode).toBe(1)
  })
})
