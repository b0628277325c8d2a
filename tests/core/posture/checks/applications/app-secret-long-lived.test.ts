import { appSecretLongLived } from '../../../../../core/posture/checks/applications/app-secret-long-lived.ts'
import { enterprise, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays, secret } from '../../../../build/facts.ts'

function lasting(days: number) {
  return { ...secret('k', inDays(20)), startDateTime: inDays(20 - days) }
}

describeCheck(
  appSecretLongLived,
  { applications: [registered('a', { passwordCredentials: [lasting(180)] })], servicePrincipals: [enterprise('s')] },
  [
    {
      name: 'fails from the day after half a year',
      given: { applications: [registered('a', { passwordCredentials: [lasting(181)] })] },
      verdict: 'fail',
      objects: ['a/k'],
      says: 'is valid for 181 days',
    },
    {
      name: 'fails where nobody knows since when',
      given: { applications: [registered('a', { passwordCredentials: [{ ...lasting(10), startDateTime: null }] })] },
      verdict: 'fail',
      says: 'has no beginning',
    },
    {
      name: 'is unknown where the beginning was not asked for',
      given: { applications: [registered('a', { passwordCredentials: [{ keyId: 'k', displayName: null, endDateTime: inDays(1) }] })] },
      verdict: 'unknown',
      reason: 'shape',
    },
    {
      name: 'leaves enterprise applications to another check',
      given: { servicePrincipals: [enterprise('s', { passwordCredentials: [lasting(900)] })] },
      verdict: 'pass',
    },
  ],
)
