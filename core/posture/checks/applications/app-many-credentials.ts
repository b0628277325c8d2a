import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { applicationObject, overObjects, registrationsPage } from '../../rules/application-objects.ts'

/** One in use and one to change over to. */
const enough = 2

export const appManyCredentials = defineCheck({
  id: 'app-many-credentials',
  code: 'APP-07',
  area: 'applications',
  severity: 'low',
  perObject: true,
  title: 'An app registration has at most two credentials that work',
  failTitle: '{count, plural, one {# app registration has} other {# app registrations have}} more than {enough} credentials that work',
  why: 'Two credentials allow a calm change from one to the other. Further ones are forgotten copies, and each of them signs in.',
  reasons: {
    none: 'No app registration has more than {enough} credentials that work.',
    some: '{count, plural, one {# app registration has} other {# app registrations have}} more than {enough} credentials that work.',
  },
  objectReason:
    '{working} credentials sign in: {secrets, plural, one {# secret} other {# secrets}} and {certificates, plural, one {# certificate} other {# certificates}}.',
  remediation: ['See in the sign-in log which credentials are used, by their key ids.', 'Delete the others, one at a time.'],
  portal: registrationsPage,
  frameworks: {},
  worseWhen: { working: 'higher' },

  needs: ['applications', 'applicationCredentials'],
  judge({ applications, applicationCredentials }, { now }) {
    const working = applicationCredentials.filter(({ holder, endsAt }) => holder === 'application' && endsAt >= now)
    const counts = new Map<string, { secrets: number; certificates: number }>()
    for (const { id, kind } of working) {
      const count = counts.get(id) ?? { secrets: 0, certificates: 0 }
      if (kind === 'secret') count.secrets += 1
      else count.certificates += 1
      counts.set(id, count)
    }
    const found = applications.flatMap((row): RowVerdict => {
      const { secrets, certificates } = counts.get(row.id) ?? { secrets: 0, certificates: 0 }
      if (secrets + certificates <= enough) return []
      const values = { working: secrets + certificates, secrets, certificates }
      return [{ verdict: 'warn', object: applicationObject(row, [factKey('applications', row.id)], values) }]
    })
    return overObjects(found, [factKey('applications', '')], { enough })
  },
})
