import { describe } from '@jest/globals'
import { defaultAppManagementPolicy } from '../../../../core/posture/facts/default-app-management-policy.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  '@odata.context': 'x',
  id: '00000000-0000-0000-0000-000000000000',
  displayName: 'Default app management tenant policy',
  description: 'Default tenant policy that enforces app management restrictions.',
  isEnabled: false,
  applicationRestrictions: {
    passwordCredentials: [
      {
        restrictionType: 'passwordAddition',
        maxLifetime: null,
        restrictForAppsCreatedAfterDateTime: '2021-01-01T10:37:00Z',
        state: 'enabled',
      },
      { restrictionType: 'passwordLifetime', maxLifetime: 'P4DT12H30M5S', restrictForAppsCreatedAfterDateTime: '2017-01-01T10:37:00Z' },
    ],
    keyCredentials: [],
  },
  servicePrincipalRestrictions: null,
} as const

describe('default-app-management-policy', () => {
  keepsItsShape(
    defaultAppManagementPolicy,
    answer,
    [
      {
        id: '00000000-0000-0000-0000-000000000000',
        isEnabled: false,
        applicationRestrictions: {
          passwordCredentials: [
            {
              restrictionType: 'passwordAddition',
              maxLifetime: null,
              restrictForAppsCreatedAfterDateTime: '2021-01-01T10:37:00Z',
              state: 'enabled',
            },
            {
              restrictionType: 'passwordLifetime',
              maxLifetime: 'P4DT12H30M5S',
              restrictForAppsCreatedAfterDateTime: '2017-01-01T10:37:00Z',
              state: null,
            },
          ],
          keyCredentials: [],
        },
        servicePrincipalRestrictions: { passwordCredentials: [], keyCredentials: [] },
      },
    ],
    ['id', 'isEnabled'],
  )
})
