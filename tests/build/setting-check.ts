import { expect, it } from '@jest/globals'
import { checkOf } from '../../core/posture/checks.ts'
import { outcome } from './judged.ts'
import type { Given } from './judged.ts'
import { sentence } from './policy-check.ts'

type Case = readonly [what: string, given: Given]

export interface SettingCheckCase {
  readonly id: string
  /** Passes. */
  readonly right: Given
  /** Each differs from the passing one in what decides, and fails. */
  readonly wrong: readonly (readonly [what: string, given: Given, reason?: string])[]
  /** Graph does not say: neither a pass nor a failure. */
  readonly notSaid?: readonly Case[]
  readonly warn?: readonly (readonly [what: string, given: Given, reason: string])[]
  readonly notApplicable?: readonly (readonly [what: string, given: Given, reason: string])[]
  /** The fact has no row at all. */
  readonly emptyFact?: string
  readonly licence?: 'p1' | 'p2'
}

/** What holds for every check about a setting of the tenant. */
export function describeSettingCheck({
  id,
  right,
  wrong,
  notSaid = [],
  warn = [],
  notApplicable = [],
  emptyFact,
  licence,
}: SettingCheckCase): void {
  it('passes where it is set as it should be, and says so', () => {
    const verdict = outcome(id, right)
    expect(verdict).toMatchObject({ verdict: 'pass', reason: 'right' })
    expect(sentence(id, verdict)).not.toBe('')
  })

  const others = [
    ...wrong.map(([what, given, reason = 'wrong']) => [`fails: ${what}`, given, 'fail', reason] as const),
    ...warn.map(([what, given, reason]) => [`warns: ${what}`, given, 'warn', reason] as const),
    ...notApplicable.map(([what, given, reason]) => [`does not apply: ${what}`, given, 'notApplicable', reason] as const),
    ...notSaid.map(([what, given]) => [`leaves it to a person: ${what}`, given, 'manual', 'notSaid'] as const),
    ...(emptyFact ? [[`leaves it to a person: no row`, { [emptyFact]: [] }, 'manual', 'notSaid'] as const] : []),
  ]
  if (others.length > 0)
    it.each(others)('%s', (_what, given, verdictName, reason) => {
      const verdict = outcome(id, { ...right, ...given })
      expect(verdict).toMatchObject({ verdict: verdictName, reason })
      expect(sentence(id, verdict)).not.toBe('')
    })

  it('is unknown without what it needs, and applies with the licence of the row only', () => {
    for (const fact of Object.keys(right))
      expect(outcome(id, { ...right, [fact]: 'scope' })).toMatchObject({ verdict: 'unknown', reason: 'scope', fact })
    expect(checkOf(id)?.licence).toBe(licence)
    const without = outcome(id, right, { licences: { p1: 'absent', p2: 'absent' } })
    expect(without.verdict).toBe(licence ? 'notApplicable' : 'pass')
  })
}
