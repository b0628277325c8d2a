import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { judgeOffenders, policiesPortal } from '../../rules/conditional-access-coverage.ts'
import { dayMs } from '../../../day.ts'

/** Days. */
const patience = 90

export const reportOnlyPoliciesDecided = defineCheck({
  id: 'report-only-policies-decided',
  code: 'CA-32',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'No policy stays report-only for long',
  failTitle: '{count, plural, one {A policy has} other {# policies have}} been report-only for more than {days} days',
  why: 'A report-only policy protects nobody. After three months it is either ready to be switched on, or nobody will.',
  reasons: {
    none: 'No policy has been report-only for more than {days} days.',
    old: '{count, plural, one {This policy only reports} other {These # policies only report}}, and nobody has touched them for more than {days} days: {names}.',
  },
  objectReason:
    '{dated, select, no {It only reports, nobody knows since when.} other {It only reports, at least since {since, date, day}.}}',
  remediation: [
    'Read what each of these policies would have done, in the report Conditional Access insights.',
    'Switch it on, or delete it.',
  ],
  portal: policiesPortal,
  frameworks: {},
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge({ conditionalAccessCoverage }, { now }): Verdict {
    const old = conditionalAccessCoverage.filter(
      // Without a date nobody can say that the policy is young.
      ({ state, changedAt }) => state === 'reportOnly' && (changedAt === null || now - Date.parse(changedAt) > patience * dayMs),
    )
    const verdict = judgeOffenders(old, { pass: 'none', warn: 'old' }, ({ changedAt }) =>
      changedAt === null ? { dated: 'no', since: '' } : { dated: 'yes', since: changedAt },
    )
    return { ...verdict, values: { ...verdict.values, days: patience } }
  },
})
