import { describe } from '@jest/globals'
import { federatedIdentityCredentials } from '../../../../core/posture/facts/federated-identity-credentials.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  id: 'a',
  displayName: 'Deploy',
  federatedIdentityCredentials: [
    {
      '@odata.id': 'x',
      id: 'f',
      name: 'testing02',
      issuer: 'https://login.microsoftonline.com/3d1e2be9-a10a-4a0c-8380-7ce190f98ed9/v2.0',
      subject: 'a7d388c3-5e3f-4959-ac7d-786b3383006a',
      description: null,
      audiences: ['api://AzureADTokenExchange'],
    },
  ],
} as const

describe('federated-identity-credentials', () => {
  keepsItsShape(
    federatedIdentityCredentials,
    answer,
    [
      {
        id: 'a',
        displayName: 'Deploy',
        federatedIdentityCredentials: [
          {
            id: 'f',
            name: 'testing02',
            issuer: 'https://login.microsoftonline.com/3d1e2be9-a10a-4a0c-8380-7ce190f98ed9/v2.0',
            subject: 'a7d388c3-5e3f-4959-ac7d-786b3383006a',
            audiences: ['api://AzureADTokenExchange'],
          },
        ],
      },
    ],
    ['id', 'federatedIdentityCredentials', 'federatedIdentityCredentials.0.issuer', 'federatedIdentityCredentials.0.subject'],
  )
})
