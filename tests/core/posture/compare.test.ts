import { describe, expect, it } from '@jest/globals'
import type { AffectedObject, CheckResult } from '../../../core/posture/check.ts'
import { compare } from '../../../core/posture/compare.ts'
import { checksForCompare as checks } from './compare-checks.ts'

function object(id: string, more: Partial<AffectedObject> = {}): AffectedObject {
  return { type: 'application', id, name: `App ${id}`, basis: [`applications/${id}`], ...more }
}

function failing(
  checkId: string,
  objects: readonly AffectedObject[],
  more: { verdict?: 'fail' | 'warn'; unlisted?: number } = {},
): CheckResult {
  return { checkId, outcome: { verdict: 'fail', reason: 'x', values: { count: objects.length }, objects, basis: [], ...more } }
}

function passing(checkId: string): CheckResult {
  return { checkId, outcome: { verdict: 'pass', reason: 'x', values: {}, basis: [] } }
}

function kinds(before: readonly CheckResult[], after: readonly CheckResult[], closed: readonly string[] = []): readonly string[] {
  return compare(before, after, { checks, closedBefore: new Set(closed) }).checks.flatMap(({ objects }) =>
    objects.map(({ key, kind }) => `${key} ${kind}`),
  )
}

describe('what became of an object', () => {
  it('new, fixed and returned', () => {
    expect(kinds([failing('whole', [object('a')])], [failing('whole', [object('b'), object('c')])], ['whole:c'])).toEqual([
      'whole:a fixed',
      'whole:b new',
      'whole:c returned',
    ])
    expect(kinds([passing('whole')], [failing('whole', [])])).toEqual(['whole: new'])
    expect(kinds([failing('whole', [])], [passing('whole')])).toEqual(['whole: fixed'])
  })

  it('worse and better, by verdict, then severity, then a value of which the check says what is worse', () => {
    const [warned, failed] = [failing('whole', [object('a')], { verdict: 'warn' }), failing('whole', [object('a')])]
    expect([kinds([warned], [failed]), kinds([failed], [warned])]).toEqual([['whole:a worse'], ['whole:a better']])
    const [medium, high] = [failing('rows', [object('a', { severity: 'medium' })]), failing('rows', [object('a', { severity: 'high' })])]
    expect([kinds([medium], [high]), kinds([high], [medium])]).toEqual([['rows:a worse'], ['rows:a better']])
    const [early, late] = [
      failing('rows', [object('a', { values: { days: 30 } })]),
      failing('rows', [object('a', { values: { days: 5 } })]),
    ]
    expect([kinds([early], [late]), kinds([late], [early])]).toEqual([['rows:a worse'], ['rows:a better']])
    const [few, many] = [failing('other', [object('a', { values: { days: 1 } })]), failing('other', [object('a', { values: { days: 2 } })])]
    expect(kinds([few], [many])).toEqual(['other:a worse'])
    // No check says what more or less of this means.
    expect(
      kinds([failing('whole', [object('a', { values: { days: 1 } })])], [failing('whole', [object('a', { values: { days: 9 } })])]),
    ).toEqual([])
  })

  it('takes the verdict over all rows for no single row', () => {
    const before = failing('rows', [object('a', { severity: 'medium' })], { verdict: 'warn' })
    const after = failing('rows', [object('a', { severity: 'medium' }), object('b', { severity: 'high' })])
    expect(kinds([before], [after])).toEqual(['rows:b new'])
  })

  it('keeps the parts of an object apart', () => {
    const [before, after] = [failing('whole', [object('a', { part: 'k1' })]), failing('whole', [object('a', { part: 'k2' })])]
    expect(kinds([before], [after])).toEqual(['whole:a/k1 fixed', 'whole:a/k2 new'])
  })

  it('says nothing of objects that a long list only counts', () => {
    const [change] = compare([failing('rows', [object('a'), object('b')])], [failing('rows', [object('a')], { unlisted: 7 })], {
      checks,
    }).checks
    expect(change).toMatchObject({ objects: [], notListed: 1 })
  })
})

describe('what cannot be compared', () => {
  const unknown: CheckResult = {
    checkId: 'whole',
    outcome: { verdict: 'unknown', reason: 'scope', fact: 'applications', detail: 'Application.Read.All' },
  }
  const manual: CheckResult = { checkId: 'whole', outcome: { verdict: 'manual', reason: 'x', values: {} } }

  it('is said with its reason and side, and is neither new nor fixed', () => {
    const one = (before: readonly CheckResult[], after: readonly CheckResult[]): unknown => compare(before, after, { checks }).checks
    expect(one([failing('whole', [object('a')])], [unknown])).toMatchObject([
      {
        before: 'fail',
        after: 'unknown',
        objects: [],
        notComparable: { side: 'after', reason: 'scope', fact: 'applications', detail: 'Application.Read.All' },
      },
    ])
    expect(one([unknown], [passing('whole')])).toMatchObject([{ notComparable: { side: 'before', reason: 'scope' } }])
    expect(one([manual], [passing('whole')])).toMatchObject([{ notComparable: { side: 'before', reason: 'manual' } }])
    expect(one([], [passing('whole')])).toMatchObject([{ before: null, notComparable: { side: 'before', reason: 'noSuchCheck' } }])
    expect(one([unknown], [manual])).toEqual([])
    expect(one([unknown], [])).toEqual([])
  })
})

describe('scores', () => {
  it('differ by what both could judge', () => {
    const before = [passing('whole'), failing('other', [])]
    const after = [
      failing('whole', []),
      { checkId: 'other', outcome: { verdict: 'unknown', reason: 'graph', fact: 'x', detail: '' } } as const,
    ]
    const { score, areas } = compare(before, after, { checks })
    expect(score).toEqual({ before: 37.5, after: 0, change: -100 })
    expect(areas.applications).toEqual({ before: 100, after: 0, change: -100 })
    expect(areas.privilegedRoles).toEqual({ before: 0, after: null, change: null })
  })
})
