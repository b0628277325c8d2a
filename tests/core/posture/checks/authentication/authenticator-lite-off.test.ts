import { describe, expect, it } from '@jest/globals'
import { sentences } from '../../../../build/check-test.ts'
import { outcome } from '../../../../build/judged.ts'

const id = 'authenticator-lite-off'

describe(id, () => {
  it('says that a person has to look, and where', () => {
    expect(outcome(id, {})).toEqual({ verdict: 'manual', reason: 'look', values: {} })
    expect(sentences(id, {})[1]).toMatch(/ Look (for|at) /)
  })
})
