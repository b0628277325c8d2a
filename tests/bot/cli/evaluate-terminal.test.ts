import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { evaluate } from '../../../bot/src/cli/evaluate.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-evaluate-terminal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const id = '8f1c0d3e-5a6b-4c7d-8e9f-0a1b2c3d4e5f'
const orders = 'Payroll\u001b[2J\u001b]0;fine\u0007\u202e\nAll passed'

/** What a terminal would act on, or would show elsewhere than where it stands; the table's own colours and lines apart. */
function told(output: string): string[] {
  // eslint-disable-next-line no-control-regex -- the table colours with exactly these.
  return output.replaceAll(/\u001b\[(?:\d+)m/g, '').match(/[^\P{Cc}\n]|\p{Cf}/gu) ?? []
}

describe('the table of a file whose names hold orders to the terminal', () => {
  it('shows the names and obeys none', async () => {
    const path = join(folder, 'orders.json')
    const secret = {
      keyId: id,
      displayName: orders,
      hint: 'abc',
      startDateTime: '2025-01-01T00:00:00Z',
      endDateTime: '2026-01-01T00:00:00Z',
    }
    const application = { id, appId: id, displayName: orders, passwordCredentials: [secret], keyCredentials: [] }
    writeFileSync(
      path,
      JSON.stringify({
        asOf: '2026-11-01T00:00:00Z',
        graph: { '/applications': { value: [application] }, '/servicePrincipals': { value: [] } },
      }),
    )
    const lines: string[] = []
    expect(await evaluate({ paths: [path], baseline: 'default', json: false, write: (line) => lines.push(line) })).toBe(0)
    expect(lines.join('\n')).toContain('Payroll [2J')
    expect(told(lines.join('\n'))).toEqual([])
  })

  it('does so in complaints', async () => {
    const lines: string[] = []
    await evaluate({ paths: [join(folder, 'no\u001b[2Jfile')], baseline: 'default', json: false, write: (line) => lines.push(line) })
    expect(lines).toHaveLength(1)
    expect(told(lines.join('\n'))).toEqual([])
  })
})
