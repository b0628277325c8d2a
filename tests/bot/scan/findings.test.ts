import { describe, expect, it } from '@jest/globals'
import type { AffectedObject, CheckResult } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { findingKey } from '../../../core/posture/finding.ts'
import type { StoredFinding } from '../../../bot/src/store/findings.ts'
import { changeFindings } from '../../../bot/src/engine/scan/findings.ts'
import { fc } from '../../random.ts'

const checkId = 'app-secret-expired'
const object = (id: string): AffectedObject => ({ type: 'application', id, name: `App ${id}`, part: 'k', basis: [`applications/${id}`] })

function failing(...ids: readonly string[]): CheckResult {
  return { checkId, outcome: { verdict: 'fail', reason: 'expired', values: {}, objects: ids.map(object), basis: [] } }
}
const passing: CheckResult = { checkId, outcome: { verdict: 'pass', reason: 'none', values: {}, basis: [] } }
const unread: CheckResult = {
  checkId,
  outcome: { verdict: 'unknown', reason: 'scope', fact: 'applications', detail: 'Application.Read.All' },
}

/** Walks scans one after the other and keeps the findings as the store would. */
async function walk(results: readonly CheckResult[]): Promise<{ findings: Map<string, StoredFinding>; events: string[][] }> {
  const findings = new Map<string, StoredFinding>()
  const events: string[][] = []
  for (const [index, result] of results.entries()) {
    const changes = await changeFindings(checks, [result], [...findings.values()], {
      id: `s${index}`,
      at: `2026-01-0${(index % 9) + 1}T00:00:00.000Z`,
    })
    for (const finding of changes.findings) findings.set(finding.key, finding)
    expect(changes.history.map(({ what, findingKey: key }) => `${what} ${key}`)).toEqual(
      changes.events.map(({ kind, key }) => `${kind} ${key}`),
    )
    events.push(changes.events.map(({ kind, key }) => `${kind} ${key}`))
  }
  return { findings, events }
}
const key = (id: string): string => findingKey(checkId, object(id))

describe('findings of a scan', () => {
  it('open, close and come back, with one event for each', async () => {
    const { findings, events } = await walk([failing('a', 'b'), failing('a'), failing('a', 'b'), passing])
    expect(events).toEqual([
      [`finding.opened ${key('a')}`, `finding.opened ${key('b')}`],
      [`finding.closed ${key('b')}`],
      [`finding.returned ${key('b')}`],
      [`finding.closed ${key('a')}`, `finding.closed ${key('b')}`],
    ])
    expect(findings.get(key('b'))).toMatchObject({ state: 'closed', firstSeen: '2026-01-01T00:00:00.000Z', scanId: 's2' })
  })

  it('neither open nor close by what could not be read, but say since when', async () => {
    const { findings, events } = await walk([failing('a'), unread, unread, failing('a')])
    expect(events.slice(1)).toEqual([[], [], []])
    const between = (await walk([failing('a'), unread, unread])).findings.get(key('a'))
    expect(between).toMatchObject({ state: 'open', notReadSince: '2026-01-02T00:00:00.000Z' })
    expect(findings.get(key('a'))?.notReadSince).toBeNull()
    expect((await walk([unread])).findings.size).toBe(0)
  })

  it('are about the tenant where a failing verdict names no object', async () => {
    const { findings } = await walk([{ checkId, outcome: { verdict: 'fail', reason: 'expired', values: {}, objects: [], basis: [] } }])
    expect([...findings.values()]).toMatchObject([{ key: findingKey(checkId, undefined), object: { type: 'tenant', id: '' } }])
  })

  it('say the same as a simple model after any history', async () => {
    const seen = { opened: 0, closed: 0, returned: 0, unread: 0 }
    const step = fc.oneof(fc.constant<null>(null), fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (history) => {
        const { findings, events } = await walk(
          history.map((ids) => (ids === null ? unread : ids.length === 0 ? passing : failing(...ids))),
        )
        for (const id of ['a', 'b', 'c'] as const) {
          const looks = history.filter((ids) => ids !== null).map((ids) => ids.includes(id))
          const wasEver = looks.includes(true)
          const isNow = looks.at(-1) === true
          const cameBack = wasEver && looks.slice(looks.indexOf(true)).includes(false)
          const finding = findings.get(key(id))
          if (!wasEver) expect(finding).toBeUndefined()
          else expect(finding?.state).toBe(!isNow ? 'closed' : cameBack ? 'returned' : 'open')
          if (finding) expect(finding.notReadSince === null).toBe(history.at(-1) !== null)
        }
        for (const event of events.flat()) {
          if (event.startsWith('finding.opened')) seen.opened += 1
          if (event.startsWith('finding.closed')) seen.closed += 1
          if (event.startsWith('finding.returned')) seen.returned += 1
        }
        seen.unread += history.filter((ids) => ids === null).length
      }),
      { numRuns: 500 },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20)
  })
})
