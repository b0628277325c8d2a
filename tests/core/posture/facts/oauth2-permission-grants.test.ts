import { describe } from '@jest/globals'
import { oauth2PermissionGrants } from '../../../../core/posture/facts/oauth2-permission-grants.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  clientId: '5947fe80-f2f5-4d67-9ae3-0f0ec3ee3bd7',
  consentType: 'AllPrincipals',
  id: 'gP5HWfXyZ02a4w8Ow-471wGI',
  principalId: null,
  resourceId: '7ea9e944-71ce-443d-811c-71e8047b557a',
  scope: 'User.Read User.ReadBasic.All',
} as const

describe('oauth2-permission-grants', () => {
  keepsItsShape(
    oauth2PermissionGrants,
    answer,
    [
      {
        id: 'gP5HWfXyZ02a4w8Ow-471wGI',
        clientId: '5947fe80-f2f5-4d67-9ae3-0f0ec3ee3bd7',
        consentType: 'AllPrincipals',
        principalId: null,
        resourceId: '7ea9e944-71ce-443d-811c-71e8047b557a',
        scope: 'User.Read User.ReadBasic.All',
      },
    ],
    ['id', 'clientId', 'consentType', 'principalId', 'resourceId', 'scope'],
  )
})
