import { describe } from '@jest/globals'
import { permissionGrantPolicies } from '../../../../core/posture/facts/permission-grant-policies.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  id: 'my-custom-consent-policy',
  displayName: 'Custom',
  description: 'x',
  includes: [
    {
      id: 'cdb7eb2b-bb1b-4b4b-8b4b-4b4b4b4b4b4b',
      permissionClassification: 'all',
      permissionType: 'delegated',
      resourceApplication: 'any',
      permissions: ['all'],
      clientApplicationIds: ['all'],
      clientApplicationTenantIds: ['all'],
      clientApplicationPublisherIds: ['all'],
      clientApplicationsFromVerifiedPublisherOnly: true,
      certifiedClientApplicationsOnly: false,
    },
  ],
  excludes: [],
} as const

describe('permission-grant-policies', () => {
  keepsItsShape(
    permissionGrantPolicies,
    answer,
    [
      {
        id: 'my-custom-consent-policy',
        displayName: 'Custom',
        includes: [
          {
            id: 'cdb7eb2b-bb1b-4b4b-8b4b-4b4b4b4b4b4b',
            permissionClassification: 'all',
            permissionType: 'delegated',
            resourceApplication: 'any',
            permissions: ['all'],
            clientApplicationIds: ['all'],
            clientApplicationTenantIds: ['all'],
            clientApplicationPublisherIds: ['all'],
            clientApplicationsFromVerifiedPublisherOnly: true,
          },
        ],
        excludes: [],
      },
    ],
    ['id', 'includes', 'excludes', 'includes.0.permissions', 'includes.0.permissionType'],
  )
})
