import { defineCheck } from '../../check.ts'
import { enterprisePage } from '../../rules/application-objects.ts'

/**
 * Microsoft Graph v1.0 lists sign-ins of people only, of thirty days, and one by one: an application that signs in by itself, or once in a
 * quarter, would look unused, and a large tenant has tens of millions of rows. The report by application, and the filter by which v1.0's
 * sign-ins would hold those of applications (signInEventTypes), are beta.
 */
export const unusedAppsRemoved = defineCheck({
  id: 'unused-apps-removed',
  code: 'APP-21',
  area: 'applications',
  severity: 'medium',
  title: 'Applications that nobody uses are removed',
  failTitle: 'Applications that nobody uses are removed: not known',
  why: 'An application that nobody uses keeps its permissions and its credentials. Whoever finds an old secret signs in with it, and nobody misses anything.',
  reasons: {
    look: 'When an application last signed in, by itself or for people, Microsoft Graph says in beta only (servicePrincipalSignInActivities). Look at Usage & insights, Service principal sign-in activity: the column Last sign-in must not be older than 90 days.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Open Usage & insights and then Service principal sign-in activity, and sort by the last sign-in.',
    'Disable each application without a sign-in for 90 days, those with far-reaching permissions first.',
    'Delete it after a month in which nobody missed it.',
  ],
  portal: enterprisePage,
  frameworks: { zeroTrust: ['21770', '21771'], attack: ['T1078.004'] },
  licence: 'p1',

  needs: [],
  judge() {
    return { verdict: 'manual', reason: 'look', values: {} }
  },
})
