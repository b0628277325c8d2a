import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { registrationsPage } from '../../rules/application-objects.ts'
import { longCredentials, ownReasons, ownRegistration, severalCredentials, undeclaredOwners } from '../../rules/own-identity.ts'

/** A year and the days that a change over takes. */
const longestDays = 397

export const aidRegistrationsGuarded = defineCheck({
  id: 'aid-registrations-guarded',
  code: 'AID-03',
  area: 'applications',
  severity: 'high',
  perObject: true,
  title: 'Nobody but declared people owns Countersign’s registrations, and each has one credential that ends',
  failTitle: '{count, plural, one {One thing weakens} other {# things weaken}} the registrations of Countersign',
  why: 'An owner of a registration may add a credential of their own and redeem what was consented. A second credential that works, or one that lives for years, is a key that nobody misses.',
  reasons: {
    ...ownReasons,
    none: 'The registrations have no owner that is not declared, and no credential beyond one that ends within {longest} days of its beginning.',
    some: '{count, plural, one {This weakens} other {These # things weaken}} the registrations.',
  },
  objectReason:
    '{what, select, owner {{owner} owns {type, select, application {the registration} other {the enterprise application}} and is not declared.} many {It has {working} credentials that work.} other {A credential is valid for {days} days.}}',
  remediation: [
    'Remove the owner, or declare the person as an exception with a reason.',
    'Delete the credentials that Countersign does not use.',
    'Make a new credential for a year at most, and change over to it.',
  ],
  portal: registrationsPage,
  frameworks: { attack: ['T1098.001'] },

  needs: ['applications', 'servicePrincipals', 'applicationOwnership', 'applicationCredentials'],
  judge({ applications, servicePrincipals, applicationOwnership, applicationCredentials }, { now, settings: { own, exclusions } }) {
    if (!own) return { verdict: 'notApplicable', reason: 'notConnected', values: {} }
    const registrations = [...applications, ...servicePrincipals].filter(({ appId }) => ownRegistration(own, appId))
    const owned = applicationOwnership.filter(({ id }) => registrations.some((row) => sameId(row.id, id)))
    const owners = undeclaredOwners(owned, exclusions.users)
    const working = applicationCredentials.filter(({ appId, endsAt }) => ownRegistration(own, appId) && endsAt >= now)
    const objects = [...owners, ...severalCredentials(working), ...longCredentials(working, longestDays)]
    const basis = [factKey('applications', ''), factKey('applicationOwners', ''), factKey('servicePrincipalOwners', '')]
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values: { longest: longestDays }, basis }
    const values = { count: objects.length, longest: longestDays }
    return { verdict: owners.length > 0 ? 'fail' : 'warn', reason: 'some', values, objects, basis }
  },
})
