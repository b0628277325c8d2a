import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { enterpriseObject, enterprisePage, overRows } from '../../rules/application-objects.ts'
import { isMicrosofts } from '../../rules/first-party.ts'

export const microsoftAppCredentials = defineCheck({
  id: 'microsoft-app-credentials',
  code: 'APP-09',
  area: 'applications',
  severity: 'critical',
  title: "Nobody has put a credential on one of Microsoft's applications",
  failTitle:
    "{count, plural, one {# application} other {# applications}} of Microsoft's {count, plural, one {has} other {have}} a credential added here",
  why: "Microsoft's own applications are trusted with far-reaching permissions. Whoever puts a credential on one signs in as it; attackers have done so to read every mailbox of a tenant.",
  reasons: {
    none: "None of Microsoft's applications has a credential of this tenant.",
    some: "{count, plural, one {# of Microsoft's applications has} other {# of Microsoft's applications have}} a credential that somebody in this tenant added.",
  },
  objectReason:
    '{secrets, plural, one {# secret} other {# secrets}} and {certificates, plural, one {# certificate} other {# certificates}} were added{hybrid, select, yes {; Exchange hybrid did so in the past, and has its own application now} other {}}.',
  remediation: [
    'Treat it as an incident until somebody explains it: look in the audit log for “Add service principal credentials”.',
    'Remove the credential with Microsoft Graph or PowerShell.',
    'For Exchange hybrid, move to its dedicated application first, then clean up the keys.',
  ],
  portal: enterprisePage,
  frameworks: { zeroTrust: ['21774'], attack: ['T1098.001'] },

  each: ['enterpriseApplications'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    const [secrets, certificates] = [row.passwordCredentials.length, row.keyCredentials.length]
    if (!isMicrosofts(row.appOwnerOrganizationId) || secrets + certificates === 0) return []
    const hybrid = row.appId.toLowerCase() === '00000002-0000-0ff1-ce00-000000000000' ? 'yes' : 'no'
    return [{ verdict: 'fail', object: enterpriseObject(row, [factKey('servicePrincipals', row.id)], { secrets, certificates, hybrid }) }]
  },
})
