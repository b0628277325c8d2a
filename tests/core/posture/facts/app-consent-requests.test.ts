import { describe } from '@jest/globals'
import { appConsentRequests } from '../../../../core/posture/facts/app-consent-requests.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  id: 'ee245379-e3bb-4944-a997-24115f0b8b5f',
  appId: 'd1f5e8b1-1a4e-4b4e-8b4b-4b4b4b4b4b4b',
  appDisplayName: 'Graph Explorer',
  pendingScopes: [{ displayName: 'Family.Read' }],
  userConsentRequests: [
    {
      id: 'acef9a1f-7bb1-4d40-8f0b-ffc3a8b4a4a4',
      reason: 'I need this',
      status: 'InProgress',
      createdDateTime: '2019-11-15T20:07:47.3925498Z',
      approval: { id: 'x' },
    },
  ],
} as const

describe('app-consent-requests', () => {
  keepsItsShape(
    appConsentRequests,
    answer,
    [
      {
        id: 'ee245379-e3bb-4944-a997-24115f0b8b5f',
        appId: 'd1f5e8b1-1a4e-4b4e-8b4b-4b4b4b4b4b4b',
        appDisplayName: 'Graph Explorer',
        userConsentRequests: [
          { id: 'acef9a1f-7bb1-4d40-8f0b-ffc3a8b4a4a4', status: 'InProgress', createdDateTime: '2019-11-15T20:07:47.3925498Z' },
        ],
      },
    ],
    ['id', 'appId', 'userConsentRequests', 'userConsentRequests.0.status'],
  )
})
