import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences } from '../../../../build/check-test.ts'
import { outcome } from '../../../../build/judged.ts'

const id = 'high-risk-notified'

describe(id, () => {
  it('says that a person has to look, and where', () => {
    expect(outcome(id, {})).toEqual({ verdict: 'manual', reason: 'look', values: {} })
    expect(sentences(id, {})[1]).toMatch(/ Look (for|at) /)
  })

  notApplicableWithout('p2', id, {})
})
