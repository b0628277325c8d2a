import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { isLasting, mayHoldPermanently, principalObject, privilegedHolds } from '../../rules/privileged.ts'

export const noPermanentPrivilegedAssignment = defineCheck({
  id: 'no-permanent-privileged-assignment',
  code: 'PR-04',
  area: 'privilegedRoles',
  severity: 'high',
  perObject: true,
  licence: 'p2',
  title: 'Privileged roles are activated when needed, not held for ever',
  failTitle: '{count, plural, one {# principal holds} other {# people and groups hold}} a privileged role without an end within a year',
  why: 'A role that is always on is on when the account is stolen. One that must be activated gives an attacker nothing at first, and the activation is noticed.',
  reasons: {
    none: 'No person and no group holds a privileged role without an end within a year, apart from those declared.',
    permanent:
      '{count, plural, one {# person or group holds} other {# people and groups hold}} a privileged role at all times and without an end within a year, and {count, plural, one {is} other {are}} not declared as an exception.',
  },
  objectReason: 'Holds {roles} without an end within a year.',
  remediation: [
    'In Privileged Identity Management, make the person or group eligible for the role.',
    'Remove the permanent active assignment.',
    'Declare your emergency access accounts as exceptions in the settings of Countersign.',
  ],
  portal:
    'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles',
  frameworks: { scuba: ['MS.AAD.7.4v1'], cis: ['5.3.1'], zeroTrust: ['21815'], attack: ['T1098.003'] },

  needs: ['privilegedPrincipals'],
  judge({ privilegedPrincipals }, { now, settings }) {
    const basis = [factKey('roleAssignments', ''), factKey('roleAssignmentSchedules', '')]
    const objects = privilegedPrincipals
      // Applications cannot activate a role; another check looks at those.
      .filter((principal) => principal.type !== 'servicePrincipal' && !mayHoldPermanently(principal, settings))
      .flatMap((principal) => {
        const holds = privilegedHolds(principal, settings).filter((hold) => hold.isActive && isLasting(hold, now) && hold.via.length === 0)
        return holds.length === 0 ? [] : [principalObject(principal, holds)]
      })
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values: {}, basis }
    return { verdict: 'fail', reason: 'permanent', values: { count: objects.length }, objects, basis }
  },
})
