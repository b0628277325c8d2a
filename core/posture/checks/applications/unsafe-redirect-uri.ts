import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { applicationObject, overRows, registrationsPage } from '../../rules/application-objects.ts'
import { redirectProblem } from '../../rules/redirect-uri.ts'

export const unsafeRedirectUri = defineCheck({
  id: 'unsafe-redirect-uri',
  code: 'APP-25',
  area: 'applications',
  severity: 'high',
  title: 'Sign-ins return to addresses that are ours alone',
  failTitle: '{count, plural, one {# redirect URI is} other {# redirect URIs are}} not safe',
  why: 'After a sign-in, the code or token goes to the redirect URI. Whoever controls or listens at that address signs in as the person.',
  reasons: {
    none: 'No redirect URI of an app registration is unencrypted, has a wildcard, names a bare address or a host that others can claim.',
    some: '{count, plural, one {# redirect URI of an app registration is} other {# redirect URIs of app registrations are}} not safe.',
  },
  objectReason:
    '{uri}: {problem, select, insecure {tokens travel unencrypted} wildcard {the wildcard lets in addresses that nobody listed} address {an address of numbers may belong to somebody else tomorrow} other {anybody can claim this host when its owner gives it up}}.',
  remediation: [
    'Remove the URI when nothing uses it.',
    'Otherwise serve the application under a domain of your own, with https, and list that address in full.',
  ],
  portal: registrationsPage,
  frameworks: { zeroTrust: ['21885', '23183'], attack: ['T1528'] },

  each: ['applicationSettings'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    const uris = new Set([row.web, row.spa, row.publicClient].flatMap((platform) => platform?.redirectUris ?? []))
    return [...uris].sort().flatMap((uri): RowVerdict => {
      const problem = redirectProblem(uri)
      if (!problem) return []
      return [{ verdict: 'fail', object: applicationObject(row, [factKey('applications', row.id)], { uri, problem }, uri) }]
    })
  },
})
