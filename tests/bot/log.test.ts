import { spawnSync } from 'node:child_process'
import { describe, expect, it } from '@jest/globals'

const log = new URL('../../bot/src/log.ts', import.meta.url).href

/** The lines of the log that this program writes. In a process of its own: the log writes to standard error itself. */
function linesOf(program: string): readonly string[] {
  const words = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval']
  const imports = `import { makeLog, takeConsole } from ${JSON.stringify(log)}`
  const { stderr } = spawnSync(process.execPath, [...words, `${imports}\n${program}`], { encoding: 'utf8' })
  return stderr.split('\n').filter((line) => line !== '')
}

describe('the operational log', () => {
  it('names a fault of the database by its code, without the rows that it quotes, on one line', () => {
    const lines = linesOf(`
      const quoted = { detail: 'Failing row contains (Zoe Quinn).', where: 'JSON data, line 1: Zoe Quinn', internalQuery: "select 'Zoe Quinn'" }
      const err = Object.assign(new Error('violates check constraint'), quoted, { code: '23514', constraint: 'finding_state' })
      makeLog().error({ requestId: 'r1\\nr2', err }, 'request failed')`)
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      requestId: 'r1\nr2',
      msg: 'request failed',
      err: { message: 'violates check constraint', code: '23514', constraint: 'finding_state' },
    })
    expect(lines[0]).not.toContain('Zoe')
  })

  it('counts what a library writes to the console, and leaves it out', () => {
    const lines = linesOf(`
      takeConsole(makeLog())
      console.error('Error finding key for token.\\nAvailable keys: Zoe')
      console.warn(new Error('Zoe'))`)
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 40, console: 'error', msg: 'a library wrote to the console' }),
      expect.objectContaining({ level: 40, console: 'warn', msg: 'a library wrote to the console' }),
    ])
    expect(lines.join('')).not.toContain('Zoe')
  })
})
