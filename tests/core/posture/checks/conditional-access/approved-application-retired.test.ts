import { describe, expect, it } from '@jest/globals'
import { checkOf } from '../../../../../core/posture/checks.ts'
import { coveringPolicy } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { sentence } from '../../../../build/policy-check.ts'

const id = 'approved-application-retired'

function verdictOf(...rows: readonly ReturnType<typeof coveringPolicy>[]) {
  return outcome(id, { conditionalAccessPolicies: rows })
}

describe(id, () => {
  it('fails with the retired control alone, and passes with the newer one beside it', () => {
    const verdict = verdictOf(coveringPolicy('p', { controls: ['approvedApplication'] }), coveringPolicy('q', { controls: ['mfa'] }))
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'used' })
    expect(objectsOf(verdict)).toEqual(['p'])
    expect(sentence(id, verdict)).toContain('Policy p')
    expect(verdictOf(coveringPolicy('p', { controls: ['approvedApplication', 'compliantApplication'] })).verdict).toBe('pass')
    expect(verdictOf(coveringPolicy('p', { controls: ['approvedApplication'], state: 'disabled' })).verdict).toBe('pass')
  })

  it('does not apply without the licence, and is unknown without the policies', () => {
    const licences = { p1: 'absent', p2: 'absent' } as const
    expect(outcome(id, { conditionalAccessPolicies: [] }, { licences })).toMatchObject({ verdict: 'notApplicable', reason: 'licence' })
    expect(checkOf(id)?.licence).toBe('p1')
    expect(outcome(id, { conditionalAccessPolicies: 'scope' })).toMatchObject({ verdict: 'unknown', fact: 'conditionalAccessPolicies' })
  })
})
