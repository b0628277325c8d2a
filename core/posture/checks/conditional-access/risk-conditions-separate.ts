import { defineCheck } from '../../check.ts'
import { judgeOffenders, policiesPortal } from '../../rules/conditional-access-coverage.ts'

export const riskConditionsSeparate = defineCheck({
  id: 'risk-conditions-separate',
  code: 'CA-04',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'User risk and sign-in risk stand in separate policies',
  failTitle: '{count, plural, one {A policy asks} other {# policies ask}} for user risk and sign-in risk at once',
  why: 'A policy with both conditions applies only where both are met. An account at high risk with an ordinary sign-in slips through, and so does a risky sign-in to an ordinary account.',
  reasons: {
    separate: 'No policy that is switched on has both conditions.',
    together:
      '{count, plural, one {This policy applies} other {These # policies apply}} only where user risk and sign-in risk are met at once: {names}.',
  },
  objectReason: 'It has both conditions.',
  remediation: [
    'Make one policy for user risk and one for sign-in risk, each with its own control.',
    'Take the condition Sign-in risk out of the policy about user risk.',
    'Check with the tool What If that either risk alone now leads to the control.',
  ],
  portal: policiesPortal,
  frameworks: { maester: ['MT.1049'] },
  licence: 'p2',

  needs: ['conditionalAccessCoverage'],
  judge({ conditionalAccessCoverage }) {
    const both = conditionalAccessCoverage.filter(
      ({ mayApply, conditions }) => mayApply && conditions.userRiskLevels.length > 0 && conditions.signInRiskLevels.length > 0,
    )
    return judgeOffenders(both, { pass: 'separate', fail: 'together' })
  },
})
