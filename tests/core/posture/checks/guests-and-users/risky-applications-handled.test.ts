import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'

const id = 'risky-applications-handled'

function risky(objectId: string, riskState: string, riskLevel = 'high') {
  return { id: objectId, appId: null, displayName: objectId, riskLevel, riskState, riskLastUpdatedDateTime: null }
}

const given = (...riskyServicePrincipals: readonly unknown[]) => ({ riskyServicePrincipals })
const fine = given(risky('a', 'remediated'), risky('b', 'dismissed'))

describe(id, () => {
  it('passes once each risk is decided', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'pass', reason: 'handled' })
  })

  it('fails at high risk and warns at a lower one', () => {
    const open = given(risky('a', 'atRisk'), risky('b', 'unknownFutureValue', 'low'))
    expect(outcome(id, open)).toMatchObject({ verdict: 'fail', values: { count: 2 } })
    expect(objectsOf(outcome(id, open))).toEqual(['a', 'b'])
    expect(sentences(id, open)[2]).toBe('At risk (level high, state atRisk).')
    expect(outcome(id, given(risky('a', 'atRisk', 'medium'))).verdict).toBe('warn')
  })

  unknownWithout(id, fine, ['riskyServicePrincipals'])
})
