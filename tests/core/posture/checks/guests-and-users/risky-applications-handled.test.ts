import { describe, expect, it } from '@jest/globals'
import type { UnreadReason } from '../../../../../core/posture/fact.ts'
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

  it('does not apply where Graph refuses it and no subscription brings it', () => {
    const skus = (servicePlanId: string) => [
      { id: 's', skuId: 's', capabilityStatus: 'Enabled', servicePlans: [{ servicePlanId, provisioningStatus: 'Success' }] },
    ]
    const p2 = skus('eec0eb4f-6444-4f95-aba0-50c24d67f998')
    const workload = skus('84c289f0-efcb-486f-8581-07f44fc9efad')
    const refusedFor = (reason: UnreadReason, subscribedSkus: readonly object[] | 'scope') =>
      outcome(id, { riskyServicePrincipals: reason, subscribedSkus })
    expect(refusedFor('licence', p2)).toMatchObject({ verdict: 'notApplicable', reason: 'notLicensed' })
    expect(refusedFor('licence', workload)).toMatchObject({ verdict: 'unknown', reason: 'licence' })
    expect(refusedFor('licence', 'scope').verdict).toBe('unknown')
    // What failed for another reason says nothing of subscriptions.
    for (const reason of ['graph', 'shape', 'scope', 'role'] as const)
      expect(refusedFor(reason, p2)).toMatchObject({ verdict: 'unknown', reason })
    // What was answered is judged, and what may still come is waited for.
    expect(outcome(id, { ...given(risky('a', 'atRisk')), subscribedSkus: p2 }).verdict).toBe('fail')
    expect(outcome(id, { riskyServicePrincipals: 'notYet', subscribedSkus: p2 }).verdict).toBe('unknown')
  })

  unknownWithout(id, fine, ['riskyServicePrincipals'])
})
