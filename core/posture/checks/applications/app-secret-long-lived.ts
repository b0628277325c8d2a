import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { credentialObject, overRows, registrationsPage } from '../../rules/application-objects.ts'
import { dayMs } from '../../../day.ts'

/** CISA's baseline: MS.AAD.5.6. The hours of the first and the last day do not count. */
export const appSecretLongLived = defineCheck({
  id: 'app-secret-long-lived',
  code: 'APP-04',
  area: 'applications',
  severity: 'medium',
  perObject: true,
  title: 'No secret of an app registration is valid for long',
  failTitle: '{count, plural, one {# secret is} other {# secrets are}} valid for more than {longest} days',
  why: 'A secret is a password that is copied into files and settings. The longer one is valid, the longer a copy that got out can be used.',
  reasons: {
    none: 'Every secret of an app registration is valid for at most {longest} days.',
    some: '{count, plural, one {# secret of an app registration is} other {# secrets of app registrations are}} valid for more than {longest} days, or nobody knows since when.',
  },
  objectReason:
    'The secret {named, select, yes {“{credentialName}”} other {without a name}} (key {keyId}) {known, select, yes {is valid for {days} days, until} other {has no beginning; it is valid until}} {endsAt, date, day}.',
  remediation: [
    'Prefer a managed identity, workload identity federation or a certificate.',
    'Otherwise add a secret that ends sooner, put it in place and delete the long one.',
    'Limit the lifetime of secrets for all applications with an app management policy.',
  ],
  portal: registrationsPage,
  frameworks: { scuba: ['MS.AAD.5.6v1'], cis: ['5.1.5.5'], attack: ['T1552.001'] },

  each: ['applicationCredentials'],
  needs: [],
  summary: { ...overRows, values: ({ parameters }) => ({ longest: parameters.credentialLifetime.secretDays }) },
  judge({ row }, _facts, { parameters }): RowVerdict {
    if (row.kind !== 'secret' || row.holder !== 'application') return []
    const days = row.startsAt === null ? null : Math.floor((row.endsAt - row.startsAt) / dayMs)
    if (days !== null && days <= parameters.credentialLifetime.secretDays) return []
    return [{ verdict: 'fail', object: credentialObject(row, { known: days === null ? 'no' : 'yes', days: days ?? 0 }) }]
  },
})
