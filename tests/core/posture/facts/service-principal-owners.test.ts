import { describe } from '@jest/globals'
import { servicePrincipalOwners } from '../../../../core/posture/facts/service-principal-owners.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  '@odata.id': 'x',
  id: 'a',
  owners: [
    {
      '@odata.type': '#microsoft.graph.user',
      id: 'u',
      displayName: 'Adele Vance',
      userPrincipalName: 'adele@contoso.com',
      mail: null,
      jobTitle: 'Analyst',
    },
    { '@odata.type': '#microsoft.graph.servicePrincipal', id: 's', displayName: null },
  ],
} as const

describe('service-principal-owners', () => {
  keepsItsShape(
    servicePrincipalOwners,
    answer,
    [
      {
        id: 'a',
        owners: [
          { '@odata.type': '#microsoft.graph.user', id: 'u', displayName: 'Adele Vance', userPrincipalName: 'adele@contoso.com' },
          { '@odata.type': '#microsoft.graph.servicePrincipal', id: 's', displayName: null, userPrincipalName: null },
        ],
      },
    ],
    ['id', 'owners', 'owners.0.id', 'owners.1.id'],
  )
})
