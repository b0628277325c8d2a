import { defineDerived } from '../fact.ts'
import { applications } from '../facts/applications.ts'
import { complete } from '../rules/complete.ts'

export const applicationSettings = defineDerived({
  id: 'applicationSettings',
  title: 'How people sign in to app registrations',
  from: { applications },
  derive: (from) =>
    complete('/applications', from.applications, [
      'keyCredentials',
      'signInAudience',
      'requiredResourceAccess',
      'web',
      'spa',
      'publicClient',
      'isFallbackPublicClient',
      'servicePrincipalLockConfiguration',
    ]),
})
