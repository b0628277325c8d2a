import { describe, expect, it } from '@jest/globals'
import { checkOf } from '../../../../../core/posture/checks.ts'
import { coveringPolicy } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { sentence } from '../../../../build/policy-check.ts'

const id = 'resilience-kept'

function verdictOf(...rows: readonly ReturnType<typeof coveringPolicy>[]) {
  return outcome(id, { conditionalAccessPolicies: rows })
}

describe(id, () => {
  it('warns about an enabled policy with resilience defaults off', () => {
    const session = { disableResilienceDefaults: true }
    const verdict = verdictOf(coveringPolicy('p', { session }), coveringPolicy('q'), coveringPolicy('off', { session, state: 'disabled' }))
    expect(verdict).toMatchObject({ verdict: 'warn', reason: 'off' })
    expect(objectsOf(verdict)).toEqual(['p'])
    expect(sentence(id, verdict)).toContain('Policy p')
    expect(verdictOf(coveringPolicy('p', { session: { disableResilienceDefaults: null } }))).toMatchObject({
      verdict: 'pass',
      reason: 'kept',
    })
  })

  it('does not apply without the licence, and is unknown without the policies', () => {
    const licences = { p1: 'absent', p2: 'absent' } as const
    expect(outcome(id, { conditionalAccessPolicies: [] }, { licences })).toMatchObject({ verdict: 'notApplicable', reason: 'licence' })
    expect(checkOf(id)?.licence).toBe('p1')
    expect(outcome(id, { conditionalAccessPolicies: 'scope' })).toMatchObject({ verdict: 'unknown', fact: 'conditionalAccessPolicies' })
  })
})
