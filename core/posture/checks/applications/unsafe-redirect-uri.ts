import { defineCheck } from '../../check.ts'
import type { AffectedObject, RowVerdict, Values } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { applicationObject, enterpriseObject, overObjects, registrationsPage } from '../../rules/application-objects.ts'
import { isMicrosofts } from '../../rules/first-party.ts'
import { redirectProblem } from '../../rules/redirect-uri.ts'

export const unsafeRedirectUri = defineCheck({
  id: 'unsafe-redirect-uri',
  code: 'APP-25',
  area: 'applications',
  severity: 'high',
  perObject: true,
  title: 'Sign-ins return to addresses that are ours alone',
  failTitle: '{count, plural, one {# redirect URI is} other {# redirect URIs are}} not safe',
  why: 'After a sign-in, the code or token goes to the redirect URI. Whoever controls or listens at that address signs in as the person.',
  reasons: {
    none: 'No redirect URI of an application is unencrypted, has a wildcard, names a bare address or a host that others can claim.',
    some: '{count, plural, one {# redirect URI of an application is} other {# redirect URIs of applications are}} not safe.',
  },
  objectReason:
    '{uri}: {problem, select, insecure {tokens travel unencrypted} wildcard {the wildcard lets in addresses that nobody listed} address {an address of numbers may belong to somebody else tomorrow} other {anybody can claim this host when its owner gives it up}}.',
  remediation: [
    'Remove the URI when nothing uses it.',
    'Otherwise serve the application under a domain of your own, with https, and list that address in full.',
    'For an application of another publisher, ask the publisher for it, and disable the application until then.',
  ],
  portal: registrationsPage,
  frameworks: { zeroTrust: ['21885', '23183'], attack: ['T1528'] },

  needs: ['applicationSettings', 'enterpriseApplications'],
  judge({ applicationSettings, enterpriseApplications }) {
    const listed = new Map<string, ReadonlySet<string>>()
    const ours = applicationSettings.flatMap((row): RowVerdict => {
      const uris = new Set([row.web, row.spa, row.publicClient].flatMap((platform) => platform?.redirectUris ?? []))
      listed.set(row.appId.toLowerCase(), uris)
      return unsafe([...uris], (uri, values) => applicationObject(row, [factKey('applications', row.id)], values, uri))
    })
    const others = enterpriseApplications.flatMap((row): RowVerdict => {
      // Managed identities sign nobody in, and Microsoft looks after its own.
      if (isMicrosofts(row.appOwnerOrganizationId) || sameId(row.servicePrincipalType ?? '', 'ManagedIdentity')) return []
      // What the registration lists is shown there.
      const further = row.replyUrls.filter((uri) => listed.get(row.appId.toLowerCase())?.has(uri) !== true)
      return unsafe(further, (uri, values) => enterpriseObject(row, [factKey('servicePrincipals', row.id)], values, uri))
    })
    return overObjects([...ours, ...others], [factKey('applications', ''), factKey('servicePrincipals', '')])
  },
})

function unsafe(uris: readonly string[], objectOf: (uri: string, values: Values) => AffectedObject): RowVerdict {
  return [...new Set(uris)].sort().flatMap((uri): RowVerdict => {
    const problem = redirectProblem(uri)
    return problem ? [{ verdict: 'fail', object: objectOf(uri, { uri, problem }) }] : []
  })
}
