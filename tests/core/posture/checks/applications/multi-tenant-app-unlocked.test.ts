import { multiTenantAppUnlocked } from '../../../../../core/posture/checks/applications/multi-tenant-app-unlocked.ts'
import { registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

describeCheck(
  multiTenantAppUnlocked,
  {
    applications: [
      registered('a'),
      registered('b', { signInAudience: 'AzureADMultipleOrgs', servicePrincipalLockConfiguration: { isEnabled: true } }),
    ],
  },
  [
    {
      name: 'fails without a lock',
      given: { applications: [registered('a', { signInAudience: 'AzureADandPersonalMicrosoftAccount' })] },
      verdict: 'fail',
      objects: ['a'],
    },
    {
      name: 'fails with a lock that is off',
      given: {
        applications: [registered('a', { signInAudience: 'AzureADMultipleOrgs', servicePrincipalLockConfiguration: { isEnabled: false } })],
      },
      verdict: 'fail',
    },
    {
      name: 'fails where Graph does not say for whom it is',
      given: { applications: [registered('a', { signInAudience: null })] },
      verdict: 'fail',
    },
    {
      name: 'fails on an audience that we do not know',
      given: { applications: [registered('a', { signInAudience: 'unknownFutureValue' })] },
      verdict: 'fail',
    },
    {
      name: 'passes for personal accounts, which belong to no tenant',
      given: { applications: [registered('a', { signInAudience: 'PersonalMicrosoftAccount' })] },
      verdict: 'pass',
    },
    {
      name: 'is unknown where the audience was not asked for',
      given: { applications: [registered('a', { signInAudience: undefined as never })] },
      verdict: 'unknown',
      reason: 'shape',
    },
  ],
)
