import { publicClientWithCredentials } from '../../../../../core/posture/checks/applications/public-client-with-credentials.ts'
import { certificate, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays, secret } from '../../../../build/facts.ts'

describeCheck(
  publicClientWithCredentials,
  {
    applications: [
      registered('a', { isFallbackPublicClient: true }),
      registered('b', { isFallbackPublicClient: false, passwordCredentials: [secret('k', inDays(9))] }),
    ],
  },
  [
    {
      name: 'warns when it has a credential too',
      given: { applications: [registered('a', { isFallbackPublicClient: true, keyCredentials: [certificate('k', inDays(9))] })] },
      verdict: 'warn',
      objects: ['a'],
    },
  ],
)
