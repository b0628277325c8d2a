import { describe, expect, it } from '@jest/globals'
import { appSecretExpiresSoon } from '../../../../../core/posture/checks/applications/app-secret-expires-soon.ts'
import { explain } from '../../../../../core/posture/explain.ts'
import { application, inDays, now, secret, servicePrincipal } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'

const id = 'app-secret-expires-soon'
const fine = {
  applications: [application('a', secret('k', inDays(31)))],
  servicePrincipals: [servicePrincipal('s', secret('k', inDays(-1)))],
}

function verdictAt(endDateTime: string): string {
  return outcome(id, { applications: [application('a', secret('k', endDateTime))], servicePrincipals: [] }).verdict
}

describe('app-secret-expires-soon', () => {
  it('passes while every end is far or already over', () => {
    const verdict = outcome(id, fine)
    expect(verdict).toMatchObject({ verdict: 'pass', reason: 'none', basis: ['applications/', 'servicePrincipals/'] })
    expect(explain(appSecretExpiresSoon, verdict).reason).toBe('No secret of an application ends within 30 days.')
  })

  it('warns within thirty days and fails within seven, to the millisecond', () => {
    const day = 24 * 60 * 60 * 1000
    const after = (milliseconds: number) => verdictAt(new Date(now + milliseconds).toISOString())
    expect([after(-1), after(0), after(7 * day), after(7 * day + 1), after(30 * day), after(30 * day + 1)]).toEqual([
      'pass',
      'fail',
      'fail',
      'warn',
      'warn',
      'pass',
    ])
  })

  it('flips with the end of the passing secret, on both kinds of objects', () => {
    expect(outcome(id, { ...fine, applications: [application('a', secret('k', inDays(3)))] }).verdict).toBe('fail')
    expect(outcome(id, { ...fine, servicePrincipals: [servicePrincipal('s', secret('k', inDays(3)))] }).verdict).toBe('fail')
    expect(outcome(id, { ...fine, servicePrincipals: [servicePrincipal('s', secret('k', inDays(20)))] }).verdict).toBe('warn')
  })

  it('lists near and nearer secrets together; a month away is less severe', () => {
    const verdict = outcome(id, {
      applications: [application('a', secret('week', inDays(5)), secret('month', inDays(20)), secret('year', inDays(300)))],
      servicePrincipals: [servicePrincipal('s', secret('today', inDays(0.5)))],
    })
    expect(verdict).toMatchObject({
      verdict: 'fail',
      reason: 'within',
      values: { count: 3, failing: 2, warning: 1, failDays: 7, warnDays: 30 },
    })
    expect(objectsOf(verdict)).toEqual(['a/month', 'a/week', 's/today'])
    expect('objects' in verdict ? verdict.objects.map(({ severity }) => severity) : []).toEqual(['medium', undefined, undefined])
    const { title, reason, objects } = explain(appSecretExpiresSoon, verdict)
    expect(title).toBe('3 secrets end within 30 days')
    expect(reason).toBe('2 secrets end within 7 days, and 1 more within 30 days.')
    expect(objects.map(({ sentence }) => sentence)[2]).toBe('The secret “deploy” (key today) ends on November 1, 2026, in less than a day.')
  })

  it.each(['applications', 'servicePrincipals'] as const)('is unknown without %s', (fact) => {
    expect(outcome(id, { ...fine, [fact]: 'graph' })).toMatchObject({ verdict: 'unknown', reason: 'graph', fact })
    expect(outcome(id, { ...fine, [fact]: undefined })).toMatchObject({ verdict: 'unknown', reason: 'notYet', fact })
  })
})
