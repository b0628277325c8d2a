import { describe, expect, it } from '@jest/globals'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { as, by, stack } from '../../shared-stack.ts'
import { runHere } from '../command.ts'

describe('countersign receipts', () => {
  it('says that there are none, and that there is nothing to export, before anything was done', async () => {
    expect(await runHere(['receipts', ...as('eve')])).toMatchObject({ exitCode: 0, out: 'There are no receipts yet.\n' })
    expect(await runHere(['receipts', ...as('eve'), '--json'])).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('"receipts": []'),
    })
    const out = join(stack().folder, 'empty.ndjson')
    expect(await runHere(['receipts', 'export', ...as('eve'), '--out', out])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('still empty'),
    })
    await expect(readFile(out)).rejects.toThrow('ENOENT')
  })

  it('exports the journal to a new file that verifies, or a table; names what it does not understand', async () => {
    const switched = await by('ada').post('/api/actions/enable-user/switch', { enabled: false })
    expect(switched.status).toBe(200)
    const out = join(stack().folder, 'journal.ndjson')
    await rm(out, { force: true })
    const exported = ['receipts', 'export', ...as('ada'), '--out', out]
    expect(await runHere(exported)).toMatchObject({ exitCode: 0, out: expect.stringContaining('countersign verify') })
    expect(await runHere(['verify', out])).toMatchObject({ exitCode: 0, out: expect.stringMatching(/records 1 to \d+/) })
    expect(await runHere(exported)).toMatchObject({ exitCode: 2, err: expect.stringContaining('is there already') })
    const table = join(stack().folder, 'journal.csv')
    await rm(table, { force: true })
    expect(await runHere(['receipts', 'export', ...as('ada'), '--out', table, '--csv'])).toMatchObject({ exitCode: 0 })
    expect(await readFile(table, 'utf8')).toMatch(/^"Receipt","Proposal"/)
    const wrong = ['receipts', 'export', ...as('ada'), '--out', join(stack().folder, 'wrong.ndjson'), '--from', 'yesterday']
    expect(await runHere(wrong)).toMatchObject({ exitCode: 2, err: expect.stringContaining('from must be the number of a record') })
  })

  it('is for those who may export', async () => {
    const ran = await runHere(['receipts', 'export', ...as('cleo'), '--out', join(stack().folder, 'cleo.ndjson')])
    expect(ran).toMatchObject({ exitCode: 2 })
    expect((await runHere(['receipts', ...as('cleo')])).exitCode).toBe(2)
  })
})
