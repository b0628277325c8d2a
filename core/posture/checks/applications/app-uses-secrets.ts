import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { applicationObject, overRows, registrationsPage } from '../../rules/application-objects.ts'

export const appUsesSecrets = defineCheck({
  id: 'app-uses-secrets',
  code: 'APP-06',
  area: 'applications',
  severity: 'medium',
  title: 'App registrations sign in without secrets',
  failTitle: '{count, plural, one {# app registration keeps} other {# app registrations keep}} secrets',
  why: 'A secret is a password that several people and machines know. Certificates, managed identities and workload identity federation cannot be read out of a settings file or a chat.',
  reasons: {
    none: 'No app registration has a secret.',
    some: '{count, plural, one {# app registration has} other {# app registrations have}} at least one secret.',
  },
  objectReason: '{secrets, plural, one {One secret is} other {# secrets are}} kept on it.',
  remediation: [
    'For code that runs in Azure, use a managed identity.',
    'For code that runs elsewhere, use workload identity federation or a certificate.',
    'Delete the secret once sign-ins no longer use it.',
  ],
  portal: registrationsPage,
  frameworks: { zeroTrust: ['21772'] },
  worseWhen: { secrets: 'higher' },

  each: ['applications'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    const secrets = row.passwordCredentials.length
    if (secrets === 0) return []
    return [{ verdict: 'fail', object: applicationObject(row, [factKey('applications', row.id)], { secrets }) }]
  },
})
