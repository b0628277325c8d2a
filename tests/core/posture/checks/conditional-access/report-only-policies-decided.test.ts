import { describe, expect, it } from '@jest/globals'
import { checkOf } from '../../../../../core/posture/checks.ts'
import { coveringPolicy, inDays } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { sentence } from '../../../../build/policy-check.ts'

const id = 'report-only-policies-decided'

function verdictOf(...rows: readonly ReturnType<typeof coveringPolicy>[]) {
  return outcome(id, { conditionalAccessPolicies: rows })
}

describe(id, () => {
  const reportOnly = (days: number | null, created: number | null = null) =>
    coveringPolicy('p', {
      state: 'enabledForReportingButNotEnforced',
      top: { modifiedDateTime: days === null ? null : inDays(-days), createdDateTime: created === null ? null : inDays(-created) },
    })

  it('warns after 90 days without a change, and where nobody knows since when', () => {
    expect([verdictOf(reportOnly(90)).verdict, verdictOf(reportOnly(91)).verdict]).toEqual(['pass', 'warn'])
    expect([
      verdictOf(reportOnly(null, 30)).verdict,
      verdictOf(reportOnly(null, 91)).verdict,
      verdictOf(reportOnly(10, 500)).verdict,
    ]).toEqual(['pass', 'warn', 'pass'])
    const verdict = verdictOf(reportOnly(null))
    expect(verdict).toMatchObject({ verdict: 'warn', reason: 'old' })
    expect(objectsOf(verdict)).toEqual(['p'])
    expect(sentence(id, verdict)).toContain('Policy p')
    expect(sentence(id, verdictOf(reportOnly(200)))).toContain('90 days')
  })

  it('leaves enabled policies alone', () => {
    expect(verdictOf(coveringPolicy('p', { top: { modifiedDateTime: inDays(-900) } }))).toMatchObject({ verdict: 'pass', reason: 'none' })
  })

  it('does not apply without the licence, and is unknown without the policies', () => {
    const licences = { p1: 'absent', p2: 'absent' } as const
    expect(outcome(id, { conditionalAccessPolicies: [] }, { licences })).toMatchObject({ verdict: 'notApplicable', reason: 'licence' })
    expect(checkOf(id)?.licence).toBe('p1')
    expect(outcome(id, { conditionalAccessPolicies: 'scope' })).toMatchObject({ verdict: 'unknown', fact: 'conditionalAccessPolicies' })
  })
})
