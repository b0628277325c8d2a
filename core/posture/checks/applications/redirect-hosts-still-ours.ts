import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { registrationsPage } from '../../rules/application-objects.ts'
import { redirectHosts } from '../../rules/redirect-hosts.ts'

/** How many hosts the sentence names. */
const shown = 25

export const redirectHostsStillOurs = defineCheck({
  id: 'redirect-hosts-still-ours',
  code: 'APP-26',
  area: 'applications',
  severity: 'medium',
  title: 'Every host that sign-ins return to is still ours',
  failTitle: 'Every host that sign-ins return to is still ours: not known',
  why: 'A redirect address whose domain ran out or whose cloud service was deleted can be taken by anybody. The sign-in then hands its code or token to them.',
  reasons: {
    none: 'No app registration returns sign-ins to a host on the internet.',
    look: 'Who holds a name is a question for DNS, which Microsoft Graph does not answer. Look at Authentication, Redirect URIs, of each app registration: {count, plural, one {this host} other {these # hosts}} must resolve, and to something of yours: {hosts}{more, plural, =0 {} other { and # more}}.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Look each host up: does the name resolve, and is what it leads to yours?',
    'Remove redirect addresses whose host is gone from the app registration.',
    'Keep the names that are in use, and renew their domains by themselves.',
  ],
  portal: registrationsPage,
  frameworks: { zeroTrust: ['21888'], attack: ['T1528'] },

  needs: ['applicationSettings'],
  judge({ applicationSettings }) {
    const hosts = redirectHosts(applicationSettings)
    if (hosts.length === 0) return { verdict: 'pass', reason: 'none', values: {}, basis: [factKey('applications', '')] }
    const more = Math.max(0, hosts.length - shown)
    return { verdict: 'manual', reason: 'look', values: { count: hosts.length, hosts: hosts.slice(0, shown).join(', '), more } }
  },
})
