import { dayMs } from '../../day.ts'
import { defineAlertRule, numberOf } from '../rule.ts'

/** Secrets and certificates of app registrations that end soon; what has ended is a finding and no news. */
export const credentialExpiring = defineAlertRule({
  id: 'credential-expiring',
  title: 'Secret or certificate expiring',
  meaning: 'A secret or certificate of an app registration ends within so many days.',
  severity: 'medium',
  parameters: [{ kind: 'number', name: 'days', title: 'Days ahead', unit: 'days', least: 1, most: 90, starts: 14 }],
  firstLook: 'tells',
  needs: 'viewFindings',
  look({ credentials, now }, values) {
    if (credentials === 'notKnown') return { credential: credentials }
    const until = now + numberOf(credentialExpiring, values, 'days') * dayMs
    const ending = credentials.filter(({ endsAt }) => endsAt > now && endsAt <= until)
    return {
      credential: ending.map(({ applicationId, keyId, name, kind, endsAt }) => ({
        key: `${applicationId}/${keyId}`,
        name,
        values: { kind, ends: new Date(endsAt).toISOString() },
        path: `/findings/${kind === 'secret' ? 'app-secret-expires-soon' : 'app-certificate-ends'}`,
      })),
    }
  },
  say: (name, { kind, ends }) => `A ${kind === 'secret' ? 'secret' : 'certificate'} of ${name} ends on ${String(ends).slice(0, 10)} (UTC).`,
})
