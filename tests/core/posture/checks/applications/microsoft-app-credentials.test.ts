import { microsoftAppCredentials } from '../../../../../core/posture/checks/applications/microsoft-app-credentials.ts'
import { certificate, enterprise, microsoftGraph, microsofts } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays, secret } from '../../../../build/facts.ts'

describeCheck(
  microsoftAppCredentials,
  { servicePrincipals: [microsoftGraph(), enterprise('s', { passwordCredentials: [secret('k', inDays(9))] })] },
  [
    {
      name: 'fails on any credential',
      given: { servicePrincipals: [microsoftGraph({ passwordCredentials: [secret('k', inDays(9))] })] },
      verdict: 'fail',
      objects: ['graph'],
    },
    {
      name: 'names the old hybrid setting of Exchange',
      given: {
        servicePrincipals: [
          enterprise('x', {
            appId: '00000002-0000-0FF1-CE00-000000000000',
            appOwnerOrganizationId: microsofts,
            keyCredentials: [certificate('k', inDays(9))],
          }),
        ],
      },
      verdict: 'fail',
      says: 'Exchange hybrid',
    },
  ],
)
