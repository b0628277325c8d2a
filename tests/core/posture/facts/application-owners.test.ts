import { describe } from '@jest/globals'
import { applicationOwners } from '../../../../core/posture/facts/application-owners.ts'
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

describe('application-owners', () => {
  keepsItsShape(
    applicationOwners,
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
