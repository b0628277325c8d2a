import { adminConsentReminders } from '../../../../../core/posture/checks/applications/admin-consent-reminders.ts'
import type { FactRow } from '../../../../../core/posture/facts.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

const policy: FactRow<'adminConsentRequestPolicy'> = {
  isEnabled: true,
  notifyReviewers: true,
  remindersEnabled: true,
  requestDurationInDays: 30,
  reviewers: [{ query: '/users/u' }],
}

describeCheck(adminConsentReminders, { adminConsentRequestPolicy: [policy] }, [
  {
    name: 'fails when reviewers are not told',
    given: { adminConsentRequestPolicy: [{ ...policy, notifyReviewers: false }] },
    verdict: 'fail',
    says: 'not told',
  },
  {
    name: 'fails without reminders',
    given: { adminConsentRequestPolicy: [{ ...policy, remindersEnabled: false }] },
    verdict: 'fail',
    says: 'not reminded',
  },
  {
    name: 'fails when a request lasts too long',
    given: { adminConsentRequestPolicy: [{ ...policy, requestDurationInDays: 31 }] },
    verdict: 'fail',
    says: '31 days',
  },
  {
    name: 'fails when a request lasts no day',
    given: { adminConsentRequestPolicy: [{ ...policy, requestDurationInDays: 0 }] },
    verdict: 'fail',
  },
  {
    name: 'does not apply while there are no requests',
    given: { adminConsentRequestPolicy: [{ ...policy, isEnabled: false }] },
    verdict: 'notApplicable',
    reason: 'off',
  },
])
