import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { enterpriseObject, enterprisePage, overRows } from '../../rules/application-objects.ts'

export const appOpenToEverybody = defineCheck({
  id: 'app-open-to-everybody',
  code: 'APP-23',
  area: 'applications',
  severity: 'medium',
  title: 'Our own applications let in assigned people only',
  failTitle: '{count, plural, one {# application of ours lets} other {# applications of ours let}} everybody in',
  why: 'Without required assignment every account of the tenant, guests among them, gets a token for the application, and only its own code stands in the way.',
  reasons: {
    none: 'Every application of ours to which people sign in requires that they are assigned.',
    some: '{count, plural, one {# application of ours lets} other {# applications of ours let}} everybody of the tenant sign in, guests among them.',
  },
  objectReason: 'Everybody of the tenant can sign in to it, guests among them.',
  remediation: [
    'Assign the people and groups who use the application.',
    'Then set “Assignment required” on the enterprise application.',
    'Where really everybody needs it, assign a group of all members: guests stay out.',
  ],
  portal: enterprisePage,
  frameworks: { zeroTrust: ['21869'] },

  each: ['enterpriseApplications'],
  needs: ['organization'],
  summary: overRows,
  judge({ row }, { organization }): RowVerdict {
    const { appOwnerOrganizationId: owner } = row
    const isOurs = owner !== null && organization.some(({ id }) => sameId(id, owner))
    const signsPeopleIn = row.replyUrls.length > 0 || (row.preferredSingleSignOnMode ?? '') !== ''
    if (!isOurs || !signsPeopleIn || row.appRoleAssignmentRequired) return []
    return [{ verdict: 'warn', object: enterpriseObject(row, [factKey('servicePrincipals', row.id)]) }]
  },
})
