import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'

const id = 'risky-users-handled'

function risky(userId: string, riskState: string, riskLevel = 'high', isDeleted: boolean | null = false) {
  return {
    id: userId,
    userDisplayName: userId,
    userPrincipalName: `${userId}@contoso.com`,
    isDeleted,
    riskLevel,
    riskState,
    riskLastUpdatedDateTime: null,
  }
}

const given = (...riskyUsers: readonly unknown[]) => ({ riskyUsers })
const p2 = { licences: { p1: 'present', p2: 'present' } } as const
const fine = given(
  risky('a', 'remediated'),
  risky('b', 'dismissed'),
  risky('c', 'confirmedSafe'),
  risky('d', 'none'),
  risky('e', 'atRisk', 'high', true),
)

describe(id, () => {
  it('passes once each risk is decided or its account deleted', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'handled' })
  })

  it('fails for accounts at high risk, and for levels and states that it does not know', () => {
    const open = given(
      risky('a', 'atRisk'),
      risky('b', 'confirmedCompromised'),
      risky('c', 'unknownFutureValue'),
      risky('d', 'atRisk', 'hidden'),
      risky('e', 'atRisk', 'high', null),
    )
    expect(outcome(id, open, p2)).toMatchObject({ verdict: 'fail', values: { failing: 5 } })
    expect(sentences(id, open, p2)[2]).toBe('At risk (level high, state atRisk) (a@contoso.com).')
  })

  it('warns while the risk is lower', () => {
    const open = given(risky('a', 'atRisk', 'medium'), risky('b', 'atRisk', 'low'))
    expect(outcome(id, open, p2).verdict).toBe('warn')
    expect(objectsOf(outcome(id, open, p2))).toEqual(['a', 'b'])
    expect(sentences(id, open, p2)[1]).toBe('No account is at high risk, and 2 at a lower one, and nobody has decided about them.')
  })

  notApplicableWithout('p2', id, fine)
  unknownWithout(id, fine, ['riskyUsers'], p2)
})
