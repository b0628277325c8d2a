import { consentRequestsAnswered } from '../../../../../core/posture/checks/applications/consent-requests-answered.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { inDays } from '../../../../build/facts.ts'

const request = (daysAgo: number, status = 'InProgress') => ({ id: `r${daysAgo}`, status, createdDateTime: inDays(-daysAgo) })
const asked = (...userConsentRequests: readonly object[]) => ({
  appConsentRequests: [{ id: 'q', appId: 'a', appDisplayName: 'Whiteboard', userConsentRequests }],
})

describeCheck(consentRequestsAnswered, asked(request(7), request(40, 'Completed')), [
  {
    name: 'warns after a week, and counts from the first',
    given: asked(request(8), request(20)),
    verdict: 'warn',
    reason: 'waiting',
    objects: ['a'],
    says: '2 people asked for it; the first has waited for 20 days.',
  },
  {
    name: 'warns about a state that we do not know',
    given: asked(request(8, 'unknownFutureValue')),
    verdict: 'warn',
  },
  { name: 'passes without requests', given: { appConsentRequests: [] }, verdict: 'pass' },
])
