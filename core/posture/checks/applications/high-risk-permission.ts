import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { enterprisePage, overRows, permissionObject } from '../../rules/application-objects.ts'

/** By the second part of its name: everything else changes, sends or makes something. What is selected is granted object by object. */
const onlyReads = /\.(Read(?!Write)|View|Evaluate|Compute)|\.Selected$/i

export const highRiskPermission = defineCheck({
  id: 'high-risk-permission',
  code: 'APP-11',
  area: 'applications',
  severity: 'high',
  title: 'No application has a permission of high risk',
  failTitle: '{count, plural, one {# application permission is} other {# application permissions are}} of high risk',
  why: 'These permissions read or change the data of everybody, or change how the tenant is run. They stop short of taking it over, which has a check of its own.',
  reasons: {
    none: "No application but Microsoft's own has an application permission of high risk.",
    some: '{failing, plural, =0 {No application permission is critical} one {# application permission is critical} other {# application permissions are critical}}; {warning, plural, =0 {no other is} one {# more is} other {# more are}} of high risk.',
  },
  objectReason: 'May use {permission} of {resource} without anybody signing in{risk, select, none {} other {; its risk is rated {risk}}}.',
  remediation: [
    'Ask whoever runs the application for what it needs the permission.',
    'Give it a narrower one, or limit it: an application access policy for mailboxes, selected permissions for sites.',
    'Take permissions away that nobody needs.',
  ],
  portal: enterprisePage,
  frameworks: { attack: ['T1098.003'] },

  each: ['effectivePermissions'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    if (row.kind !== 'application' || row.microsofts || row.tier === 'control') return []
    const object = permissionObject(row, { risk: row.risk })
    if (row.risk === 'critical') return [{ verdict: 'fail', object }]
    const changes = row.tier === 'management' && !onlyReads.test(row.value)
    return row.risk === 'high' || changes ? [{ verdict: 'warn', object: { ...object, severity: 'medium' } }] : []
  },
})
