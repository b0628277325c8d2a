import { defineCheck } from '../../check.ts'
import { isControl } from '../../rows/policy-requirements.ts'
import { judgeOffenders, policiesPortal } from '../../rules/conditional-access-coverage.ts'

export const approvedApplicationRetired = defineCheck({
  id: 'approved-application-retired',
  code: 'CA-26',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'No policy rests on the retired control for approved apps',
  failTitle: '{count, plural, one {A policy rests} other {# policies rest}} on the retired control for approved apps',
  why: 'Microsoft has retired the grant control Require approved client app. A policy that offers nothing else will one day stop letting people in, or stop asking.',
  reasons: {
    none: 'No policy that is switched on uses it alone.',
    used: '{count, plural, one {This policy uses} other {These # policies use}} it without the app protection policy beside it: {names}.',
  },
  objectReason: 'It requires an approved app, and no app protection policy.',
  remediation: [
    'Add the control Require app protection policy to each of these policies, with the choice Require one of the selected controls.',
    'See in the sign-in logs that people get in with it.',
    'Remove the control for approved apps.',
  ],
  portal: policiesPortal,
  frameworks: { maester: ['MT.1072'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge({ conditionalAccessCoverage }) {
    const retired = conditionalAccessCoverage.filter(({ mayApply, ways }) => {
      const requirements = ways.flat()
      return mayApply && requirements.some(isControl('approvedApplication')) && !requirements.some(isControl('compliantApplication'))
    })
    return judgeOffenders(retired, { pass: 'none', fail: 'used' })
  },
})
