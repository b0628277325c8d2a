import { accessReviews } from '../../../../core/posture/facts/access-reviews.ts'
import { describeFact } from '../../../build/fact-test.ts'

const noScope = { principalScopes: [], resourceScopes: [] }
const row = {
  id: 'r',
  displayName: 'Guests',
  status: 'InProgress',
  scope: { ...noScope, query: "/users?$filter=userType eq 'Guest'" },
  instanceEnumerationScope: null,
  reviewers: [{ query: '/users/u' }],
  stageSettings: [{ reviewers: [{ query: './manager' }] }],
  settings: {
    autoApplyDecisionsEnabled: true,
    defaultDecisionEnabled: true,
    defaultDecision: 'Deny',
    recurrence: { pattern: { type: 'absoluteMonthly' }, range: { type: 'noEnd', endDate: null } },
  },
}

describeFact('access-reviews', accessReviews, {
  answer: {
    ...row,
    reviewers: [{ query: '/users/u', queryType: 'MicrosoftGraph', queryRoot: null }],
    stageSettings: [{ stageId: '1', reviewers: [{ query: './manager', queryType: 'MicrosoftGraph' }] }],
    scope: {
      '@odata.type': '#microsoft.graph.accessReviewQueryScope',
      query: "/users?$filter=userType eq 'Guest'",
      queryType: 'MicrosoftGraph',
    },
    settings: {
      ...row.settings,
      instanceDurationInDays: 14,
      recurrence: { pattern: { type: 'absoluteMonthly', interval: 3 }, range: { type: 'noEnd', startDate: '2026-01-01' } },
    },
  },
  row,
  needed: ['id', 'settings'],
  nullable: ['status'],
  optional: ['displayName', 'scope', 'instanceEnumerationScope', 'reviewers', 'stageSettings'],
})
