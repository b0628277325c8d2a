import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { enterprisePage, overRows, permissionObject } from '../../rules/application-objects.ts'
import { reachesAllContent } from '../../rules/content-permissions.ts'

export const mailboxesAndFilesClosed = defineCheck({
  id: 'mailboxes-and-files-closed',
  code: 'APP-12',
  area: 'applications',
  severity: 'high',
  title: 'No application opens every mailbox or every file',
  failTitle: '{count, plural, one {# application permission opens} other {# application permissions open}} every mailbox or every file',
  why: 'Such a permission holds for the whole tenant, the board among it, and works without anybody signing in. Whoever gets the credential of the application reads or sends the mail of everybody.',
  reasons: {
    none: "No application but Microsoft's own may open all mailboxes, files or sites.",
    some: '{count, plural, one {# permission opens} other {# permissions open}} all mailboxes, files or sites. Whether Exchange or SharePoint limits the application to some of them, Microsoft Graph does not say.',
  },
  objectReason: 'May use {permission} of {resource} on everything in the tenant, unless Exchange or SharePoint limits it.',
  remediation: [
    'Ask whoever runs the application which mailboxes or sites it works with.',
    'For mailboxes, limit it to those with RBAC for Applications in Exchange Online; for sites and files, give it the permission Sites.Selected in place of this one.',
    'Take the permission of Microsoft Entra ID away once the narrower one works.',
  ],
  portal: enterprisePage,
  frameworks: { attack: ['T1114.002', 'T1213.002'] },

  each: ['effectivePermissions'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    if (row.kind !== 'application' || row.microsofts || !reachesAllContent(row)) return []
    return [{ verdict: 'fail', object: permissionObject(row) }]
  },
})
