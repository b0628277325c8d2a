import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { applicationObject, overRows, registrationsPage } from '../../rules/application-objects.ts'

export const publicClientWithCredentials = defineCheck({
  id: 'public-client-with-credentials',
  code: 'APP-28',
  area: 'applications',
  severity: 'low',
  title: 'An application is either public or has credentials',
  failTitle:
    '{count, plural, one {# application with credentials allows} other {# applications with credentials allow}} public client flows',
  why: 'With public client flows allowed, anybody who knows the client id can start a device code or password sign-in in the name of the application, without its credential.',
  reasons: {
    none: 'No app registration with credentials allows public client flows.',
    some: '{count, plural, one {# app registration with credentials allows} other {# app registrations with credentials allow}} public client flows.',
  },
  objectReason: 'Public client flows are allowed, although it has {credentials, plural, one {# credential} other {# credentials}}.',
  remediation: [
    'Set “Allow public client flows” to No under Authentication.',
    'Where a command line tool needs it, give the tool an app registration of its own.',
  ],
  portal: registrationsPage,
  frameworks: { attack: ['T1528'] },

  each: ['applicationSettings'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    const credentials = row.passwordCredentials.length + row.keyCredentials.length
    if (row.isFallbackPublicClient !== true || credentials === 0) return []
    return [{ verdict: 'warn', object: applicationObject(row, [factKey('applications', row.id)], { credentials }) }]
  },
})
