import { spawnSync } from 'node:child_process'
import { expect, it } from '@jest/globals'

const program = `
  import { makeLog } from ${JSON.stringify(new URL('../../bot/src/log.ts', import.meta.url).href)}
  const quoted = { detail: 'Failing row contains (Zoe Quinn).', where: 'JSON data, line 1: Zoe Quinn', internalQuery: "select 'Zoe Quinn'" }
  const err = Object.assign(new Error('violates check constraint'), quoted, { code: '23514', constraint: 'finding_state' })
  makeLog().error({ requestId: 'r1\\nr2', err }, 'request failed')`

it('a fault of the database is logged with its code and without the rows that it quotes, on one line', () => {
  // In a process of its own: the log writes to standard error itself.
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'))
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    requestId: 'r1\nr2',
    msg: 'request failed',
    err: { message: 'violates check constraint', code: '23514', constraint: 'finding_state' },
  })
  expect(lines[0]).not.toContain('Zoe')
})
