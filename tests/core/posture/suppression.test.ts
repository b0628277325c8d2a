import { describe, expect, it } from '@jest/globals'
import type { AffectedObject, CheckResult } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { findingStates, findingTable, nextFindingStep } from '../../../core/posture/finding.ts'
import { bothScores, covering, readUntil, suppressedIn, withoutSuppressed } from '../../../core/posture/suppression.ts'

const checkId = 'app-secret-expired'
const now = Date.parse('2026-11-20T10:00:00.000Z')
const object = (id: string): AffectedObject => ({ type: 'application', id, name: id, part: 'k', basis: [] })
const failing = (ids: readonly string[], unlisted?: number): CheckResult => ({
  checkId,
  outcome: {
    verdict: 'fail',
    reason: 'some',
    values: {},
    objects: ids.map(object),
    basis: [],
    ...(unlisted === undefined ? {} : { unlisted }),
  },
})
const passing: CheckResult = { checkId: 'app-secret-lifetime', outcome: { verdict: 'pass', reason: 'none', values: {}, basis: [] } }
const key = (id: string): string => `${checkId}:${id}/k`
const one = (id: string): { checkId: string; findingKey: string } => ({ checkId, findingKey: key(id) })
const whole = { checkId, findingKey: null }

describe('the day of a suppression', () => {
  it.each([
    ['2027-01-31', '2027-01-31T00:00:00.000Z'],
    ['2026-11-20T12:00:00+01:00', '2026-11-20T11:00:00.000Z'],
    ['2027-11-20', '2027-11-20T00:00:00.000Z'],
  ])('%s is taken', (text, until) => expect(readUntil(text, now)).toEqual({ ok: true, until }))

  it.each([
    ['', 'is no day or moment'],
    ['soon', 'is no day or moment'],
    ['2027-02-30', 'is no day or moment'],
    ['2027-13-01', 'is no day or moment'],
    ['2027-01-31T12:00:00', 'is no day or moment'],
    ['2026-11-20', 'has passed'],
    ['2026-11-20T10:00:00Z', 'has passed'],
    ['2027-11-21', 'more than 365 days away. Give a day until 2027-11-20'],
    ['9999-12-31', 'more than 365 days'],
  ])('%s is refused with a sentence', (text, sentence) =>
    expect(readUntil(text, now)).toEqual({ ok: false, problem: expect.stringContaining(sentence) }),
  )
})

describe('what is suppressed', () => {
  it('covers by its own key before the whole check', () => {
    const cover = covering([
      { ...whole, id: 'w' },
      { ...one('a'), id: 'a' },
    ])
    expect([cover(checkId, key('a'))?.id, cover(checkId, key('b'))?.id, cover('other', 'other:a')]).toEqual(['a', 'w', undefined])
  })

  it('is counted object by object, and with the whole check also beyond the list', () => {
    expect(suppressedIn(failing(['a', 'b', 'c'], 7), [one('a'), one('z')])).toBe(1)
    expect(suppressedIn(failing(['a', 'b', 'c'], 7), [whole])).toBe(10)
    expect(suppressedIn(failing([]), [{ checkId, findingKey: `${checkId}:` }])).toBe(1)
    expect(suppressedIn(failing([]), [one('a')])).toBe(0)
    expect(suppressedIn(passing, [{ checkId: passing.checkId, findingKey: null }])).toBe(0)
  })

  it('leaves the verdict as it is, and counts as open unless the tenant says otherwise', () => {
    const results = [failing(['a', 'b']), passing]
    const open = bothScores(checks, results, [one('a')], 'open')
    expect(open.score.value).toBe(open.open)
    expect(open.leftOut ?? 0).toBeGreaterThan(open.open ?? 0)
    const leftOut = bothScores(checks, results, [one('a')], 'leftOut')
    expect(leftOut.score.value).toBe(open.leftOut)
    expect(bothScores(checks, results, [whole], 'leftOut').score.value).toBe(100)
    expect(bothScores(checks, results, [], 'leftOut').score).toEqual(open.score)
  })

  it('takes as many objects from a verdict as are suppressed', () => {
    expect(withoutSuppressed([failing(['a', 'b', 'c'], 7)], [one('b')])[0]?.outcome).toMatchObject({ objects: { length: 3 }, unlisted: 6 })
    expect(withoutSuppressed([failing(['a', 'b'])], [one('a'), one('b')])[0]?.outcome.verdict).toBe('pass')
  })
})

describe('findings under a suppression', () => {
  it('go to suppressed from every state, and return when nothing covers them any more', () => {
    for (const state of ['none', ...findingStates] as const)
      expect([state, nextFindingStep(state, 'suppressed')?.to]).toEqual([state, 'suppressed'])
    expect(findingTable.suppressed.failing).toEqual({ to: 'returned', event: 'finding.changed', history: 'finding.unsuppressed' })
    expect(nextFindingStep('suppressed', 'absent')?.to).toBe('closed')
    expect(nextFindingStep('suppressed', 'notRead')).toEqual({ to: 'suppressed' })
  })
})
