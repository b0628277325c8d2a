import { describe } from '@jest/globals'
import { appManagementPolicies } from '../../../../core/posture/facts/app-management-policies.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  id: 'db9d1b58-3042-4c2c-8a2d-1b2a0b1b1b1b',
  displayName: 'Credential policy',
  description: 'x',
  isEnabled: true,
  restrictions: {
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
  appliesTo: [{ '@odata.type': '#microsoft.graph.application', id: 'a', appId: 'b' }],
} as const

describe('app-management-policies', () => {
  keepsItsShape(
    appManagementPolicies,
    answer,
    [
      {
        id: 'db9d1b58-3042-4c2c-8a2d-1b2a0b1b1b1b',
        displayName: 'Credential policy',
        isEnabled: true,
        restrictions: {
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
        appliesTo: [{ id: 'a' }],
      },
    ],
    ['id', 'isEnabled', 'appliesTo', 'appliesTo.0.id'],
  )
})
