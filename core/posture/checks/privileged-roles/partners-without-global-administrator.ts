import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr, sameId } from '../../rows/graph-values.ts'
import { globalAdministrator } from '../../rows/role-holding.ts'

/** https://learn.microsoft.com/graph/api/resources/delegatedadminrelationship: states in which a partner has no access; any other one counts. */
const withoutAccess = ['created', 'approvalPending', 'approved', 'activating', 'terminated', 'expired']

export const partnersWithoutGlobalAdministrator = defineCheck({
  id: 'partners-without-global-administrator',
  code: 'PR-22',
  area: 'privilegedRoles',
  severity: 'high',
  perObject: true,
  title: 'No partner is Global Administrator',
  failTitle: '{count, plural, one {# partner relationship brings} other {# partner relationships bring}} Global Administrator',
  why: 'A partner with Global Administrator lets everybody who breaks into the partner take over your tenant, beside those of all its other customers.',
  reasons: {
    none: '{relationships, plural, =0 {No partner administers the tenant.} one {The one partner relationship in force does not bring Global Administrator.} other {None of the # partner relationships in force brings Global Administrator.}}',
    some: '{count, plural, one {# partner relationship} other {# partner relationships}} in force {count, plural, one {brings} other {bring}} Global Administrator.',
  },
  objectReason: 'In force (state {status}), and brings Global Administrator.',
  remediation: [
    'Agree with the partner which roles the work really needs.',
    'Let the partner ask for a new relationship with these roles, and approve it.',
    'End the relationship with Global Administrator.',
  ],
  portal: 'https://admin.microsoft.com/#/partners',
  frameworks: { zeroTrust: ['21859'], attack: ['T1199'] },

  needs: ['delegatedAdminRelationships'],
  judge({ delegatedAdminRelationships }) {
    const basis = [factKey('delegatedAdminRelationships', '')]
    const inForce = delegatedAdminRelationships.filter(({ status }) => !withoutAccess.includes(status))
    const objects = inForce
      .filter(({ accessDetails }) => accessDetails.unifiedRoles.some((role) => sameId(role.roleDefinitionId, globalAdministrator)))
      .map(({ id, displayName, status }) => {
        const key = factKey('delegatedAdminRelationships', id)
        return { type: 'tenant', id, name: nameOr(displayName, id), values: { status }, basis: [key] } as const
      })
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values: { relationships: inForce.length }, basis }
    return { verdict: 'fail', reason: 'some', values: { count: objects.length }, objects, basis }
  },
})
