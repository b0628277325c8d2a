import { appManyCredentials } from '../../../../../core/posture/checks/applications/app-many-credentials.ts'
import { certificate, enterprise, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays, secret } from '../../../../build/facts.ts'

describeCheck(
  appManyCredentials,
  {
    applications: [registered('a', { passwordCredentials: [secret('1', inDays(1))], keyCredentials: [certificate('2', inDays(1))] })],
    servicePrincipals: [enterprise('s')],
  },
  [
    {
      name: 'warns at the third one',
      given: {
        applications: [
          registered('a', {
            passwordCredentials: [secret('1', inDays(1)), secret('3', inDays(1))],
            keyCredentials: [certificate('2', inDays(1))],
          }),
        ],
      },
      verdict: 'warn',
      objects: ['a'],
      says: '3 credentials sign in: 2 secrets and 1 certificate',
    },
    {
      name: 'does not count what has ended',
      given: {
        applications: [
          registered('a', {
            passwordCredentials: [secret('1', inDays(1)), secret('3', inDays(-1))],
            keyCredentials: [certificate('2', inDays(1))],
          }),
        ],
      },
      verdict: 'pass',
    },
  ],
)
