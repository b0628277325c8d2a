import { defineCheck, fixWith } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { credentialObject, registrationsPage } from '../../rules/application-objects.ts'
import { dayMs } from '../../../day.ts'

export const appCertificateEnds = defineCheck({
  id: 'app-certificate-ends',
  code: 'APP-03',
  area: 'applications',
  severity: 'high',
  title: 'No certificate of an application has ended or is about to',
  failTitle: '{count, plural, one {# certificate has} other {# certificates have}} ended or {count, plural, one {ends} other {end}} soon',
  why: 'When the certificate of an application ends, it can no longer sign in; when the one that signs SAML tokens ends, nobody can sign in to the application.',
  reasons: {
    none: 'No certificate of an application has ended or ends within {warnDays} days.',
    over: '{failing, plural, one {# certificate has ended or ends} other {# certificates have ended or end}} within {failDays} days{warning, plural, =0 {} other {, and # more within {warnDays} days}}.',
    soon: '{warning, plural, one {# certificate ends} other {# certificates end}} within {warnDays} days. There is time to renew.',
  },
  objectReason:
    'The certificate {named, select, yes {“{credentialName}”} other {without a name}} (key {keyId}) {ended, select, yes {ended} other {ends}} on {endsAt, date, day}.',
  remediation: [
    'Find out who runs the application and where its private key is kept.',
    'Add the new certificate beside the old one. For SAML, make it active on a day agreed with whoever runs the other side.',
    'See that sign-ins use the new one, then remove the old one.',
  ],
  portal: registrationsPage,
  // What still works is renewed by whoever runs it; only what has ended is taken away.
  fix: fixWith('remove-app-certificate', ({ type, id, part, values }) =>
    type === 'application' && part && values?.['ended'] === 'yes' ? { applicationId: id, keyId: part } : undefined,
  ),
  frameworks: { zeroTrust: ['21992'] },
  worseWhen: { days: 'lower' },

  each: ['applicationCredentials'],
  needs: [],
  summary: { pass: 'none', fail: 'over', warn: 'soon', values: ({ parameters }) => ({ ...parameters.secretExpiry }) },
  judge({ row }, _facts, { now, parameters: { secretExpiry } }): RowVerdict {
    const left = row.endsAt - now
    if (row.kind !== 'certificate' || left > secretExpiry.warnDays * dayMs) return []
    const object = credentialObject(row, { ended: left < 0 ? 'yes' : 'no', days: Math.floor(left / dayMs) })
    return [{ verdict: left <= secretExpiry.failDays * dayMs ? 'fail' : 'warn', object }]
  },
})
