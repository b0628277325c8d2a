import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { enterprisePage, overRows, permissionObject } from '../../rules/application-objects.ts'

export const controlPlanePermission = defineCheck({
  id: 'control-plane-permission',
  code: 'APP-10',
  area: 'applications',
  severity: 'critical',
  title: 'No application can take over the tenant',
  failTitle: '{count, plural, one {# application permission gives} other {# application permissions give}} control over the tenant',
  why: 'An application acts alone, at any hour, without multifactor authentication. With one of these permissions it, and whoever holds its credential, can give itself every other right.',
  reasons: {
    none: "No application but Microsoft's own has an application permission of the control plane.",
    some: '{count, plural, one {# application permission reaches} other {# application permissions reach}} the control plane.',
  },
  objectReason: 'May use {permission} of {resource} without anybody signing in.',
  remediation: [
    'Ask whoever runs the application for what it needs the permission.',
    'Give it the narrowest permission that does the work, and take this one away.',
    'Where it must stay, allow few people near its credentials, and watch its sign-ins.',
  ],
  portal: enterprisePage,
  frameworks: { zeroTrust: ['21770'], attack: ['T1098.003'] },

  each: ['effectivePermissions'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    if (row.kind !== 'application' || row.microsofts || row.tier !== 'control') return []
    return [{ verdict: 'fail', object: permissionObject(row) }]
  },
})
