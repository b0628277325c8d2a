import { defineCheck, fixWith } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import type { EffectivePermission } from '../../derived/effective-permissions.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { enterprisePage, overObjects, permissionObject } from '../../rules/application-objects.ts'
import { reachesOwnContent } from '../../rules/content-permissions.ts'

export const riskyGrantByAPerson = defineCheck({
  id: 'risky-grant-by-a-person',
  code: 'APP-14',
  area: 'applications',
  severity: 'high',
  perObject: true,
  title: 'Nobody has let an application of an unknown publisher into their mail or files',
  failTitle: '{count, plural, one {# risky permission was} other {# risky permissions were}} granted by people to unknown publishers',
  why: 'Consent phishing asks for one click in place of a password. The application then reads mail and files for as long as the grant lives, through every change of the password.',
  reasons: {
    none: 'No application of an unverified publisher has a risky permission that somebody granted for themselves.',
    some: '{count, plural, one {# risky permission was} other {# risky permissions were}} granted by people for themselves to applications that nobody has verified.',
  },
  objectReason:
    'May use {permission} of {resource} in the name of {people, plural, one {# person} other {# people}} who agreed; nobody has verified its publisher.',
  remediation: [
    'Ask the people whether they know the application, and what they use it for.',
    'Take the grant away and end the sessions of these people where they do not.',
    'Restrict what people may agree to, so that it does not happen again.',
  ],
  portal: enterprisePage,
  fix: fixWith('remove-delegated-grant', ({ values }) => (values?.['people'] === 1 ? { grantId: String(values['grantId']) } : undefined)),
  frameworks: { attack: ['T1528'] },

  needs: ['enterpriseApplications', 'effectivePermissions', 'organization'],
  judge({ enterpriseApplications, effectivePermissions, organization }) {
    const foreign = new Set(
      enterpriseApplications
        .filter(({ appOwnerOrganizationId: owner }) => owner !== null && !organization.some(({ id }) => sameId(id, owner)))
        .filter(({ verifiedPublisher }) => (verifiedPublisher?.verifiedPublisherId ?? '') === '')
        .map(({ id }) => id),
    )
    const granted = effectivePermissions.filter(({ id, consent, microsofts }) => consent === 'people' && !microsofts && foreign.has(id))
    const lasting = new Set(granted.filter(({ value }) => value === 'offline_access').map(({ id }) => id))
    const risky = granted.filter((row) => reachesOwnContent(row.value) || (isHigh(row) && lasting.has(row.id)))
    const found: RowVerdict = risky.map((row) => {
      const grantId = row.basis.slice(row.basis.indexOf('/') + 1)
      return { verdict: 'fail', object: permissionObject(row, { grantId }) }
    })
    return overObjects(found, [factKey('servicePrincipals', ''), factKey('oauth2PermissionGrants', '')])
  },
})

function isHigh({ tier, risk }: EffectivePermission): boolean {
  return tier === 'control' || risk === 'critical' || risk === 'high'
}
