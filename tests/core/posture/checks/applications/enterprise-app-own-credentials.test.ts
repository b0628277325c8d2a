import { enterpriseAppOwnCredentials } from '../../../../../core/posture/checks/applications/enterprise-app-own-credentials.ts'
import { certificate, enterprise, organization } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays, secret } from '../../../../build/facts.ts'

describeCheck(
  enterpriseAppOwnCredentials,
  {
    organization: [organization()],
    servicePrincipals: [
      enterprise('saml', {
        preferredSingleSignOnMode: 'saml',
        keyCredentials: [certificate('k', inDays(9)), { ...certificate('s', inDays(9)), usage: 'Sign' }],
        passwordCredentials: [secret('S', inDays(9))],
      }),
      enterprise('managed', { servicePrincipalType: 'ManagedIdentity', keyCredentials: [certificate('k', inDays(9))] }),
    ],
  },
  [
    {
      name: 'fails on one of our own',
      given: { servicePrincipals: [enterprise('s', { passwordCredentials: [secret('k', inDays(9))] })] },
      verdict: 'fail',
      objects: ['s'],
    },
    {
      name: 'fails on a secret beside a certificate for SAML, which needs none',
      given: {
        servicePrincipals: [
          enterprise('s', {
            preferredSingleSignOnMode: 'saml',
            keyCredentials: [certificate('k', inDays(9))],
            passwordCredentials: [secret('K', inDays(9))],
          }),
        ],
      },
      verdict: 'fail',
      objects: ['s'],
      says: '1 secret and 0 certificates',
    },
    {
      name: 'fails on one of somebody else, and says so',
      given: { servicePrincipals: [enterprise('s', { appOwnerOrganizationId: 'other', keyCredentials: [certificate('k', inDays(9))] })] },
      verdict: 'fail',
      objects: ['s'],
      says: 'of another publisher',
    },
    {
      name: 'fails where the type is not known',
      given: { servicePrincipals: [enterprise('s', { servicePrincipalType: null, passwordCredentials: [secret('k', inDays(9))] })] },
      verdict: 'fail',
    },
    {
      name: 'is unknown where the owner was not asked for',
      given: { servicePrincipals: [enterprise('s', { appOwnerOrganizationId: undefined as never })] },
      verdict: 'unknown',
      reason: 'shape',
    },
  ],
)
