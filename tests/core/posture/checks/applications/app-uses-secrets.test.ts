import { appUsesSecrets } from '../../../../../core/posture/checks/applications/app-uses-secrets.ts'
import { certificate, registered } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays, secret } from '../../../../build/facts.ts'

describeCheck(appUsesSecrets, { applications: [registered('a', { keyCredentials: [certificate('k', inDays(20))] })] }, [
  {
    name: 'fails for each application, whatever became of its secrets',
    given: { applications: [registered('a', { passwordCredentials: [secret('k', inDays(-1)), secret('l', inDays(9))] }), registered('b')] },
    verdict: 'fail',
    objects: ['a'],
    says: '2 secrets',
  },
])
