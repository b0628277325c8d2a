import { appCertificateLongLived } from '../../../../../core/posture/checks/applications/app-certificate-long-lived.ts'
import { certificate, enterprise, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays } from '../../../../build/facts.ts'

describeCheck(
  appCertificateLongLived,
  { applications: [registered('a', { keyCredentials: [certificate('k', inDays(20), 365.5)] })], servicePrincipals: [enterprise('s')] },
  [
    {
      name: 'fails from the day after a year',
      given: { applications: [registered('a', { keyCredentials: [certificate('k', inDays(20), 366)] })] },
      verdict: 'fail',
      objects: ['a/k'],
      says: '366 days',
    },
    {
      name: 'is unknown where certificates were not asked for',
      given: { applications: [registered('a', { keyCredentials: undefined as never })] },
      verdict: 'unknown',
      reason: 'shape',
    },
    {
      name: 'leaves enterprise applications to another check',
      given: { servicePrincipals: [enterprise('s', { keyCredentials: [certificate('k', inDays(20), 3000)] })] },
      verdict: 'pass',
    },
  ],
)
