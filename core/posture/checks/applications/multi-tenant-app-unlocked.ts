import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { applicationObject, overRows, registrationsPage } from '../../rules/application-objects.ts'

/** Applications of one organisation, and of no organisation at all; any other audience, also one that we do not know, is of several. */
const notSeveral: readonly string[] = ['azureadmyorg', 'personalmicrosoftaccount']

export const multiTenantAppUnlocked = defineCheck({
  id: 'multi-tenant-app-unlocked',
  code: 'APP-24',
  area: 'applications',
  severity: 'medium',
  title: 'Applications for several organisations are locked where others use them',
  failTitle:
    '{count, plural, one {# application} other {# applications}} for several organisations {count, plural, one {is} other {are}} not locked',
  why: 'In every other organisation that uses the application, an administrator could add a credential to it and act in its name. The property lock forbids that.',
  reasons: {
    none: 'Every app registration for several organisations has the property lock, or there is none.',
    some: '{count, plural, one {# app registration} other {# app registrations}} for several organisations {count, plural, one {has} other {have}} no property lock.',
  },
  objectReason: 'It can be used in other organisations, and its properties are not locked there.',
  remediation: [
    'Open the app registration, go to Authentication, and switch the app instance property lock on for all properties.',
    'Where only your own organisation uses it, set its supported account types to a single tenant.',
  ],
  portal: registrationsPage,
  frameworks: { zeroTrust: ['21777'] },

  each: ['applicationSettings'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    // Without an audience Graph has not said that it is for one organisation only.
    const several = row.signInAudience === null || !notSeveral.includes(row.signInAudience.toLowerCase())
    if (!several || row.servicePrincipalLockConfiguration?.isEnabled === true) return []
    return [{ verdict: 'fail', object: applicationObject(row, [factKey('applications', row.id)]) }]
  },
})
