import { describe, expect, it } from '@jest/globals'
import { appSecretExpired } from '../../../../../core/posture/checks/applications/app-secret-expired.ts'
import { explain } from '../../../../../core/posture/explain.ts'
import { certificate } from '../../../../build/applications.ts'
import { application, inDays, now, secret, servicePrincipal } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'

const id = 'app-secret-expired'
const fine = {
  applications: [application('a', secret('live', inDays(40)))],
  servicePrincipals: [servicePrincipal('s', secret('live', inDays(1)))],
}

describe('app-secret-expired', () => {
  it('passes while every secret still works, and says how many it looked at', () => {
    const verdict = outcome(id, fine)
    expect(verdict).toMatchObject({
      verdict: 'pass',
      reason: 'none',
      values: { secrets: 2, holders: 2 },
      basis: ['applications/', 'servicePrincipals/'],
    })
    expect(explain(appSecretExpired, verdict).reason).toBe('None of the 2 secrets on 2 applications has ended.')
  })

  it('passes over the password of a key that signs tokens, and not over a secret beside it', () => {
    const key = { ...certificate('signs', inDays(-1)), usage: 'Sign' }
    const row = { ...servicePrincipal('s', secret('SIGNS', inDays(-1))), keyCredentials: [key, certificate('verifies', inDays(-1))] }
    expect(outcome(id, { applications: [], servicePrincipals: [row] })).toMatchObject({ verdict: 'pass', values: { secrets: 0 } })
    const beside = { ...row, passwordCredentials: [...row.passwordCredentials, secret('verifies', inDays(-1))] }
    expect(objectsOf(outcome(id, { applications: [], servicePrincipals: [beside] }))).toEqual(['s/verifies'])
  })

  it('passes where nothing has a secret', () => {
    expect(outcome(id, { applications: [application('a')], servicePrincipals: [] })).toMatchObject({
      verdict: 'pass',
      values: { secrets: 0 },
    })
  })

  it('fails when the end of the passing secret moves into the past', () => {
    expect(outcome(id, { ...fine, applications: [application('a', secret('live', inDays(-1)))] }).verdict).toBe('fail')
    expect(outcome(id, { ...fine, servicePrincipals: [servicePrincipal('s', secret('live', inDays(-1)))] }).verdict).toBe('fail')
  })

  it('takes the very moment of the end as not yet over', () => {
    const at = (endDateTime: string) =>
      outcome(id, { applications: [application('a', secret('k', endDateTime))], servicePrincipals: [] }).verdict
    expect(at(new Date(now).toISOString())).toBe('pass')
    expect(at(new Date(now - 1).toISOString())).toBe('fail')
    expect(at('2026-11-01T00:59:59+01:00')).toBe('fail')
    expect(at('2026-10-31T23:00:00-01:00')).toBe('pass')
  })

  it('lists one object for each expired secret, with the key as its part', () => {
    const verdict = outcome(id, {
      applications: [
        application('b', secret('old', inDays(-400), null), secret('new', inDays(90))),
        application('a', secret('2', inDays(-2)), secret('1', inDays(-1))),
      ],
      servicePrincipals: [servicePrincipal('s', secret('gone', inDays(-3)))],
    })
    expect(verdict).toMatchObject({ verdict: 'fail', values: { count: 4, holders: 3 } })
    expect(objectsOf(verdict)).toEqual(['a/1', 'a/2', 'b/old', 's/gone'])
    const { title, objects } = explain(appSecretExpired, verdict)
    expect(title).toBe('4 expired secrets are still kept on applications')
    expect(objects.map(({ sentence }) => sentence)).toContain(
      'The secret without a name (key old) ended on September 27, 2025, 400 days before the reading.',
    )
    expect(objects.map(({ sentence }) => sentence)).toContain(
      'The secret “deploy” (key 1) ended on October 31, 2026, 1 day before the reading.',
    )
    expect(objects.map(({ basis }) => basis)).toEqual([['applications/a'], ['applications/a'], ['applications/b'], ['servicePrincipals/s']])
  })

  it('offers to remove the secret of an app registration, and of nothing else', () => {
    const verdict = outcome(id, {
      applications: [application('a', secret('k', inDays(-1)))],
      servicePrincipals: [servicePrincipal('s', secret('k', inDays(-1)))],
    })
    const inputs = 'objects' in verdict ? verdict.objects.map((object) => appSecretExpired.fix?.input(object)) : []
    expect(appSecretExpired.fix?.action).toBe('remove-app-secret')
    expect(inputs).toEqual([{ applicationId: 'a', keyId: 'k' }, undefined])
  })

  it.each(['applications', 'servicePrincipals'] as const)('is unknown without %s', (fact) => {
    expect(outcome(id, { ...fine, [fact]: 'scope' })).toMatchObject({ verdict: 'unknown', reason: 'scope', fact })
    expect(outcome(id, { ...fine, [fact]: undefined })).toMatchObject({ verdict: 'unknown', reason: 'notYet', fact })
  })

  it('is unknown, not failing, when one fact shows an expired secret and the other was not read', () => {
    expect(outcome(id, { applications: [application('a', secret('k', inDays(-1)))], servicePrincipals: 'graph' }).verdict).toBe('unknown')
  })
})
