import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'

/** EIDSCA.CR04. */
const longestDays = 30

export const adminConsentReminders = defineCheck({
  id: 'admin-consent-reminders',
  code: 'APP-40',
  area: 'applications',
  severity: 'low',
  title: 'Reviewers hear of requests for consent, and are reminded',
  failTitle: 'Requests for consent can go unnoticed',
  why: 'A request that nobody sees ends as a refusal that nobody decided, and people stop asking.',
  reasons: {
    heard: 'Reviewers are told and reminded; a request ends after {days} days.',
    unheard:
      '{told, select, yes {Reviewers are told} other {Reviewers are not told}}, {reminded, select, yes {they are reminded} other {they are not reminded}}, and a request ends after {days} days; it should be at most {longest}.',
    off: 'The admin consent workflow is off, so there are no requests.',
  },
  objectReason: '',
  remediation: ['In the admin consent settings, switch on e-mail to reviewers and reminders.', 'Let requests end within 30 days.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ConsentPoliciesMenuBlade/~/AdminConsentSettings',
  frameworks: { eidsca: ['EIDSCA.CR02', 'EIDSCA.CR03', 'EIDSCA.CR04'] },

  needs: ['adminConsentRequestPolicy'],
  judge({ adminConsentRequestPolicy }) {
    const basis = [factKey('adminConsentRequestPolicy', '')]
    const [policy] = adminConsentRequestPolicy
    if (policy?.isEnabled !== true) return { verdict: 'notApplicable', reason: 'off', values: {} }
    const { notifyReviewers, remindersEnabled, requestDurationInDays: days } = policy
    const values = { told: notifyReviewers ? 'yes' : 'no', reminded: remindersEnabled ? 'yes' : 'no', days, longest: longestDays }
    if (notifyReviewers && remindersEnabled && days > 0 && days <= longestDays) return { verdict: 'pass', reason: 'heard', values, basis }
    return { verdict: 'fail', reason: 'unheard', values, objects: [], basis }
  },
})
