import { defineCheck } from '../../check.ts'
import type { PolicyCoverage } from '../../derived/conditional-access-coverage.ts'
import { browserForgets, signsInAgainWithin } from '../../rules/session-controls.ts'
import { administratorsOfParts, missingRoles, privilegedRoles } from '../../rules/privileged-role-coverage.ts'
import type { Verdict } from '../../check.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const endsSoon = ({ session }: PolicyCoverage) => signsInAgainWithin(session, 4)
const forgets = ({ session }: PolicyCoverage) => browserForgets(session)

export const administratorsSignInOften = defineCheck({
  id: 'administrators-sign-in-often',
  code: 'CA-16',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Administrators sign in again within hours',
  failTitle: 'Sessions of administrators last for long',
  why: 'A stolen session of an administrator works until it ends. Four hours leave an attacker little time.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} ends} other {The policies {names} each end}} sessions of privileged roles within four hours, and browsers forget them.',
    none: 'No policy that is switched on ends the sessions of administrators within four hours and keeps browsers from remembering them.',
    someUsers: 'The policy {name} does it, but not for these privileged roles: {conditions}.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all privileged directory roles with the session controls Sign-in frequency: 4 hours or every time, and Persistent browser session: never.',
    'Name people who hold such a role for an administrative unit only, or let the policy be for everybody: a policy for roles does not reach them.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { cis: ['5.2.2.4'], zeroTrust: ['21825'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'roleAssignments'],
  judge({ conditionalAccessCoverage, roleAssignments }, context): Verdict {
    const judged = (...enforces: NonNullable<PolicyRule['enforces']>): Verdict =>
      judgePolicies(conditionalAccessCoverage, context, {
        fits: (policy) => enforces.every((test) => test(policy)),
        enforces,
        matter: { roles: privilegedRoles(context.settings), also: administratorsOfParts(roleAssignments, context.settings) },
        missingPeople: (people) => missingRoles(people, roleAssignments, context.settings),
      })
    const verdict = judged(endsSoon, forgets)
    if (verdict.verdict === 'pass' || context.parameters.conditionalAccess.inOnePolicy) return verdict
    // One policy may end the session, and another one keep browsers from remembering it.
    const halves = [judged(endsSoon), judged(forgets)]
    if (!halves.every((half) => half.verdict === 'pass')) return verdict
    const names = halves.map(({ values }) => String(values['names'])).join(', ')
    const basis = halves.flatMap((half) => ('basis' in half ? half.basis : []))
    return { verdict: 'pass', reason: 'together', values: { policies: halves.length, names }, basis }
  },
})
