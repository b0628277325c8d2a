import { adminConsentWorkflow } from '../../../../../core/posture/checks/applications/admin-consent-workflow.ts'
import type { FactRow } from '../../../../../core/posture/facts.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

const policy: FactRow<'adminConsentRequestPolicy'> = {
  isEnabled: true,
  notifyReviewers: true,
  remindersEnabled: true,
  requestDurationInDays: 30,
  reviewers: [{ query: '/users/u' }],
}

describeCheck(adminConsentWorkflow, { adminConsentRequestPolicy: [policy] }, [
  { name: 'fails when it is off', given: { adminConsentRequestPolicy: [{ ...policy, isEnabled: false }] }, verdict: 'fail', reason: 'off' },
  {
    name: 'fails when nobody reviews',
    given: { adminConsentRequestPolicy: [{ ...policy, reviewers: [] }] },
    verdict: 'fail',
    reason: 'nobody',
  },
  {
    name: 'fails when what finds the reviewers is empty',
    given: { adminConsentRequestPolicy: [{ ...policy, reviewers: [{ query: null }, { query: ' ' }] }] },
    verdict: 'fail',
    reason: 'nobody',
  },
])
