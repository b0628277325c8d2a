import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { enterpriseObject, enterprisePage, overObjects } from '../../rules/application-objects.ts'
import { isMicrosofts } from '../../rules/first-party.ts'

export const enterpriseAppWithoutOwner = defineCheck({
  id: 'enterprise-app-without-owner',
  code: 'APP-17',
  area: 'applications',
  severity: 'low',
  perObject: true,
  title: 'Every enterprise application that people are assigned to has an owner',
  failTitle: '{count, plural, one {# enterprise application has} other {# enterprise applications have}} no owner',
  why: 'The owner of an enterprise application decides who is assigned to it. Without one, people who changed their work keep their access and nobody is asked.',
  reasons: {
    none: 'Every enterprise application of ours, and every other one that asks for an assignment, has an owner.',
    some: '{count, plural, one {# enterprise application has} other {# enterprise applications have}} nobody who answers for who may use {count, plural, one {it} other {them}}.',
  },
  objectReason: '{whose, select, ours {It is our own} other {Only people who are assigned to it can use it}}, and nobody owns it.',
  remediation: [
    'Find out from its sign-ins and its assignments which team uses it.',
    'Make two people of that team owners of the enterprise application.',
    'Disable it where nobody uses it any more.',
  ],
  portal: enterprisePage,
  frameworks: { zeroTrust: ['24518'] },

  needs: ['enterpriseApplications', 'servicePrincipalOwners', 'organization'],
  judge({ enterpriseApplications, servicePrincipalOwners, organization }) {
    const owned = new Map(servicePrincipalOwners.map(({ id, owners }) => [id.toLowerCase(), owners.length]))
    const found = enterpriseApplications.flatMap((row): RowVerdict => {
      const { appOwnerOrganizationId: owner, servicePrincipalType: type, appRoleAssignmentRequired } = row
      // Managed identities belong to their resource, and Microsoft looks after its own.
      if (isMicrosofts(owner) || sameId(type ?? '', 'ManagedIdentity') || owned.get(row.id.toLowerCase()) !== 0) return []
      const isOurs = owner !== null && organization.some(({ id }) => sameId(id, owner))
      if (!isOurs && !appRoleAssignmentRequired) return []
      const basis = [factKey('servicePrincipals', row.id), factKey('servicePrincipalOwners', row.id)]
      return [{ verdict: 'warn', object: enterpriseObject(row, basis, { whose: isOurs ? 'ours' : 'others' }) }]
    })
    return overObjects(found, [factKey('servicePrincipals', ''), factKey('servicePrincipalOwners', '')])
  },
})
