import { describe } from '@jest/globals'
import { adminConsentRequestPolicy } from '../../../../core/posture/facts/admin-consent-request-policy.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  '@odata.context': 'x',
  isEnabled: true,
  notifyReviewers: true,
  remindersEnabled: true,
  requestDurationInDays: 5,
  version: 1,
  reviewers: [{ query: '/users/b6879be8-fb87-4482-a72e-18445d2b5c54', queryType: 'MicrosoftGraph', queryRoot: null }],
} as const

describe('admin-consent-request-policy', () => {
  keepsItsShape(
    adminConsentRequestPolicy,
    answer,
    [
      {
        isEnabled: true,
        notifyReviewers: true,
        remindersEnabled: true,
        requestDurationInDays: 5,
        reviewers: [{ query: '/users/b6879be8-fb87-4482-a72e-18445d2b5c54' }],
      },
    ],
    ['isEnabled', 'notifyReviewers', 'remindersEnabled', 'reviewers'],
  )
})
