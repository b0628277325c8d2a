import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { enterprisePage, overRows, permissionObject } from '../../rules/application-objects.ts'

export const riskyTenantWideGrant = defineCheck({
  id: 'risky-tenant-wide-grant',
  code: 'APP-13',
  area: 'applications',
  severity: 'high',
  perObject: true,
  title: 'No application may do risky things on behalf of everybody',
  failTitle: '{count, plural, one {# risky permission is} other {# risky permissions are}} granted on behalf of everybody',
  why: 'A grant for everybody works with the rights of whoever is signed in, administrators among them. The application needs only one of them to open it.',
  reasons: {
    none: "No application but Microsoft's own has a risky permission on behalf of everybody.",
    some: '{count, plural, one {# risky permission is} other {# risky permissions are}} granted on behalf of everybody.',
  },
  objectReason: 'May use {permission} of {resource} on behalf of everybody who signs in to it.',
  remediation: [
    'Ask whether the application needs this for everybody, or for a few named people.',
    'Take the grant away, and consent again to what is left, for assigned people only.',
    'Require assignment on the enterprise application, so that administrators do not sign in to it.',
  ],
  portal: enterprisePage,
  frameworks: { attack: ['T1528'] },

  each: ['effectivePermissions'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    const isRisky = row.tier === 'control' || row.risk === 'critical' || row.risk === 'high'
    if (row.consent !== 'everybody' || row.microsofts || !isRisky) return []
    return [{ verdict: 'fail', object: permissionObject(row) }]
  },
})
