import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr } from '../../rows/graph-values.ts'
import { daysSince } from '../../rules/people.ts'

/** Days after which somebody should have answered. */
const waiting = 7
/** Whatever has another state, also one that we do not know, still waits. https://learn.microsoft.com/graph/api/resources/userconsentrequest */
const answered: readonly string[] = ['completed', 'expired', 'denied', 'canceled']

export const consentRequestsAnswered = defineCheck({
  id: 'consent-requests-answered',
  code: 'APP-43',
  area: 'applications',
  severity: 'low',
  perObject: true,
  title: 'Requests for an application are answered within a week',
  failTitle: '{count, plural, one {# application waits} other {# applications wait}} for more than a week for an answer',
  why: 'Whoever waits for weeks finds another way: a private account, or a tool without any consent. And a request that nobody reads may be the first sign of an attack.',
  reasons: {
    answered: 'No request is older than {days} days.',
    waiting:
      '{count, plural, one {# application was} other {# applications were}} asked for more than {days} days ago, and nobody has answered: {names}.',
  },
  objectReason: '{requests, plural, one {# person asked} other {# people asked}} for it; the first has waited for {waited} days.',
  remediation: [
    'Read what the application asks for and why the person needs it.',
    'Grant it, deny it or block it, with a word to the person.',
    'Name reviewers who are told about new requests.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AccessRequests',
  frameworks: {},

  needs: ['appConsentRequests'],
  judge({ appConsentRequests }, { now }) {
    const objects = appConsentRequests.flatMap((row): AffectedObject[] => {
      const open = row.userConsentRequests.filter(({ status }) => !answered.includes(status.toLowerCase()))
      const waited = Math.max(-1, ...open.map(({ createdDateTime }) => daysSince(createdDateTime, now) ?? -1))
      if (waited <= waiting) return []
      const values = { appId: row.appId, requests: open.length, waited }
      return [
        {
          type: 'application',
          id: row.appId,
          name: nameOr(row.appDisplayName, row.appId),
          values,
          basis: [factKey('appConsentRequests', row.id)],
        },
      ]
    })
    const values = { days: waiting, count: objects.length, names: objects.map(({ name }) => name).join(', ') }
    const basis = [factKey('appConsentRequests', '')]
    if (objects.length === 0) return { verdict: 'pass', reason: 'answered', values, basis }
    return { verdict: 'warn', reason: 'waiting', values, objects, basis }
  },
})
