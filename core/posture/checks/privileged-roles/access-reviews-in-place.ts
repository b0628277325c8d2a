import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { isByOthers, isRecurring, subjectsOf, takesAway } from '../../rules/access-reviews.ts'

export const accessReviewsInPlace = defineCheck({
  id: 'access-reviews-in-place',
  code: 'PR-20',
  area: 'privilegedRoles',
  severity: 'medium',
  licence: 'p2',
  title: 'Privileged roles and guests are reviewed again and again',
  failTitle: 'Privileged roles, guests or both are not reviewed in a way that takes unneeded access away',
  why: 'Access that was right once stays for ever unless somebody looks. A review that repeats itself, and takes away what nobody confirms, keeps it small.',
  reasons: {
    reviewed: 'Recurring reviews of privileged roles and of guests take away what nobody confirms.',
    neither: 'There is no recurring access review, neither of privileged roles nor of guests.',
    noRoles: 'Guests are reviewed, and privileged roles are not.',
    noGuests: 'Privileged roles are reviewed, and guests are not.',
    self: 'Both are reviewed, but nobody is named as a reviewer of one of them, so that people review themselves.',
    toothless:
      'Both are reviewed, but what nobody confirms stays: the answer by default is not to deny, or answers are not applied by themselves.',
  },
  objectReason: 'Comes again and is not enforced.',
  remediation: [
    'In Identity Governance, make an access review of the privileged roles, and one of all guests, every three months.',
    'Name reviewers, set the answer for those who do not respond to deny, and let results be applied by themselves.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_ERM/DashboardBlade/~/Controls',
  frameworks: { cis: ['5.3.2', '5.3.3'], zeroTrust: ['21855', '21857'], attack: ['T1078.004'] },

  needs: ['accessReviews'],
  judge({ accessReviews }, { now, settings }) {
    const basis = [factKey('accessReviews', '')]
    const recurring = accessReviews.filter((review) => isRecurring(review, now))
    const about = {
      roles: recurring.filter((r) => subjectsOf(r, settings).includes('roles')),
      guests: recurring.filter((r) => subjectsOf(r, settings).includes('guests')),
    }
    const missing =
      about.roles.length === 0 ? (about.guests.length === 0 ? 'neither' : 'noRoles') : about.guests.length === 0 ? 'noGuests' : undefined
    if (missing) return { verdict: 'fail', reason: missing, values: { reviews: recurring.length }, objects: [], basis }
    const both = (test: (review: (typeof recurring)[number]) => boolean) => about.roles.some(test) && about.guests.some(test)
    if (both((review) => takesAway(review) && isByOthers(review))) return { verdict: 'pass', reason: 'reviewed', values: {}, basis }
    const reason = both(isByOthers) ? 'toothless' : 'self'
    return { verdict: 'warn', reason, values: { reviews: recurring.length }, objects: [], basis }
  },
})
