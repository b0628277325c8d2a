import { defineCheck } from '../../check.ts'
import { policiesPortal } from '../../rules/conditional-access-coverage.ts'

export const agentsAtRiskBlocked = defineCheck({
  id: 'agents-at-risk-blocked',
  code: 'APP-46',
  area: 'applications',
  severity: 'medium',
  title: 'Agents at high risk are blocked',
  failTitle: 'Agents at high risk are blocked: not known',
  why: 'An agent works on with its own identity when somebody else has taken it over. Where nothing blocks it at high risk, it acts with all its permissions until a person notices.',
  reasons: {
    look: 'The conditions for agent identities are offered by Microsoft Graph in beta only. Look for a policy that is switched on, includes all agent identities and all resources, has the condition Agent risk (preview): High, and blocks access.',
  },
  objectReason: 'Has to be looked at by a person.',
  remediation: [
    'Create a Conditional Access policy for all agent identities and all resources.',
    'Set the condition Agent risk to High and the grant control to Block access.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  frameworks: { scuba: ['MS.AAD.9.1v1'], maester: ['MT.1181'], attack: ['T1078.004'] },
  licence: 'p2',

  needs: [],
  judge() {
    return { verdict: 'manual', reason: 'look', values: {} }
  },
})
