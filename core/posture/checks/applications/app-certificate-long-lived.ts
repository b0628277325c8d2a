import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { credentialObject, overRows, registrationsPage } from '../../rules/application-objects.ts'
import { dayMs } from '../../../day.ts'

/** CISA's baseline: MS.AAD.5.7. The hours of the first and the last day do not count. */
export const appCertificateLongLived = defineCheck({
  id: 'app-certificate-long-lived',
  code: 'APP-05',
  area: 'applications',
  severity: 'medium',
  perObject: true,
  title: 'No certificate of an app registration is valid for long',
  failTitle: '{count, plural, one {# certificate is} other {# certificates are}} valid for more than {longest} days',
  why: 'A private key that was copied stays useful for as long as its certificate is valid. A yearly renewal bounds that, and keeps the renewal practised.',
  reasons: {
    none: 'Every certificate of an app registration is valid for at most {longest} days.',
    some: '{count, plural, one {# certificate of an app registration is} other {# certificates of app registrations are}} valid for more than {longest} days.',
  },
  objectReason:
    'The certificate {named, select, yes {“{credentialName}”} other {without a name}} (key {keyId}) is valid for {days} days, until {endsAt, date, day}.',
  remediation: [
    'Prefer a managed identity or workload identity federation, which need no certificate of yours.',
    'Otherwise add a certificate that ends sooner, put it in place and remove the long one.',
    'Limit the lifetime of certificates for all applications with an app management policy.',
  ],
  portal: registrationsPage,
  frameworks: { scuba: ['MS.AAD.5.7v1'], cis: ['5.1.5.6'], zeroTrust: ['21773'], attack: ['T1649'] },

  each: ['applicationCredentials'],
  needs: [],
  summary: { ...overRows, values: ({ parameters }) => ({ longest: parameters.credentialLifetime.certificateDays }) },
  judge({ row }, _facts, { parameters }): RowVerdict {
    if (row.kind !== 'certificate' || row.holder !== 'application' || row.startsAt === null) return []
    const days = Math.floor((row.endsAt - row.startsAt) / dayMs)
    return days > parameters.credentialLifetime.certificateDays ? [{ verdict: 'fail', object: credentialObject(row, { days }) }] : []
  },
})
