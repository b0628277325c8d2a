import { describe, expect, it } from '@jest/globals'
import type { AnyCheck, CheckResult, VerdictName } from '../../../core/posture/check.ts'
import { scoreOf } from '../../../core/posture/score.ts'
import { exampleChecks as checks } from '../../build/judged.ts'

/** Weights: expired 1 (low), soon 6, legacy 6, administrators 6 (all high). */
function scored(...verdicts: readonly VerdictName[]): ReturnType<typeof scoreOf> {
  return scoreOf(
    checks,
    checks.flatMap((check, index) => (verdicts[index] === undefined ? [] : [result(check, verdicts[index])])),
  )
}

function result(check: AnyCheck, verdict: VerdictName): CheckResult {
  const values = {}
  if (verdict === 'unknown') return { checkId: check.id, outcome: { verdict, reason: 'scope', fact: 'applications', detail: '' } }
  if (verdict === 'fail' || verdict === 'warn')
    return { checkId: check.id, outcome: { verdict, reason: 'x', values, objects: [], basis: [] } }
  if (verdict === 'pass') return { checkId: check.id, outcome: { verdict, reason: 'x', values, basis: [] } }
  return { checkId: check.id, outcome: { verdict, reason: 'x', values } }
}

describe('the score', () => {
  it('is earned weight over counted weight', () => {
    expect(scored('pass', 'pass', 'pass', 'pass').value).toBe(100)
    expect(scored('fail', 'fail', 'fail', 'fail').value).toBe(0)
    expect(scored('fail', 'pass', 'pass', 'pass').value).toBe(94.7)
    expect(scored('pass', 'warn', 'pass', 'pass').value).toBe(84.2)
  })

  it('leaves out what was not judged: it neither earns nor costs', () => {
    expect(scored('pass', 'unknown', 'notApplicable', 'manual')).toMatchObject({ value: 100, checks: { read: 3, of: 4 } })
    expect(scored('unknown', 'unknown', 'unknown', 'unknown')).toMatchObject({ value: null, gains: {}, checks: { read: 0, of: 4 } })
  })

  it('has a value for each area, null where nothing could be judged', () => {
    expect(scored('fail', 'pass', 'unknown', 'fail').areas).toEqual({
      applications: 85.7,
      conditionalAccess: null,
      authentication: null,
      privilegedRoles: 0,
      guestsAndUsers: null,
      devicesAndSync: null,
    })
  })

  it('says what mending adds, and that is what the score then gains', () => {
    const before = scored('pass', 'fail', 'warn', 'pass')
    expect(before.gains).toEqual({ 'app-secret-expires-soon': 31.6, 'legacy-authentication-blocked': 15.8 })
    expect((scored('pass', 'pass', 'warn', 'pass').value ?? 0) - (before.value ?? 0)).toBeCloseTo(31.6, 1)
  })

  it('counts objects where each is a fault of its own: every one that is mended moves it, the last one most', () => {
    const object = (index: number) => ({ type: 'application' as const, id: String(index), name: '', basis: [] })
    const withFaults = (verdict: 'fail' | 'warn', count: number): number => {
      const [first, ...others] = checks
      if (!first) throw new Error('There are no checks.')
      const objects = Array.from({ length: count }, (_, index) => object(index))
      const counted: CheckResult = { checkId: first.id, outcome: { verdict, reason: 'x', values: {}, objects, basis: [] } }
      return scoreOf(checks, [counted, ...others.map((check) => result(check, 'pass'))]).value ?? 0
    }
    const values = [8, 7, 4, 2, 1].map((count) => withFaults('fail', count))
    expect(values).toEqual([...values].sort((a, b) => a - b))
    expect(new Set(values).size).toBe(values.length)
    expect(withFaults('fail', 4)).toBe(97.4)
    expect(withFaults('warn', 8)).toBe(withFaults('fail', 4))
  })
})
