import { defineCheck } from '../../check.ts'
import type { PolicyCoverage } from '../../derived/conditional-access-coverage.ts'
import { demands, isSecondFactor } from '../../rows/policy-requirements.ts'
import { signsInEveryTime } from '../../rules/session-controls.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import { lower } from '../../rules/conditional-access-reach.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

/** Microsoft Intune Enrollment. */
const enrolment = 'd4ebce55-015a-49b5-a083-c84d1797ae8c'

const asksAfresh = ({ ways, session }: PolicyCoverage) => demands(ways, isSecondFactor) && signsInEveryTime(session)

const rule: PolicyRule = {
  fits: (policy) => asksAfresh(policy) && (policy.allApplications || lower(policy.applications).includes(enrolment)),
  enforces: [asksAfresh],
  matter: { applications: [enrolment] },
}

export const enrolmentEveryTime = defineCheck({
  id: 'enrolment-every-time',
  code: 'CA-18',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Enrolling a device takes a fresh second factor',
  failTitle: 'A device can be enrolled on an old sign-in',
  why: 'A device that an attacker enrols in Intune is managed, and policies let it in from then on.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} for a fresh second factor to enrol a device.',
    none: 'No policy that is switched on asks for a fresh second factor to enrol a device.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and the resource Microsoft Intune Enrollment that requires multifactor authentication, with Sign-in frequency: every time.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { cis: ['5.2.2.11'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
