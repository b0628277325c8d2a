import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { enterpriseObject, enterprisePage, overObjects } from '../../rules/application-objects.ts'
import { isMicrosofts } from '../../rules/first-party.ts'

export const unverifiedPublisher = defineCheck({
  id: 'unverified-publisher',
  code: 'APP-15',
  area: 'applications',
  severity: 'high',
  perObject: true,
  title: 'Applications of others with far-reaching permissions have a verified publisher',
  failTitle:
    '{count, plural, one {# application} other {# applications}} of an unknown publisher {count, plural, one {has} other {have}} far-reaching permissions',
  why: 'Anybody can publish an application under any name. A verified publisher is one whose organisation Microsoft has checked; consent phishing works with those that nobody has.',
  reasons: {
    none: 'No application of an unverified publisher has permissions of the control or management plane.',
    some: '{count, plural, one {# application} other {# applications}} of an unverified publisher {count, plural, one {has} other {have}} permissions of the control or management plane.',
  },
  objectReason:
    'Nobody has verified who publishes it, and it may use {permission}{more, plural, =0 {} one { and # more permission of that weight} other { and # more permissions of that weight}}.',
  remediation: [
    'Find out who publishes the application and who asked for it.',
    'Ask the publisher to become verified, or replace the application.',
    'Take its permissions away and disable it where nobody can say what it is for.',
  ],
  portal: enterprisePage,
  frameworks: { attack: ['T1528'] },

  needs: ['enterpriseApplications', 'effectivePermissions', 'organization'],
  judge({ enterpriseApplications, effectivePermissions, organization }) {
    const weighty = new Map<string, (typeof effectivePermissions)[number][]>()
    for (const permission of effectivePermissions) {
      if (permission.tier !== 'control' && permission.tier !== 'management') continue
      weighty.set(permission.id, [...(weighty.get(permission.id) ?? []), permission])
    }
    const found = enterpriseApplications.flatMap((row): RowVerdict => {
      const { appOwnerOrganizationId: owner } = row
      // Managed identities and what has no registration elsewhere have no publisher.
      if (owner === null || isMicrosofts(owner) || organization.some(({ id }) => sameId(id, owner))) return []
      const [first, ...others] = weighty.get(row.id) ?? []
      if (!first || (row.verifiedPublisher?.verifiedPublisherId ?? '') !== '') return []
      const basis = [factKey('servicePrincipals', row.id), first.basis]
      return [{ verdict: 'fail', object: enterpriseObject(row, basis, { permission: first.value, more: others.length }) }]
    })
    return overObjects(
      found,
      ['servicePrincipals', 'oauth2PermissionGrants', 'appRoleAssignments'].map((fact) => factKey(fact, '')),
    )
  },
})
